<?php
/**
 * The REST key with which the service reads this shop's orders and makes coupons.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

final class Rest_Key {
	/**
	 * Makes one for the user who connects. Its secret is known to nobody afterwards but the service.
	 *
	 * @return array{id: int, consumerKey: string, consumerSecret: string}|null Null when the database refused.
	 */
	public static function make( int $user ): ?array {
		global $wpdb;
		$key    = 'ck_' . wc_rand_hash();
		$secret = 'cs_' . wc_rand_hash();
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- WooCommerce has no function for it.
		$made = $wpdb->insert(
			$wpdb->prefix . 'woocommerce_api_keys',
			array(
				'user_id'         => $user,
				'description'     => 'Tallymark',
				'permissions'     => 'read_write',
				'consumer_key'    => wc_api_hash( $key ),
				'consumer_secret' => $secret,
				'truncated_key'   => substr( $key, -7 ),
			),
			array( '%d', '%s', '%s', '%s', '%s', '%s' )
		);
		return 1 !== $made ? null : array(
			'id'             => (int) $wpdb->insert_id,
			'consumerKey'    => $key,
			'consumerSecret' => $secret,
		);
	}

	public static function delete( int $id ): void {
		global $wpdb;
		if ( $id > 0 ) {
			// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- WooCommerce has no function for it.
			$wpdb->delete( $wpdb->prefix . 'woocommerce_api_keys', array( 'key_id' => $id ), array( '%d' ) );
		}
	}
}
