<?php
/**
 * Which site this is.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

final class Site {
	/** The address of the shop, as it is set and without what a translation plugin makes of it. */
	public static function url(): string {
		return untrailingslashit( (string) get_option( 'home' ) );
	}

	/** Host, port and folder: http or https, www, letter case and a trailing slash make no other site. The service compares alike. */
	public static function name_of( string $url ): string {
		return rtrim( (string) preg_replace( '#^https?://(www\.)?#', '', strtolower( trim( $url ) ) ), '/' );
	}

	/** What tells this site from its copies. A hash: whoever copies a site replaces the old address wherever it is written. */
	public static function mark_of( string $url ): string {
		return hash( 'sha256', 'tallymark ' . self::name_of( $url ) );
	}
}
