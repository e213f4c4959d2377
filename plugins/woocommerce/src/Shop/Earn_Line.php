<?php
/**
 * "Earn 12 points with this": the service's own promise. The page is never made to wait for it: what was asked in the last
 * minutes is in the page as it is sent, all else is fetched beside it.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Shop;

use Tallymark\Woo\Feature;
use Tallymark\Woo\Service;

defined( 'ABSPATH' ) || exit;

final class Earn_Line implements Feature {
	const ACTION = 'tallymark_earn';
	/** Seconds for which a promise is shown before it is asked anew. */
	const KEEP = 300;

	public static function hook(): void {
		add_action( 'woocommerce_before_add_to_cart_form', array( self::class, 'show_for_product' ) );
		add_action( 'wc_ajax_' . self::ACTION, array( self::class, 'answer' ) );
	}

	public static function show_for_product(): void {
		global $product;
		if ( ! $product instanceof \WC_Product || ! $product->is_purchasable() ) {
			return;
		}
		Assets::want_line();
		$ready = get_transient( self::key( Cart_Facts::of_product( $product ), __( 'Earn %s with this.', 'tallymark' ) ) );
		printf(
			'<p class="tallymark-earn" data-product="%1$d" data-at="%2$d" aria-live="polite">%3$s</p>',
			(int) $product->get_id(),
			(int) ( $ready['at'] ?? 0 ),
			esc_html( $ready['text'] ?? '' )
		);
	}

	/**
	 * What a product, an order that was just placed, or the cart of this visitor earns: `{"text": "...", "at": 1790000000}`.
	 * Changes nothing, so it needs no nonce.
	 */
	public static function answer(): void {
		nocache_headers();
		// phpcs:disable WordPress.Security.NonceVerification.Recommended -- changes nothing, and pages that ask may be cached.
		$product = isset( $_GET['product'] ) ? absint( $_GET['product'] ) : 0;
		$order   = isset( $_GET['order'] ) ? absint( $_GET['order'] ) : 0;
		$key     = isset( $_GET['key'] ) ? sanitize_text_field( wp_unslash( $_GET['key'] ) ) : '';
		// phpcs:enable
		if ( $product > 0 ) {
			wp_send_json( self::of_product( $product ) );
		}
		wp_send_json( $order > 0 ? self::of_order( $order, $key ) : self::of_cart() );
	}

	/**
	 * The promise for one piece of a product that anybody may see.
	 *
	 * @return array{text: string, at: int}
	 */
	private static function of_product( int $id ): array {
		$product = wc_get_product( $id );
		$parent  = $product && $product->get_parent_id() ? wc_get_product( $product->get_parent_id() ) : $product;
		if ( ! $product || ! $parent || 'publish' !== $parent->get_status() ) {
			return self::said( '' );
		}
		/* translators: %s: an amount of points, such as 12 points */
		return self::of( Cart_Facts::of_product( $product ), __( 'Earn %s with this.', 'tallymark' ) );
	}

	/**
	 * What waits for a guest who would join with this order; known only to who has the order's key.
	 *
	 * @return array{text: string, at: int}
	 */
	private static function of_order( int $id, string $key ): array {
		$order = wc_get_order( $id );
		if ( ! $order instanceof \WC_Order || ! $order->key_is_valid( $key ) ) {
			return self::said( '' );
		}
		/* translators: %s: an amount of points, such as 48 points */
		return self::of( Cart_Facts::of_order( $order ), __( 'Waiting for you: %s.', 'tallymark' ) );
	}

	/**
	 * The promise for the cart of this visitor.
	 *
	 * @return array{text: string, at: int}
	 */
	private static function of_cart(): array {
		if ( ! WC()->cart || WC()->cart->is_empty() ) {
			return self::said( '' );
		}
		WC()->cart->calculate_totals();
		/* translators: %s: an amount of points, such as 48 points */
		return self::of( Cart_Facts::of_cart( WC()->cart ), __( 'This order earns %s.', 'tallymark' ) );
	}

	/**
	 * The promise, from the last minutes or asked now, in the time of a page; without an answer there is no line.
	 *
	 * @param array<string, mixed> $facts As the API takes them.
	 * @param string               $words The sentence around the amount.
	 * @return array{text: string, at: int}
	 */
	private static function of( array $facts, string $words ): array {
		$key   = self::key( $facts, $words );
		$ready = get_transient( $key );
		if ( is_array( $ready ) ) {
			return $ready;
		}
		$answer = Service::ask( 'POST', Service::STOREFRONT . 'preview', array( 'cart' => $facts ) );
		if ( ! $answer->ok() ) {
			return self::said( '' );
		}
		$earned = Words::amounts( (array) $answer->body['earn'] );
		$said   = self::said( '' === $earned ? '' : sprintf( $words, $earned ) );
		set_transient( $key, $said, self::KEEP );
		return $said;
	}

	/**
	 * A line and when it was said.
	 *
	 * @return array{text: string, at: int}
	 */
	private static function said( string $text ): array {
		return array(
			'text' => $text,
			'at'   => time(),
		);
	}

	/**
	 * Whoever is not signed in is promised the same; a customer what their own standing gives.
	 *
	 * @param array<string, mixed> $facts As the API takes them.
	 * @param string               $words The sentence, in the language of the page.
	 */
	private static function key( array $facts, string $words ): string {
		return 'tallymark_earn_' . md5( $words . '|' . get_current_user_id() . '|' . wp_json_encode( $facts ) );
	}
}
