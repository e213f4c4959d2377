<?php
/**
 * `Tallymark\Woo\A\B` is in src/A/B.php.
 *
 * @package Tallymark
 */

defined( 'ABSPATH' ) || exit;

spl_autoload_register(
	static function ( $name ) {
		$prefix = 'Tallymark\\Woo\\';
		if ( 0 !== strncmp( $name, $prefix, strlen( $prefix ) ) ) {
			return;
		}
		$file = __DIR__ . '/' . str_replace( '\\', '/', substr( $name, strlen( $prefix ) ) ) . '.php';
		if ( is_file( $file ) ) {
			require $file;
		}
	}
);
