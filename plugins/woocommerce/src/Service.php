<?php
/**
 * The one way to the service. Never throws, never waits longer than it says.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

final class Service {
	/** Seconds that one question waits while a page is made (WordPress knows nothing shorter than 1). */
	const PAGE = 1.5;
	/** Seconds that all questions together add to one page at most. */
	const PAGE_TOTAL = 2.0;
	/** Seconds that a shopper who pressed a button waits at most. */
	const ACTION = 6.0;
	/** Seconds for what nobody waits for. */
	const BACKGROUND = 20.0;

	const STOREFRONT = '/storefront/v1/';

	/**
	 * Seconds that this page has waited so far.
	 *
	 * @var float
	 */
	private static $waited = 0.0;

	/**
	 * Asks the service for the shopper who is signed in (or `customer`), in the language of the page. What the shop itself has to
	 * say goes through the Outbox.
	 *
	 * @param string                    $method  GET, POST or DELETE.
	 * @param string                    $path    Below STOREFRONT, with its query, such as `/storefront/v1/member`.
	 * @param array<string, mixed>|null $body    Sent as JSON.
	 * @param float                     $timeout PAGE, ACTION or BACKGROUND. PAGE questions share PAGE_TOTAL.
	 * @param array<string, mixed>      $more    `key`: idempotency key; `customer`: a WordPress user id, 0 = a guest.
	 */
	public static function ask( string $method, string $path, ?array $body = null, float $timeout = self::PAGE, array $more = array() ): Answer {
		$on_page = $timeout <= self::PAGE;
		$timeout = $on_page ? min( $timeout, self::PAGE_TOTAL - self::$waited ) : $timeout;
		// WordPress rounds anything below a second up to it
		if ( $timeout < 1.0 || ! Settings::is_live() || ! Breaker::lets_through() ) {
			return new Answer( 0 );
		}
		$text    = null === $body ? '' : (string) wp_json_encode( (object) $body );
		$headers = array( 'Authorization' => 'Bearer ' . Shopper::token( $more['customer'] ?? null ) );
		if ( isset( $more['key'] ) ) {
			$headers['Idempotency-Key'] = (string) $more['key'];
		}
		$began  = microtime( true );
		$answer = self::send( $method, self::localised( $path ), $text, $timeout, $headers );
		if ( $on_page ) {
			self::$waited += microtime( true ) - $began;
		}
		if ( 0 === $answer->status || $answer->status >= 500 ) {
			Breaker::failed();
		} else {
			Breaker::answered();
		}
		return $answer;
	}

	/**
	 * One request to the service at `$base`, without identity, time budget or breaker.
	 *
	 * @param array<string, string> $headers Beside those of JSON.
	 */
	public static function send( string $method, string $path, string $text, float $timeout, array $headers = array(), ?string $base = null ): Answer {
		$arguments = array(
			'method'      => $method,
			'timeout'     => $timeout,
			'redirection' => 0,
			'headers'     => array_merge( array( 'Accept' => 'application/json' ), $headers ),
			'user-agent'  => 'Tallymark/' . TALLYMARK_VERSION . ' WooCommerce/' . WC_VERSION,
		);
		if ( '' !== $text ) {
			$arguments['headers']['Content-Type'] = 'application/json';
			$arguments['body']                    = $text;
		}
		$response = wp_safe_remote_request( ( $base ?? Settings::service_url() ) . $path, $arguments );
		if ( is_wp_error( $response ) ) {
			return new Answer( 0, array( 'error' => array( 'message' => $response->get_error_message() ) ) );
		}
		$read = json_decode( wp_remote_retrieve_body( $response ), true );
		return new Answer(
			(int) wp_remote_retrieve_response_code( $response ),
			is_array( $read ) ? $read : array(),
			(int) wp_remote_retrieve_header( $response, 'retry-after' )
		);
	}

	/** The service speaks en, nl, nb and pl, and answers in English to whoever asks for another language. */
	private static function localised( string $path ): string {
		return $path . ( false === strpos( $path, '?' ) ? '?' : '&' ) . 'lang=' . rawurlencode( determine_locale() );
	}
}
