<?php
/**
 * Signs what the shop itself asks of the service, and says from which site it is asked.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

final class Signature {
	/**
	 * HMAC-SHA256 in base64url over store, site, time, method, path and the body's hash, one a line.
	 *
	 * @return array<string, string>
	 */
	public static function headers( string $method, string $path, string $text ): array {
		$connection = Settings::connection() ?? array();
		$store      = (string) ( $connection['store'] ?? '' );
		$time       = (string) time();
		$site       = Site::url();
		$lines      = array( 'tallymark-plugin', $store, $site, $time, $method, $path, hash( 'sha256', $text ) );
		$mac        = hash_hmac( 'sha256', implode( "\n", $lines ), (string) ( $connection['secrets']['plugin'] ?? '' ), true );
		return array(
			'X-Tallymark-Store'     => $store,
			'X-Tallymark-Site'      => $site,
			'X-Tallymark-Time'      => $time,
			// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- the signature's format.
			'X-Tallymark-Signature' => rtrim( strtr( base64_encode( $mac ), '+/', '-_' ), '=' ),
		);
	}
}
