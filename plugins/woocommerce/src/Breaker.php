<?php
/**
 * Remembers that the service does not answer, so that only one visitor in a while waits to find out.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

final class Breaker {
	const KEY     = 'tallymark_breaker';
	const FIRST   = 30;
	const LONGEST = 300;

	/** Whether the service may be asked now. After a pause one request tries; the others go on without meanwhile. */
	public static function lets_through(): bool {
		$state = self::state();
		if ( 0 === $state['wait'] ) {
			return true;
		}
		if ( time() < $state['until'] ) {
			return false;
		}
		self::keep( $state['wait'] );
		return true;
	}

	public static function failed(): void {
		$wait = self::state()['wait'];
		self::keep( 0 === $wait ? self::FIRST : min( self::LONGEST, 2 * $wait ) );
	}

	public static function answered(): void {
		if ( 0 !== self::state()['wait'] ) {
			delete_transient( self::KEY );
		}
	}

	/** Whether the service was not there when it was last asked. */
	public static function is_open(): bool {
		return 0 !== self::state()['wait'];
	}

	/**
	 * How long is waited, and until when.
	 *
	 * @return array{wait: int, until: int}
	 */
	private static function state(): array {
		$kept = get_transient( self::KEY );
		return array(
			'wait'  => is_array( $kept ) ? (int) ( $kept['wait'] ?? 0 ) : 0,
			'until' => is_array( $kept ) ? (int) ( $kept['until'] ?? 0 ) : 0,
		);
	}

	private static function keep( int $wait ): void {
		$state = array(
			'wait'  => $wait,
			'until' => time() + $wait,
		);
		// longer than the wait itself: the next failure must know how long the last one was
		set_transient( self::KEY, $state, 4 * self::LONGEST );
	}
}
