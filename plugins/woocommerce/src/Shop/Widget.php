<?php
/**
 * One block of the widget in a page: `<tally-mark view="account">`. What it shows it asks of the service itself, after the
 * page has loaded.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Shop;

defined( 'ABSPATH' ) || exit;

final class Widget {
	/**
	 * Prints the block with the height that it will have, so that nothing moves when it comes.
	 *
	 * @param array<string, string> $attributes Beside those that every block has.
	 */
	public static function show( string $view, array $attributes, int $height ): void {
		Assets::want_widget();
		$text = '';
		foreach ( array( 'view' => $view ) + $attributes + self::shared() as $name => $value ) {
			if ( '' !== $value ) {
				$text .= sprintf( ' %s="%s"', esc_attr( $name ), esc_attr( $value ) );
			}
		}
		// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- each name and value is, above.
		printf( '<tally-mark%1$s style="display:block;min-height:%2$dpx"></tally-mark>', $text, (int) $height );
	}

	/**
	 * What each block has to know.
	 *
	 * @return array<string, string>
	 */
	public static function shared(): array {
		$facts = Assets::facts();
		return array(
			'api'       => $facts['api'],
			'token-url' => $facts['token'],
			'lang'      => $facts['lang'],
			'currency'  => $facts['currency'],
			'sign-in'   => $facts['signIn'],
			'referral'  => $facts['referral'],
		);
	}
}
