<?php
/**
 * What the buttons of the status page do. Each wants the right to manage the shop, and a nonce of its own.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Admin;

use Tallymark\Woo\Answer;
use Tallymark\Woo\Breaker;
use Tallymark\Woo\Connect;
use Tallymark\Woo\Feature;
use Tallymark\Woo\Outbox;
use Tallymark\Woo\Settings;
use Tallymark\Woo\Shop\Launcher;
use Tallymark\Woo\Webhooks;

defined( 'ABSPATH' ) || exit;

final class Actions implements Feature {
	const CONNECT    = 'tallymark_connect';
	const DISCONNECT = 'tallymark_disconnect';
	const MOVE       = 'tallymark_move';
	const PART       = 'tallymark_part';
	const CHECK      = 'tallymark_check';
	const LAUNCHER   = 'tallymark_launcher';

	public static function hook(): void {
		add_action( 'admin_post_' . self::CONNECT, array( self::class, 'connect' ) );
		add_action( 'admin_post_' . self::DISCONNECT, array( self::class, 'disconnect' ) );
		add_action( 'admin_post_' . self::MOVE, array( self::class, 'move' ) );
		add_action( 'admin_post_' . self::PART, array( self::class, 'part' ) );
		add_action( 'admin_post_' . self::CHECK, array( self::class, 'check' ) );
		add_action( 'admin_post_' . self::LAUNCHER, array( self::class, 'place_launcher' ) );
	}

	public static function connect(): void {
		self::allow( self::CONNECT );
		// phpcs:ignore WordPress.Security.NonceVerification.Missing -- allow() has checked it.
		$typed = isset( $_POST['service'] ) ? esc_url_raw( wp_unslash( $_POST['service'] ), array( 'https', 'http' ) ) : '';
		// phpcs:ignore WordPress.Security.NonceVerification.Missing -- allow() has checked it.
		$award   = isset( $_POST['history'] ) && 'award' === sanitize_key( wp_unslash( $_POST['history'] ) );
		$service = '' === Settings::service_url() ? untrailingslashit( $typed ) : Settings::service_url();
		if ( '' === $service ) {
			self::back( __( 'Enter the address of your Tallymark service.', 'tallymark' ), false );
		}
		self::say_connected( Connect::connect( $service, false, $award ) );
	}

	public static function move(): void {
		self::allow( self::MOVE );
		self::say_connected( Connect::connect( Settings::service_url(), true ) );
	}

	public static function disconnect(): void {
		self::allow( self::DISCONNECT );
		Connect::disconnect()
			? self::back( __( 'Disconnected. Members keep their points: connect again, and they are back.', 'tallymark' ) )
			: self::back( __( 'Disconnected here. The service did not answer; it will notice by itself that its key no longer opens this shop.', 'tallymark' ) );
	}

	public static function part(): void {
		self::allow( self::PART );
		if ( Settings::is_copy() ) {
			Connect::part();
		}
		self::back( __( 'This is a site of its own now. The one that it was copied from stays connected.', 'tallymark' ) );
	}

	public static function check(): void {
		self::allow( self::CHECK );
		delete_transient( Breaker::KEY );
		Webhooks::mend();
		Outbox::send();
		self::back( __( 'Checked. What was missing was repaired, and what could be sent was sent.', 'tallymark' ) );
	}

	public static function place_launcher(): void {
		self::allow( self::LAUNCHER );
		// phpcs:ignore WordPress.Security.NonceVerification.Missing -- allow() has checked it.
		$corner = isset( $_POST['corner'] ) ? sanitize_key( wp_unslash( $_POST['corner'] ) ) : '';
		update_option( Launcher::OPTION, in_array( $corner, Launcher::CORNERS, true ) ? $corner : '', true );
		self::back( __( 'Saved.', 'tallymark' ) );
	}

	private static function allow( string $action ): void {
		check_admin_referer( $action );
		if ( ! current_user_can( Page::RIGHT ) ) {
			wp_die( esc_html__( 'You are not allowed to do this.', 'tallymark' ), '', array( 'response' => 403 ) );
		}
	}

	private static function say_connected( Answer $answer ): void {
		if ( $answer->ok() ) {
			self::back( __( 'Connected. Points appear on your pages from now on.', 'tallymark' ) );
		}
		self::back( self::reason( $answer ), false );
	}

	/** Why it did not work, and what to do. */
	private static function reason( Answer $answer ): string {
		$sentences = array(
			'store_url_refused' => __( 'The service cannot reach an address like this site’s. It needs a public one that begins with https://.', 'tallymark' ),
			'store_unusable'    => __( 'The service reached this address, but not WooCommerce’s REST API. Choose permalinks other than “Plain”, and see that no security plugin blocks /wp-json/.', 'tallymark' ),
			'platform_revoked'  => __( 'This site did not accept the key that it had just made. See whether a security plugin or your host blocks REST keys.', 'tallymark' ),
			'plugin_absent'     => __( 'The service reached another site at this address. See that it leads to this one, without a cache before /wp-json/.', 'tallymark' ),
			'store_mismatch'    => __( 'The service reached another site at this address. See that it leads to this one, without a cache before /wp-json/.', 'tallymark' ),
			'under_way'         => __( 'Another attempt to connect is under way. Wait two minutes.', 'tallymark' ),
			'move_unproved'     => __( 'This site cannot show that it is the shop that was connected. Make it a site of its own instead.', 'tallymark' ),
		);
		if ( isset( $sentences[ $answer->error() ] ) ) {
			return $sentences[ $answer->error() ];
		}
		$why = '' === $answer->message() ? '' : ' (' . $answer->message() . ')';
		return __( 'Not connected: the service does not answer at present. Try again in a minute.', 'tallymark' ) . $why;
	}

	/** Goes back to the page and says the sentence there, once. */
	private static function back( string $sentence, bool $good = true ): void {
		Said::keep( $sentence, $good );
		wp_safe_redirect( Page::url() );
		exit;
	}
}
