<?php
/**
 * Plugin Name:          Tallymark
 * Description:          Points and rewards for your shop, every point accounted for. Earned with orders and reviews, used in the cart and at the checkout.
 * Version:              0.1.0
 * Requires at least:    6.4
 * Requires PHP:         7.4
 * Requires Plugins:     woocommerce
 * WC requires at least: 8.5
 * WC tested up to:      11.1
 * Author:               Tallymark
 * License:              GPL-2.0-or-later
 * License URI:          https://www.gnu.org/licenses/old-licenses/gpl-2.0.html
 * Text Domain:          tallymark
 * Domain Path:          /languages
 *
 * @package Tallymark
 */

defined( 'ABSPATH' ) || exit;

define( 'TALLYMARK_VERSION', '0.1.0' );
define( 'TALLYMARK_FILE', __FILE__ );

require __DIR__ . '/src/autoload.php';

register_activation_hook( __FILE__, array( \Tallymark\Woo\Life::class, 'activate' ) );
register_deactivation_hook( __FILE__, array( \Tallymark\Woo\Life::class, 'deactivate' ) );

\Tallymark\Woo\Plugin::start();
