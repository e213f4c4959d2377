<?php
/**
 * The script of the blocks, and what it has to know. WooCommerce loads it with its cart and checkout blocks alone.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Shop;

use Automattic\WooCommerce\Blocks\Integrations\IntegrationInterface;

defined( 'ABSPATH' ) || exit;

final class Block_Script implements IntegrationInterface {
	const SCRIPT = 'tallymark-blocks';

	public function get_name() {
		return Block_Checkout::NAME;
	}

	public function initialize() {
		Assets::register_blocks( self::SCRIPT );
	}

	public function get_script_handles() {
		return array( self::SCRIPT );
	}

	/** The editor shows nothing of ours: what stands in the owner's pages stays the owner's, also when the plugin goes. */
	public function get_editor_script_handles() {
		return array();
	}

	public function get_script_data() {
		wp_enqueue_style( Assets::STYLE );
		return Assets::facts() + array( 'consent' => Joining::consent() );
	}
}
