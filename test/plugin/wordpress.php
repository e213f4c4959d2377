<?php
/**
 * As much of WordPress as the plugin's talk with the service needs, in memory. What it asks the network is written down, and
 * answered as `$stage` says. Run: php wordpress.php <plugin> <stage as JSON>; prints what the script in `stage.run` gives.
 */

const ABSPATH                 = '/';
const DAY_IN_SECONDS          = 86400;
const HOUR_IN_SECONDS         = 3600;
const MINUTE_IN_SECONDS       = 60;
const WC_VERSION              = '11.0.1';
const TALLYMARK_VERSION       = '0.1.0';
define( 'TALLYMARK_FILE', $argv[1] . '/tallymark.php' );

$stage      = json_decode( $argv[2], true );
$options    = $stage['options'];
$transients = array();
$asked      = array();

function get_option( $name, $else = false ) {
	return $GLOBALS['options'][ $name ] ?? $else;
}
function update_option( $name, $value ) {
	$GLOBALS['options'][ $name ] = $value;
}
function get_transient( $name ) {
	return $GLOBALS['transients'][ $name ] ?? false;
}
function set_transient( $name, $value ) {
	$GLOBALS['transients'][ $name ] = $value;
}
function delete_transient( $name ) {
	unset( $GLOBALS['transients'][ $name ] );
}
function untrailingslashit( $text ) {
	return rtrim( $text, '/' );
}
function wp_json_encode( $value ) {
	return json_encode( $value );
}
function get_current_user_id() {
	return 7;
}
/** Who manages the shop: user 7 unless the stage says otherwise. */
function user_can( $user, $right ) {
	return 'manage_woocommerce' === $right && in_array( $user, $GLOBALS['stage']['managers'] ?? array( 7 ), true );
}
function get_userdata( $user ) {
	return (object) array( 'display_name' => 'User ' . $user, 'user_email' => $user . '@shop.example' );
}
function get_user_locale() {
	return 'nb_NO';
}
class WP_REST_Response {
	public $data;
	public function __construct( $data ) {
		$this->data = $data;
	}
	public function header() {}
}
class WP_Error {}
function determine_locale() {
	return $GLOBALS['stage']['locale'] ?? 'nl_NL';
}
/** As WordPress writes them where the language groups by spaces. */
function number_format_i18n( $number ) {
	return number_format( $number, 0, ',', ' ' );
}
function is_wp_error( $thing ) {
	return $thing instanceof Nothing;
}
/** Takes as long as the stage says, or until the time is up; then it is an error. */
function wp_safe_remote_request( $url, $arguments ) {
	$takes              = $GLOBALS['stage']['takes'] ?? 0;
	$GLOBALS['asked'][] = array( 'url' => $url ) + $arguments;
	if ( isset( $GLOBALS['stage']['meanwhile'] ) ) {
		$GLOBALS['heard'] = eval( $GLOBALS['stage']['meanwhile'] );
	}
	usleep( (int) ( 1e6 * min( $takes, $arguments['timeout'] ) ) );
	return $takes >= $arguments['timeout'] ? new Nothing() : array( 'code' => $GLOBALS['stage']['status'] ?? 200 );
}
class Nothing {
	public function get_error_message() {
		return 'timed out';
	}
}
function wp_remote_retrieve_body() {
	return '{"yes":1}';
}
function wp_remote_retrieve_response_code( $response ) {
	return $response instanceof Nothing ? 0 : $response['code'];
}
function wp_remote_retrieve_header() {
	return '';
}

require $argv[1] . '/src/autoload.php';
echo json_encode( array( 'given' => eval( $stage['run'] ), 'asked' => $asked, 'options' => $options ) );
