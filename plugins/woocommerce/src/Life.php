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
		Outbox::install();
		delete_option( 'rewrite_rules' );
	}

	/** WooCommerce's own webhooks go on telling of orders, so points stay right; what else is planned stops. */
	public static function deactivate(): void {
		if ( function_exists( 'as_unschedule_all_actions' ) ) {
			as_unschedule_all_actions( '', array(), Outbox::GROUP );
		}
		delete_option( 'rewrite_rules' );
	}
}
