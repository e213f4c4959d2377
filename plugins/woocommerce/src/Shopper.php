<?php
/**
 * Who is looking, said to the service in a way that only this site can say it.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

final class Shopper {
	/** Seconds. The service accepts five minutes at most; what is missing is how far the two clocks may differ. */
	const LIFE = 240;

	/**
	 * A token for a customer, by default the one who is signed in; 0 = a guest. Null where this site is not connected.
	 *
	 * Text: `<base64url of JSON>.<base64url of HMAC-SHA256>`, see src/platforms/woocommerce/shopper-token.ts of the service.
	 */
	public static function token( ?int $customer = null ): ?string {
		$connection = Settings::connection();
		if ( null === $connection || ! Settings::is_live() ) {
			return null;
		}
		$customer = null === $customer ? get_current_user_id() : $customer;
		$claims   = array(
			'store'    => (string) $connection['store'],
			'customer' => $customer > 0 ? (string) $customer : null,
			'exp'      => time() + self::LIFE,
			'nonce'    => bin2hex( random_bytes( 12 ) ),
		);
		$payload  = self::base64url( (string) wp_json_encode( $claims ) );
		$mac      = hash_hmac( 'sha256', 'tallymark-shopper.' . $payload, (string) $connection['secrets']['shopper'], true );
		return $payload . '.' . self::base64url( $mac );
	}

	/** Without padding, as it goes into addresses. */
	public static function base64url( string $bytes ): string {
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- the token's format.
		return rtrim( strtr( base64_encode( $bytes ), '+/', '-_' ), '=' );
	}
}
