<?php
/**
 * Gives the page's own script a fresh token: `?wc-ajax=tallymark_token`. Pages may be cached, this is not.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

final class Shopper_Route implements Feature {
	const ACTION = 'tallymark_token';

	public static function hook(): void {
		add_action( 'wc_ajax_' . self::ACTION, array( self::class, 'answer' ) );
	}

	/** Changes nothing and is read by this origin alone (no CORS header is sent), so a nonce, which cached pages cannot have, adds nothing. */
	public static function answer(): void {
		// phpcs:ignore WordPress.Security.NonceVerification -- it changes nothing, and only this origin can read it.
		nocache_headers();
		wp_send_json(
			array(
				'token'   => Shopper::token(),
				'expires' => time() + Shopper::LIFE,
				'service' => Settings::service_url(),
			)
		);
	}

	/** Where a script asks. */
	public static function url(): string {
		return \WC_AJAX::get_endpoint( self::ACTION );
	}
}
