<?php
/**
 * An entry on WooCommerce's own list of things to do next.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Admin;

use Automattic\WooCommerce\Admin\Features\OnboardingTasks\TaskLists;
use Tallymark\Woo\Feature;

defined( 'ABSPATH' ) || exit;

final class To_Do implements Feature {
	public static function hook(): void {
		add_action( 'init', array( self::class, 'add' ), 20 );
	}

	public static function add(): void {
		if ( ( is_admin() || wp_is_json_request() ) && class_exists( TaskLists::class ) && TaskLists::get_list( 'extended' ) ) {
			TaskLists::add_task( 'extended', new Connect_Task( TaskLists::get_list( 'extended' ) ) );
		}
	}
}
