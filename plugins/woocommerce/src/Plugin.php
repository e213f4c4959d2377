<?php
/**
 * Starts what boot.php lists.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

final class Plugin {
	const OLDEST_WOOCOMMERCE = '8.5';

	public static function start(): void {
		add_action( 'before_woocommerce_init', array( self::class, 'declare_compatibility' ) );
		add_action( 'plugins_loaded', array( self::class, 'boot' ) );
		add_action( 'init', array( self::class, 'load_words' ) );
	}

	/** Orders are read and written through WooCommerce's own objects alone, and both checkouts are served. */
	public static function declare_compatibility(): void {
		if ( ! class_exists( \Automattic\WooCommerce\Utilities\FeaturesUtil::class ) ) {
			return;
		}
		foreach ( array( 'custom_order_tables', 'cart_checkout_blocks' ) as $feature ) {
			\Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( $feature, TALLYMARK_FILE, true );
		}
	}

	public static function boot(): void {
		if ( ! defined( 'WC_VERSION' ) || version_compare( WC_VERSION, self::OLDEST_WOOCOMMERCE, '<' ) ) {
			add_action( 'admin_notices', array( self::class, 'ask_for_woocommerce' ) );
			return;
		}
		$features = require dirname( TALLYMARK_FILE ) . '/boot.php';
		$wanted   = Settings::is_live() ? array_merge( $features['always'], $features['live'] ) : $features['always'];
		foreach ( $wanted as $feature ) {
			$feature::hook();
		}
	}

	public static function load_words(): void {
		load_plugin_textdomain( 'tallymark', false, dirname( plugin_basename( TALLYMARK_FILE ) ) . '/languages' );
	}

	public static function ask_for_woocommerce(): void {
		if ( ! current_user_can( 'activate_plugins' ) ) {
			return;
		}
		/* translators: %s: the oldest version of WooCommerce, such as 8.5 */
		$sentence = sprintf( __( 'Tallymark needs WooCommerce %s or newer. Until then it does nothing.', 'tallymark' ), self::OLDEST_WOOCOMMERCE );
		echo '<div class="notice notice-warning"><p>' . esc_html( $sentence ) . '</p></div>';
	}
}
