<?php
/**
 * Takes away what the plugin made, on every site of a network.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

final class Uninstall {
	public static function run(): void {
		if ( ! is_multisite() ) {
			self::site();
			return;
		}
		foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $site ) {
			switch_to_blog( $site );
			self::site();
			restore_current_blog();
		}
	}

	private static function site(): void {
		global $wpdb;
		if ( defined( 'WC_VERSION' ) ) {
			Connect::disconnect();
		} else {
			self::take_webhooks();
		}
		foreach ( array( Settings::CONNECTION, Outbox::SCHEMA, Outbox::LOST, Shop\Launcher::OPTION ) as $option ) {
			delete_option( $option );
		}
		// phpcs:disable WordPress.DB.DirectDatabaseQuery -- nothing of WordPress takes away many at once.
		$wpdb->query( $wpdb->prepare( 'DROP TABLE IF EXISTS %i', Outbox::table() ) );
		$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE meta_key LIKE %s', $wpdb->usermeta, $wpdb->esc_like( 'tallymark_' ) . '%' ) );
		foreach ( array( '_transient_tallymark_', '_transient_timeout_tallymark_' ) as $kind ) {
			$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE option_name LIKE %s', $wpdb->options, $wpdb->esc_like( $kind ) . '%' ) );
		}
		foreach ( array( $wpdb->postmeta, $wpdb->prefix . 'wc_orders_meta' ) as $notes ) {
			if ( $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $notes ) ) ) ) {
				$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE meta_key LIKE %s OR meta_key LIKE %s', $notes, $wpdb->esc_like( 'tallymark_' ) . '%', $wpdb->esc_like( '_tallymark_' ) . '%' ) );
			}
		}
		// phpcs:enable
		self::take_plans();
		wp_cache_flush();
	}

	/** What was planned and what has run, which Action Scheduler would keep for a month. */
	private static function take_plans(): void {
		global $wpdb;
		$actions = $wpdb->prefix . 'actionscheduler_actions';
		$logs    = $wpdb->prefix . 'actionscheduler_logs';
		$groups  = $wpdb->prefix . 'actionscheduler_groups';
		// phpcs:disable WordPress.DB.DirectDatabaseQuery -- Action Scheduler may be gone with WooCommerce.
		if ( ! $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $actions ) ) ) ) {
			return;
		}
		$ours = $wpdb->esc_like( 'tallymark_' ) . '%';
		$wpdb->query( $wpdb->prepare( 'DELETE l FROM %i l JOIN %i a ON a.action_id = l.action_id WHERE a.hook LIKE %s', $logs, $actions, $ours ) );
		$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE hook LIKE %s', $actions, $ours ) );
		$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE slug = %s', $groups, Outbox::GROUP ) );
		// phpcs:enable
	}

	/** WooCommerce is gone or switched off: its tables may still be there, and our webhooks and key in them. */
	private static function take_webhooks(): void {
		global $wpdb;
		$hooks = $wpdb->prefix . 'wc_webhooks';
		$keys  = $wpdb->prefix . 'woocommerce_api_keys';
		// phpcs:disable WordPress.DB.DirectDatabaseQuery -- WooCommerce is not there to be asked.
		if ( $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $hooks ) ) ) ) {
			$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE name LIKE %s', $hooks, $wpdb->esc_like( Webhooks::NAME . ' ' ) . '%' ) );
		}
		$key = (int) ( Settings::connection()['key'] ?? 0 );
		if ( $key > 0 && $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $keys ) ) ) ) {
			$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE key_id = %d', $keys, $key ) );
		}
		// phpcs:enable
	}
}
