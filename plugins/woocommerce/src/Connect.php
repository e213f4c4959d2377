<?php
/**
 * Connecting and disconnecting this site.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

final class Connect implements Feature {
	/** The one-time token of the attempt under way. */
	const ATTEMPT = 'tallymark_connecting';
	/** Seconds: the service asks this site several things before it answers. */
	const PATIENCE = 45.0;

	public static function hook(): void {
		add_action( 'rest_api_init', array( self::class, 'route' ) );
	}

	/** `GET /wp-json/wc-tallymark/v1/connecting`: the attempt's token and who connects, to whoever has this shop's REST keys. */
	public static function route(): void {
		register_rest_route(
			'wc-tallymark/v1',
			'/connecting',
			array(
				'methods'             => 'GET',
				'callback'            => array( self::class, 'say_token' ),
				'permission_callback' => static function () {
					return current_user_can( 'manage_woocommerce' );
				},
			)
		);
	}

	public static function say_token() {
		$token = get_transient( self::ATTEMPT );
		if ( ! is_string( $token ) || '' === $token ) {
			return new \WP_Error( 'tallymark_not_connecting', 'This shop is not connecting at present.', array( 'status' => 404 ) );
		}
		// the key that asks was made for who connects: they are the first at the desk
		$said     = array(
			'token'  => $token,
			'person' => Admin\Desk::person( get_current_user_id() ),
		);
		$response = new \WP_REST_Response( $said );
		$response->header( 'Cache-Control', 'no-store' );
		return $response;
	}

	/**
	 * Connects this site as the present user, who must be allowed to manage the shop. A site that was connected before is the
	 * same shop again. `$moved`: this is the connected shop itself at a new address.
	 */
	public static function connect( string $service, bool $moved = false, bool $award_history = false ): Answer {
		if ( false !== get_transient( self::ATTEMPT ) ) {
			return new Answer( 409, array( 'error' => array( 'code' => 'under_way' ) ) );
		}
		$before = Settings::connection();
		$key    = Rest_Key::make( get_current_user_id() );
		if ( null === $key ) {
			return new Answer( 0 );
		}
		Outbox::install();
		$token = rtrim( strtr( base64_encode( random_bytes( 24 ) ), '+/', '-_' ), '=' ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- a token's format.
		set_transient( self::ATTEMPT, $token, 2 * MINUTE_IN_SECONDS );
		$wish = array(
			'url'            => Site::url(),
			'token'          => $token,
			'consumerKey'    => $key['consumerKey'],
			'consumerSecret' => $key['consumerSecret'],
			'history'        => $award_history ? 'award' : 'know',
		);
		$name = trim( mb_substr( wp_specialchars_decode( (string) get_bloginfo( 'name' ), ENT_QUOTES ), 0, 100 ) );
		if ( '' !== $name ) {
			$wish['name'] = $name;
		}
		if ( $moved && null !== $before ) {
			$wish['moved'] = self::proof_of_move( $before, $token );
		}
		$answer = Service::send( 'POST', '/woocommerce/plugin', (string) wp_json_encode( $wish ), self::PATIENCE, array(), untrailingslashit( $service ) );
		delete_transient( self::ATTEMPT );
		if ( ! $answer->ok() || ! isset( $answer->body['store'], $answer->body['webhookSecret'], $answer->body['shopperSecret'], $answer->body['webhookUrl'] ) ) {
			Rest_Key::delete( $key['id'] );
			return $answer->ok() ? new Answer( 0 ) : $answer;
		}
		Rest_Key::delete( (int) ( $before['key'] ?? 0 ) );
		self::keep( $service, $key['id'], $answer->body );
		return $answer;
	}

	/** Ends the connection here, whatever the service answers; gives whether it knows. Points and history stay there. */
	public static function disconnect(): bool {
		$connection = Settings::connection();
		if ( null === $connection ) {
			return true;
		}
		$told = Settings::is_live() && Delivery::say( Outbox::DISCONNECTED, array( 'at' => gmdate( 'Y-m-d\TH:i:s\Z' ) ), Service::ACTION )->ok();
		Webhooks::remove();
		Rest_Key::delete( (int) ( $connection['key'] ?? 0 ) );
		self::forget();
		return $told;
	}

	/** Makes a copy of a connected site a site of its own, which is not connected. The shop that it was copied from knows nothing of it. */
	public static function part(): void {
		Webhooks::remove();
		Rest_Key::delete( (int) ( Settings::connection()['key'] ?? 0 ) );
		self::forget();
	}

	private static function forget(): void {
		Outbox::clear();
		// else who connects again would give what was promised before
		delete_metadata( 'user', 0, Shop\Standing_Perks::META, '', true );
		delete_option( Outbox::LOST );
		delete_transient( Breaker::KEY );
		if ( function_exists( 'as_unschedule_all_actions' ) ) {
			as_unschedule_all_actions( '', array(), Outbox::GROUP );
		}
		Settings::forget();
	}

	/** HMAC over what the shop is called and this attempt, under the secret that only the connected shop has. */
	private static function proof_of_move( array $before, string $token ): array {
		$mac = hash_hmac( 'sha256', "tallymark-moved\n{$before['store']}\n{$token}", (string) $before['secrets']['webhook'], true );
		return array(
			'store' => (string) $before['store'],
			// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- the proof's format.
			'proof' => rtrim( strtr( base64_encode( $mac ), '+/', '-_' ), '=' ),
		);
	}

	private static function keep( string $service, int $key, array $given ): void {
		Settings::keep(
			array(
				'store'   => (string) $given['store'],
				'name'    => (string) ( $given['programName'] ?? '' ),
				'service' => untrailingslashit( $service ),
				'webhook' => (string) $given['webhookUrl'],
				'topics'  => array_map( 'strval', (array) ( $given['topics'] ?? array() ) ),
				'user'    => get_current_user_id(),
				'key'     => $key,
				'since'   => time(),
				'secrets' => array(
					'webhook' => (string) $given['webhookSecret'],
					'shopper' => (string) $given['shopperSecret'],
				),
			)
		);
		delete_transient( Breaker::KEY );
		// the rewrite rules of the pages that a connected shop has
		delete_option( 'rewrite_rules' );
	}
}
