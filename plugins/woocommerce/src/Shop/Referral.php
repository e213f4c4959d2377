<?php
/**
 * A friend's link (`?ref=CODE`): kept for the visitor, handed on with joining and with the order.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Shop;

use Tallymark\Woo\Feature;

defined( 'ABSPATH' ) || exit;

final class Referral implements Feature {
	const COOKIE = 'tallymark_referral';
	const META   = '_tallymark_referral';
	const CODE   = '/^[0-9A-HJKMNP-TV-Z]{8}$/';

	public static function hook(): void {
		add_action( 'template_redirect', array( self::class, 'follow' ) );
		add_action( 'woocommerce_checkout_create_order', array( self::class, 'hand_on' ) );
		add_action( 'woocommerce_store_api_checkout_update_order_meta', array( self::class, 'hand_on' ) );
	}

	public static function follow(): void {
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- a link that friends share.
		$code = isset( $_GET['ref'] ) ? strtoupper( sanitize_text_field( wp_unslash( $_GET['ref'] ) ) ) : '';
		if ( 1 === preg_match( self::CODE, $code ) && self::code() !== $code && ! headers_sent() ) {
			wc_setcookie( self::COOKIE, $code, time() + 30 * DAY_IN_SECONDS, is_ssl(), true );
			$_COOKIE[ self::COOKIE ] = $code;
		}
	}

	/** The code that this visitor came by, '' = none. */
	public static function code(): string {
		$kept = isset( $_COOKIE[ self::COOKIE ] ) ? sanitize_text_field( wp_unslash( $_COOKIE[ self::COOKIE ] ) ) : '';
		return 1 === preg_match( self::CODE, $kept ) ? $kept : '';
	}

	/** The order is saved by who calls. */
	public static function hand_on( $order ): void {
		if ( $order instanceof \WC_Order && '' !== self::code() ) {
			$order->update_meta_data( self::META, self::code() );
		}
	}
}
