<?php
/**
 * Leaves nothing: ends the connection, and takes away everything that was ours.
 *
 * @package Tallymark
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

define( 'TALLYMARK_VERSION', '0.1.0' );
define( 'TALLYMARK_FILE', __DIR__ . '/tallymark.php' );

require __DIR__ . '/src/autoload.php';

\Tallymark\Woo\Uninstall::run();
