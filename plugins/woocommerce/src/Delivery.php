<?php
/**
 * One delivery to the service, made and signed as WooCommerce makes and signs its own.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

final class Delivery {
	/**
	 * Sends one row of the outbox. A webhook's body is made now: it says what is, not what was.
	 *
	 * @param object $row Its `topic`, `arg` (JSON) and `webhook`.
	 */
	public static function send( object $row ): Answer {
		$arg     = json_decode( $row->arg, true );
		$webhook = (int) $row->webhook > 0 ? wc_get_webhook( (int) $row->webhook ) : null;
		$body    = $webhook && 0 !== strpos( $row->topic, 'action.' ) ? $webhook->build_payload( $arg ) : self::said( $row->topic, $arg );
		return self::post( $row->topic, (int) $row->webhook, trim( (string) wp_json_encode( $body ) ) );
	}

	/**
	 * Says something at once, for what cannot wait until it is connected again.
	 *
	 * @param mixed $arg What the topic is about.
	 */
	public static function say( string $topic, $arg, float $timeout = Service::BACKGROUND ): Answer {
		return self::post( $topic, 0, (string) wp_json_encode( self::said( $topic, $arg ) ), $timeout );
	}

	/** The body of an `action.*` topic. */
	private static function said( string $topic, $arg ): array {
		return array(
			'action' => substr( $topic, strlen( 'action.' ) ),
			'arg'    => $arg,
		);
	}

	private static function post( string $topic, int $webhook, string $text, float $timeout = Service::BACKGROUND ): Answer {
		$connection = Settings::connection();
		if ( null === $connection || ! Settings::is_live() ) {
			return new Answer( 0 );
		}
		list( $resource, $event ) = explode( '.', $topic, 2 );
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- as WooCommerce signs.
		$signature = base64_encode( hash_hmac( 'sha256', $text, (string) $connection['secrets']['webhook'], true ) );
		$headers   = array(
			'X-WC-Webhook-Source'    => Site::url() . '/',
			'X-WC-Webhook-Topic'     => $topic,
			'X-WC-Webhook-Resource'  => $resource,
			'X-WC-Webhook-Event'     => $event,
			'X-WC-Webhook-Signature' => $signature,
			'X-WC-Webhook-ID'        => 0 === $webhook ? 'tallymark' : (string) $webhook,
		);
		return Service::send( 'POST', '', $text, $timeout, $headers, (string) $connection['webhook'] );
	}
}
