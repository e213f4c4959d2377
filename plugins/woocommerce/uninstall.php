<?php
/**
 * Leaves nothing: ends the connection, and takes away everything that was ours.
 *
 * @package Tallymark
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

// both are there already where the plugin was switched off in this very request
defined( 'TALLYMARK_VERSION' ) || define( 'TALLYMARK_VERSION', '0.1.0' );
defined( 'TALLYMARK_FILE' ) || define( 'TALLYMARK_FILE', __DIR__ . '/tallymark.php' );

require __DIR__ . '/src/autoload.php';

\Tallymark\Woo\Uninstall::run();
