<?php
/**
 * From here to the desk, signed in. The service is told of a visit, signed; it asks this shop whose it is, and the shop says so
 * once, within a minute, to its own REST key alone.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Admin;

use Tallymark\Woo\Answer;
use Tallymark\Woo\Feature;
use Tallymark\Woo\Service;
use Tallymark\Woo\Settings;
use Tallymark\Woo\Shopper;

defined( 'ABSPATH' ) || exit;

final class Desk implements Feature {
	const OPEN = 'tallymark_desk';
	/** Seconds for which a visit can be vouched for. */
	const LIFE = 60;
	/** Seconds: the service asks this site before it answers. */
	const PATIENCE = 20.0;

	public static function hook(): void {
		add_action( 'rest_api_init', array( self::class, 'route' ) );
		add_action( 'admin_post_' . self::OPEN, array( self::class, 'open' ) );
	}

	/** `GET /wp-json/wc-tallymark/v1/desk?token=`: whose visit it is, to whoever has this shop's REST keys. */
	public static function route(): void {
		register_rest_route(
			'wc-tallymark/v1',
			'/desk',
			array(
				'methods'             => 'GET',
				'callback'            => array( self::class, 'vouch' ),
				'permission_callback' => static function () {
					return current_user_can( Page::RIGHT );
				},
				'args'                => array(
					'token' => array(
						'type'     => 'string',
						'required' => true,
					),
				),
			)
		);
	}

	/** Once; and only for who may manage the shop at this moment. */
	public static function vouch( $request ) {
		$visit = self::visit( (string) $request['token'] );
		$user  = (int) get_transient( $visit );
		delete_transient( $visit );
		if ( 0 === $user || ! user_can( $user, Page::RIGHT ) ) {
			return new \WP_Error( 'tallymark_no_visit', 'Nobody was sent to the desk with this.', array( 'status' => 404 ) );
		}
		$response = new \WP_REST_Response( self::person( $user ) );
		$response->header( 'Cache-Control', 'no-store' );
		return $response;
	}

	/**
	 * Who somebody is to the desk.
	 *
	 * @return array{user: string, name: string, email: string, language: string}
	 */
	public static function person( int $id ): array {
		$user = get_userdata( $id );
		return array(
			'user'     => (string) $id,
			'name'     => $user ? $user->display_name : '',
			'email'    => $user ? $user->user_email : '',
			'language' => get_user_locale( $id ),
		);
	}

	/** Sends the browser on to the desk; where that cannot be, back, with the reason. */
	public static function open(): void {
		check_admin_referer( self::OPEN );
		if ( ! current_user_can( Page::RIGHT ) ) {
			wp_die( esc_html__( 'You are not allowed to do this.', 'tallymark' ), '', array( 'response' => 403 ) );
		}
		$answer = self::ask( get_current_user_id() );
		if ( $answer->ok() && isset( $answer->body['link'] ) ) {
			$host = (string) wp_parse_url( Settings::service_url(), PHP_URL_HOST );
			add_filter(
				'allowed_redirect_hosts',
				static function ( $hosts ) use ( $host ) {
					$hosts[] = $host;
					return $hosts;
				}
			);
			nocache_headers();
			wp_safe_redirect( Settings::service_url() . '/admin/enter/shop#' . rawurlencode( (string) $answer->body['link'] ) );
			exit;
		}
		Said::keep( self::reason( $answer ), false );
		wp_safe_redirect( Page::url() );
		exit;
	}

	/** Asks for the secret of a link for this user. */
	public static function ask( int $user ): Answer {
		$connection = Settings::connection();
		if ( null === $connection || ! Settings::is_live() ) {
			return new Answer( 0 );
		}
		$token = Shopper::base64url( random_bytes( 24 ) );
		$wish  = array(
			'store' => (string) $connection['store'],
			'token' => $token,
			'proof' => Shopper::base64url( hash_hmac( 'sha256', "tallymark-desk\n{$connection['store']}\n{$token}", (string) $connection['secrets']['webhook'], true ) ),
		);
		set_transient( self::visit( $token ), $user, self::LIFE );
		$answer = Service::send( 'POST', '/woocommerce/desk', (string) wp_json_encode( $wish ), self::PATIENCE );
		delete_transient( self::visit( $token ) );
		return $answer;
	}

	/** Under which name a visit is kept. */
	private static function visit( string $token ): string {
		return 'tallymark_visit_' . hash( 'sha256', $token );
	}

	/** Why not, and what to do. */
	private static function reason( Answer $answer ): string {
		if ( 'not_at_desk' === $answer->error() ) {
			return __( 'You were taken off the list of who works with this program. Its owner can put you back.', 'tallymark' );
		}
		return $answer->is_unavailable()
			? __( 'The service does not answer at present. Try again in a minute.', 'tallymark' )
			: __( 'The service could not make sure that you come from this shop. See that no security plugin or cache blocks /wp-json/, or connect again.', 'tallymark' );
	}
}
