<?php
/**
 * A button for points in a corner of every page, if the owner wants one; not where points stand anyway.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Shop;

use Tallymark\Woo\Feature;

defined( 'ABSPATH' ) || exit;

final class Launcher implements Feature {
	/** The corner, `start` or `end`; anything else: there is none, and pages load nothing for it. */
	const OPTION  = 'tallymark_launcher';
	const CORNERS = array( 'start', 'end' );

	public static function hook(): void {
		if ( '' !== self::corner() ) {
			// before WordPress prints the scripts of the footer
			add_action( 'wp_footer', array( self::class, 'show' ), 5 );
		}
	}

	/** The corner, '' = none. */
	public static function corner(): string {
		$corner = (string) get_option( self::OPTION, '' );
		return in_array( $corner, self::CORNERS, true ) ? $corner : '';
	}

	public static function show(): void {
		if ( is_cart() || is_checkout() || is_wc_endpoint_url( Rewards_Page::ENDPOINT ) || is_customize_preview() ) {
			return;
		}
		$attributes = array( 'place' => self::corner() );
		Widget::show( 'launcher', $attributes, 0, ! is_user_logged_in() );
	}
}
