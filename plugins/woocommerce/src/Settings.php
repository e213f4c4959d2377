<?php
/**
 * The connection to the service, as this site keeps it: one option.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

final class Settings {
	const CONNECTION = 'tallymark_connection';

	/**
	 * What was agreed with the service when the owner connected, or null.
	 *
	 * `store` is what the service knows this shop by; `secrets` holds `plugin`, `shopper` and `webhook`; `mark` tells the
	 * connected site from its copies; `address` is its URL, kept so that no search and replace finds it; `service` is where
	 * the service answers; `webhook` is where deliveries go; `topics` what is subscribed; `key` the id of the REST key made for it.
	 *
	 * @return array<string, mixed>|null
	 */
	public static function connection(): ?array {
		$kept = get_option( self::CONNECTION );
		return is_array( $kept ) && isset( $kept['store'], $kept['secrets'], $kept['mark'], $kept['service'] ) ? $kept : null;
	}

	/** Whether this site or the one that it was copied from is connected. */
	public static function is_connected(): bool {
		return null !== self::connection();
	}

	/** Whether this is a copy (staging, a restored backup, a move) of the site that is connected. Such a site says nothing to the service. */
	public static function is_copy(): bool {
		$connection = self::connection();
		return null !== $connection && ! hash_equals( (string) $connection['mark'], Site::mark_of( Site::url() ) );
	}

	/** Whether this very site is connected: the only state in which anything is asked or told. */
	public static function is_live(): bool {
		return self::is_connected() && ! self::is_copy();
	}

	/** The address of the site that is connected, for people to read. */
	public static function connected_address(): string {
		$connection = self::connection();
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode -- see `address` above.
		return null === $connection ? '' : (string) base64_decode( (string) ( $connection['address'] ?? '' ), true );
	}

	/**
	 * Keeps what the service answered when this site was connected.
	 *
	 * @param array<string, mixed> $connection See connection(); `mark` and `address` are added here.
	 */
	public static function keep( array $connection ): void {
		$connection['mark'] = Site::mark_of( Site::url() );
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- see `address` above.
		$connection['address'] = base64_encode( Site::url() );
		update_option( self::CONNECTION, $connection, true );
	}

	public static function forget(): void {
		delete_option( self::CONNECTION );
	}

	/** Where the service answers: the one that is connected, else what wp-config.php or the packaged file says; '' = not known yet. */
	public static function service_url(): string {
		$connection = self::connection();
		if ( null !== $connection ) {
			return untrailingslashit( (string) $connection['service'] );
		}
		$packaged = defined( 'TALLYMARK_SERVICE_URL' ) ? TALLYMARK_SERVICE_URL : require dirname( TALLYMARK_FILE ) . '/service-address.php';
		return untrailingslashit( (string) $packaged );
	}
}
