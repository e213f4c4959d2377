<?php
/**
 * A sentence that waits for the page that comes next: for one person, once.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Admin;

defined( 'ABSPATH' ) || exit;

final class Said {
	const KEY = 'tallymark_said_';

	public static function keep( string $sentence, bool $good ): void {
		$said = array(
			'sentence' => $sentence,
			'good'     => $good,
		);
		set_transient( self::KEY . get_current_user_id(), $said, 5 * MINUTE_IN_SECONDS );
	}

	public static function show(): void {
		$said = get_transient( self::KEY . get_current_user_id() );
		if ( ! is_array( $said ) ) {
			return;
		}
		delete_transient( self::KEY . get_current_user_id() );
		$class = empty( $said['good'] ) ? 'notice-error' : 'notice-success';
		echo '<div class="notice ' . esc_attr( $class ) . '"><p>' . esc_html( (string) ( $said['sentence'] ?? '' ) ) . '</p></div>';
	}
}
