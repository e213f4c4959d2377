<?php
/**
 * Scripts and styles of the shop's pages. Each is asked for by the block that needs it: a page without one of our blocks
 * loads nothing of ours.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Shop;

use Tallymark\Woo\Feature;
use Tallymark\Woo\Service;
use Tallymark\Woo\Settings;
use Tallymark\Woo\Shopper;
use Tallymark\Woo\Shopper_Route;

defined( 'ABSPATH' ) || exit;

final class Assets implements Feature {
	const LINE  = 'tallymark-line';
	const SHOP  = 'tallymark-shop';
	const STYLE = 'tallymark-shop';
	/** Of what a block has to know: what differs from visitor to visitor, or ends. */
	const OWN = array( 'first', 'referral', 'nonce' );

	public static function hook(): void {
		add_action( 'init', array( self::class, 'register' ) );
	}

	public static function register(): void {
		$later = array(
			'in_footer' => true,
			'strategy'  => 'defer',
		);
		wp_register_script( self::LINE, self::url( 'line.js' ), array(), TALLYMARK_VERSION, $later );
		wp_register_script( self::SHOP, self::url( 'shop.js' ), array( self::LINE ), TALLYMARK_VERSION, $later );
		wp_register_style( self::STYLE, self::url( 'shop.css' ), array(), TALLYMARK_VERSION );
	}

	/** The script of the cart and checkout blocks. */
	public static function register_blocks( string $handle ): void {
		$needs = array( self::SHOP, 'wc-blocks-checkout', 'wc-settings', 'wp-data', 'wp-element' );
		wp_register_script( $handle, self::url( 'blocks.js' ), $needs, TALLYMARK_VERSION, array( 'in_footer' => true ) );
	}

	/** For a page with an earn line. */
	public static function want_line(): void {
		wp_enqueue_style( self::STYLE );
		if ( ! wp_script_is( self::LINE ) ) {
			wp_enqueue_script( self::LINE );
			self::tell( self::LINE, array( 'earn' => \WC_AJAX::get_endpoint( Earn_Line::ACTION ) ) );
		}
	}

	/** For a page with a block of the widget. What is in one that may be `cached` is nobody's own. */
	public static function want_widget( bool $cached = false ): void {
		wp_enqueue_style( self::STYLE );
		if ( ! wp_script_is( self::SHOP ) ) {
			wp_enqueue_script( self::SHOP );
			self::tell( self::SHOP, $cached ? array_diff_key( self::facts(), array_flip( self::OWN ) ) : self::facts() );
		}
	}

	private static function tell( string $script, array $facts ): void {
		$text = 'window.tallymarkFacts=Object.assign(window.tallymarkFacts||{},' . wp_json_encode( $facts, JSON_HEX_TAG ) . ');';
		wp_add_inline_script( $script, $text, 'before' );
	}

	/**
	 * What the widget's blocks have to know of this page.
	 *
	 * @return array<string, mixed>
	 */
	public static function facts(): array {
		return array(
			'earn'     => \WC_AJAX::get_endpoint( Earn_Line::ACTION ),
			'widget'   => self::widget_url(),
			'api'      => Settings::service_url() . rtrim( Service::STOREFRONT, '/' ),
			'token'    => Shopper_Route::url(),
			// these pages are never cached, so the first token needs no request of its own
			'first'    => Shopper::token(),
			'lang'     => str_replace( '_', '-', determine_locale() ),
			'signIn'   => wc_get_page_permalink( 'myaccount' ),
			'customer' => is_user_logged_in(),
			'referral' => Referral::code(),
			'currency' => get_woocommerce_currency(),
			'act'      => \WC_AJAX::get_endpoint( Classic_Checkout::ACTION ),
			'nonce'    => wp_create_nonce( Classic_Checkout::ACTION ),
			'words'    => array(
				'signIn'  => __( 'Sign in to use your points', 'tallymark' ),
				'points'  => __( 'Points and rewards', 'tallymark' ),
				'discount' => Redemption::label(),
				'member'  => Standing_Perks::label(),
				'fitting' => __( 'Your cart has changed. Fitting your points to it…', 'tallymark' ),
				'away'    => __( 'We can’t reach your points right now. They’re safe, and you can check out as usual.', 'tallymark' ),
			),
		);
	}

	/** The widget of this package; in a working copy that has not been packed, the service's own. */
	private static function widget_url(): string {
		$packed = dirname( TALLYMARK_FILE ) . '/assets/widget.js';
		return is_file( $packed ) ? self::url( 'widget.js' ) . '?ver=' . TALLYMARK_VERSION : Settings::service_url() . '/widget.js';
	}

	private static function url( string $file ): string {
		return plugins_url( 'assets/' . $file, TALLYMARK_FILE );
	}
}
