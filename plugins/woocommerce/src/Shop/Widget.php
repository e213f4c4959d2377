<?php
/**
 * One block of the widget in a page. assets/shop.js puts `<tally-mark view="account">` there after the page has loaded; what
 * it shows it asks of the service itself.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Shop;

defined( 'ABSPATH' ) || exit;

final class Widget {
	/**
	 * Prints the place of the block with the height that it will have, so that nothing moves when it comes. `cached`: the page may
	 * be kept and shown to others.
	 *
	 * @param array<string, string> $attributes Beside those that every block has.
	 */
	public static function show( string $view, array $attributes, int $height, bool $cached = false ): void {
		Assets::want_widget( $cached );
		printf(
			'<div class="tallymark-block" data-attributes="%1$s" style="min-height:%2$dpx"></div>',
			esc_attr( (string) wp_json_encode( array( 'view' => $view ) + $attributes ) ),
			(int) $height
		);
	}
}
