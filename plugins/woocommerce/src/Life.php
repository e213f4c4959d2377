<?php
/**
 * What activation and deactivation change. Neither redirects, neither asks the service.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

final class Life {
	/** Rewrite rules are made anew by WordPress at the next request, when all that adds to them has been hooked. */
	public static function activate(): void {
		delete_option( 'rewrite_rules' );
	}

	public static function deactivate(): void {
		delete_option( 'rewrite_rules' );
	}
}
