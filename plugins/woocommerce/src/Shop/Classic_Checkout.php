<?php
/**
 * Points in the cart and checkout that PHP templates make. The block stands outside of what WooCommerce exchanges when
 * totals change, and learns what is in the cart from what is exchanged: no request of its own.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Shop;

use Tallymark\Woo\Feature;

defined( 'ABSPATH' ) || exit;

final class Classic_Checkout implements Feature {
	const ACTION = 'tallymark_points';

	public static function hook(): void {
		add_action( 'woocommerce_before_cart_collaterals', array( self::class, 'show' ) );
		add_action( 'woocommerce_review_order_before_payment', array( self::class, 'show' ) );
		add_action( 'woocommerce_after_cart_totals', array( self::class, 'show_facts' ) );
		add_action( 'woocommerce_review_order_after_submit', array( self::class, 'show_facts' ) );
		add_action( 'wc_ajax_' . self::ACTION, array( self::class, 'act' ) );
	}

	public static function show(): void {
		Assets::want_widget();
		echo '<section class="tallymark-points" aria-label="' . esc_attr__( 'Points and rewards', 'tallymark' ) . '"></section>';
	}

	/** Part of what WooCommerce exchanges on each change. */
	public static function show_facts(): void {
		printf( '<div class="tallymark-facts" hidden data-facts="%s"></div>', esc_attr( (string) wp_json_encode( self::told() ) ) );
	}

	/**
	 * Puts a redemption's code into the cart (`apply`), takes it out (`remove`), or fits it to the cart (`fit`). The page has
	 * WooCommerce draw the totals anew afterwards.
	 */
	public static function act(): void {
		nocache_headers();
		if ( ! check_ajax_referer( self::ACTION, 'nonce', false ) ) {
			wp_send_json( array( 'note' => __( 'The page was open for too long. Reload it and try again.', 'tallymark' ) ), 403 );
		}
		$wish = array(
			'do'         => isset( $_POST['do'] ) ? sanitize_key( wp_unslash( $_POST['do'] ) ) : '',
			'code'       => isset( $_POST['code'] ) ? sanitize_text_field( wp_unslash( $_POST['code'] ) ) : '',
			'redemption' => isset( $_POST['redemption'] ) ? sanitize_text_field( wp_unslash( $_POST['redemption'] ) ) : '',
		);
		WC()->cart->calculate_totals();
		$note = self::carry_out( $wish );
		wp_send_json( array( 'note' => $note ) + Redemption::state() );
	}

	/**
	 * The same for both checkouts. Gives what the shopper must be told, '' = nothing.
	 *
	 * @param array<string, mixed> $wish `do`, and for `apply` the `code` and its `redemption`.
	 */
	public static function carry_out( array $wish ): string {
		switch ( $wish['do'] ?? '' ) {
			case 'apply':
				$code = (string) ( $wish['code'] ?? '' );
				$id   = (string) ( $wish['redemption'] ?? '' );
				return Redemption::is_code( $code ) && wp_is_uuid( $id ) ? Redemption::apply( $code, $id ) : '';
			case 'remove':
				Redemption::remove();
				return '';
			case 'fit':
				return Redemption::fit();
			default:
				return '';
		}
	}

	/**
	 * What the page has to know of the cart. Asks nobody.
	 *
	 * @return array<string, mixed>
	 */
	public static function told(): array {
		if ( ! WC()->cart ) {
			return array( 'cart' => null );
		}
		return array( 'cart' => Cart_Facts::of_cart( WC()->cart ) ) + Redemption::state();
	}
}
