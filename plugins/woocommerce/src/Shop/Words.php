<?php
/**
 * Amounts of a program's units in words: the program names its units, one form per plural of the language.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Shop;

use Tallymark\Woo\Service;
use Tallymark\Woo\Settings;

defined( 'ABSPATH' ) || exit;

final class Words {
	/** Seconds for which the program's name and words are kept. */
	const KEEP = 600;

	/**
	 * The program in the language of the page as it was told in the last minutes; null when it was not. Asks nobody.
	 *
	 * @return array<string, mixed>|null
	 */
	public static function kept(): ?array {
		$kept = get_transient( self::key() );
		return is_array( $kept ) ? $kept : null;
	}

	/**
	 * The same, asked for where it is not known; null when it cannot be asked. For requests that nobody's page waits for.
	 *
	 * @return array<string, mixed>|null
	 */
	public static function program(): ?array {
		$kept = self::kept();
		if ( null !== $kept ) {
			return $kept;
		}
		$answer = Service::ask( 'GET', Service::STOREFRONT . 'program', null, Service::PAGE, array( 'customer' => 0 ) );
		if ( ! $answer->ok() ) {
			return null;
		}
		set_transient( self::key(), $answer->body, self::KEEP );
		return $answer->body;
	}

	/** The name of the program, '' where it is not known just now. Not escaped. */
	public static function name(): string {
		return (string) ( self::kept()['name'] ?? '' );
	}

	/**
	 * "48 points + 2 stars"; '' when there is nothing.
	 *
	 * @param array<string, string> $amounts By unit.
	 */
	public static function amounts( array $amounts ): string {
		$told = array();
		foreach ( $amounts as $unit => $points ) {
			if ( '0' !== (string) $points ) {
				$told[] = self::amount( (string) $points, (string) $unit );
			}
		}
		return implode( ' + ', $told );
	}

	public static function amount( string $points, string $unit ): string {
		$program  = self::program();
		$forms    = (array) ( $program['units'][ $unit ]['forms'] ?? array() );
		$language = (string) ( $program['language'] ?? 'en' );
		$form     = $forms[ self::plural( $points, $language ) ] ?? $forms['other'] ?? $unit;
		return self::number( $points ) . ' ' . $form;
	}

	/**
	 * A whole figure as the program's own sentences write it: Polish groups from five digits on, WordPress from four.
	 *
	 * @param string|int|float $figure Whole.
	 */
	public static function number( $figure ): string {
		$figure = (float) $figure;
		$small  = 0 === strpos( determine_locale(), 'pl' ) && abs( $figure ) < 10000;
		return $small ? number_format( $figure, 0, '', '' ) : number_format_i18n( $figure );
	}

	private static function key(): string {
		return 'tallymark_program_' . md5( determine_locale() . Settings::service_url() );
	}

	/** Which of CLDR's plurals a whole number takes in the languages that the service speaks. */
	private static function plural( string $points, string $language ): string {
		$digits = ltrim( $points, '-' );
		if ( '1' === $digits ) {
			return 'one';
		}
		if ( 'pl' !== $language ) {
			return 'other';
		}
		$last = (int) substr( $digits, -1 );
		$two  = (int) substr( $digits, -2 );
		return $last >= 2 && $last <= 4 && ( $two < 12 || $two > 14 ) ? 'few' : 'many';
	}
}
