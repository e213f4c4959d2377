<?php
/**
 * Our webhooks among the shop's: registered, watched, switched on again. WooCommerce switches one off after a few failures in
 * a row and never makes up for what it did not deliver.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

final class Webhooks implements Feature {
	const WATCH = 'tallymark_watch';
	const NAME  = 'Tallymark';

	public static function hook(): void {
		add_action( 'action_scheduler_init', array( self::class, 'plan' ) );
		add_action( self::WATCH, array( self::class, 'watch' ) );
		add_action( 'woocommerce_webhook_delivery', array( self::class, 'delivered' ), 10, 5 );
		add_action( 'woocommerce_webhook_disabled_due_delivery_failures', array( self::class, 'watch_soon' ) );
		add_filter( 'woocommerce_webhook_should_deliver', array( self::class, 'may_deliver' ), 10, 2 );
	}

	/** Every hour; a plan that was lost is made again. */
	public static function plan(): void {
		if ( Settings::is_live() && is_admin() && ! as_has_scheduled_action( self::WATCH, array(), Outbox::GROUP ) ) {
			as_schedule_recurring_action( time() + 2 * MINUTE_IN_SECONDS, HOUR_IN_SECONDS, self::WATCH, array(), Outbox::GROUP );
		}
	}

	public static function watch_soon(): void {
		if ( Settings::is_live() && ! as_has_scheduled_action( self::WATCH, array( 'soon' ), Outbox::GROUP ) ) {
			as_schedule_single_action( time() + 5 * MINUTE_IN_SECONDS, self::WATCH, array( 'soon' ), Outbox::GROUP );
		}
	}

	/** Sees that the service is there, that every webhook is, and that nothing waits that could go. */
	public static function watch(): void {
		if ( ! Settings::is_live() ) {
			return;
		}
		$answer = Service::ask( 'GET', Service::STOREFRONT . 'program', null, Service::BACKGROUND, array( 'customer' => 0 ) );
		if ( $answer->is_unavailable() ) {
			// what waits in the outbox finds out when it is back, and mends then
			return;
		}
		if ( $answer->ok() ) {
			self::mend();
		}
		Outbox::send();
	}

	/** One active webhook a topic: makes what is missing, revives what was switched off, removes doubles. */
	public static function mend(): void {
		$connection = Settings::connection();
		if ( null === $connection || ! Settings::is_live() ) {
			return;
		}
		$by_topic = array();
		foreach ( self::ours() as $webhook ) {
			$topic = $webhook->get_topic();
			if ( isset( $by_topic[ $topic ] ) ) {
				$webhook->delete( true );
				continue;
			}
			$by_topic[ $topic ] = $webhook;
			if ( 'active' !== $webhook->get_status() || $connection['secrets']['webhook'] !== $webhook->get_secret() ) {
				$webhook->set_failure_count( 0 );
				$webhook->set_status( 'active' );
				$webhook->set_secret( (string) $connection['secrets']['webhook'] );
				$webhook->save();
			}
		}
		foreach ( array_diff( (array) $connection['topics'], array_keys( $by_topic ) ) as $topic ) {
			self::make( $topic, $connection );
		}
	}

	/**
	 * How many of our topics have an active webhook, and how many there should be.
	 *
	 * @return array{0: int, 1: int}
	 */
	public static function count(): array {
		$topics = array();
		foreach ( self::ours() as $webhook ) {
			if ( 'active' === $webhook->get_status() ) {
				$topics[ $webhook->get_topic() ] = true;
			}
		}
		return array( count( $topics ), count( (array) ( Settings::connection()['topics'] ?? array() ) ) );
	}

	/** Takes all of ours away, also those that point to where the service was once. */
	public static function remove(): void {
		foreach ( self::named() as $webhook ) {
			$webhook->delete( true );
		}
	}

	/**
	 * WooCommerce has just tried to deliver: what failed is told by the outbox.
	 *
	 * @param mixed $http     Unused.
	 * @param mixed $response As of wp_remote_request().
	 * @param mixed $duration Unused.
	 * @param mixed $arg      What it was about.
	 * @param mixed $id       The webhook's.
	 */
	public static function delivered( $http, $response, $duration, $arg, $id ): void {
		unset( $http, $duration );
		$code = is_wp_error( $response ) ? 0 : (int) wp_remote_retrieve_response_code( $response );
		if ( ( $code >= 200 && $code < 300 ) || ! Settings::is_live() ) {
			return;
		}
		$webhook = wc_get_webhook( (int) $id );
		if ( $webhook && self::is_ours( $webhook ) ) {
			Outbox::tell( $webhook->get_topic(), $arg, (int) $id );
		}
	}

	/**
	 * A copy of the site has the shop's webhooks, and must not use them.
	 *
	 * @param mixed $may     What WooCommerce has decided.
	 * @param mixed $webhook The one that would deliver.
	 */
	public static function may_deliver( $may, $webhook ) {
		return $may && ! ( Settings::is_copy() && $webhook instanceof \WC_Webhook && self::is_ours( $webhook ) );
	}

	private static function is_ours( \WC_Webhook $webhook ): bool {
		return (string) ( Settings::connection()['webhook'] ?? '' ) === $webhook->get_delivery_url();
	}

	private static function make( string $topic, array $connection ): void {
		$webhook = new \WC_Webhook();
		$webhook->set_name( self::NAME . ' ' . $topic );
		$webhook->set_user_id( (int) $connection['user'] );
		$webhook->set_topic( $topic );
		$webhook->set_secret( (string) $connection['secrets']['webhook'] );
		$webhook->set_delivery_url( (string) $connection['webhook'] );
		$webhook->set_status( 'active' );
		$webhook->save();
	}

	/**
	 * Those that deliver to where we are connected, oldest first.
	 *
	 * @return array<int, \WC_Webhook>
	 */
	private static function ours(): array {
		return array_filter( self::named(), array( self::class, 'is_ours' ) );
	}

	/**
	 * Those that we or the service named.
	 *
	 * @return array<int, \WC_Webhook>
	 */
	private static function named(): array {
		$wanted = array(
			'search' => self::NAME,
			'limit'  => 200,
			'order'  => 'ASC',
		);
		$found  = array_map( 'wc_get_webhook', (array) \WC_Data_Store::load( 'webhook' )->search_webhooks( $wanted ) );
		return array_filter(
			$found,
			static function ( $webhook ) {
				return $webhook instanceof \WC_Webhook && 0 === strpos( $webhook->get_name(), self::NAME . ' ' );
			}
		);
	}
}
