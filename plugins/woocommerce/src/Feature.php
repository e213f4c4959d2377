<?php
/**
 * One thing that the plugin does.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

interface Feature {
	/**
	 * Adds its hooks, once, on `plugins_loaded`. Costs nothing beyond that: no query, no request.
	 */
	public static function hook(): void;
}
