<?php
/**
 * "Let customers earn points": done when this site is connected.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Admin;

use Automattic\WooCommerce\Admin\Features\OnboardingTasks\Task;
use Tallymark\Woo\Settings;

defined( 'ABSPATH' ) || exit;

final class Connect_Task extends Task {
	public function get_id() {
		return 'tallymark-connect';
	}

	public function get_title() {
		return __( 'Let customers earn points', 'tallymark' );
	}

	public function get_content() {
		return __( 'Connect your shop to Tallymark. It takes two clicks.', 'tallymark' );
	}

	public function get_time() {
		return __( '1 minute', 'tallymark' );
	}

	public function get_action_url() {
		return Page::url();
	}

	public function is_complete() {
		return Settings::is_live();
	}

	public function can_view() {
		return current_user_can( Page::RIGHT ) && ! Settings::is_copy();
	}
}
