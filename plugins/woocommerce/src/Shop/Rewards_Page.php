<?php
/**
 * "Rewards" in My Account: the widget, and the same in plain HTML for whoever has no scripts.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Shop;

use Tallymark\Woo\Feature;
use Tallymark\Woo\Service;

defined( 'ABSPATH' ) || exit;

final class Rewards_Page implements Feature {
	const ENDPOINT = 'rewards';
	const PLAIN    = 'plain';
	const JOIN     = 'tallymark_join_now';

	public static function hook(): void {
		add_filter( 'woocommerce_get_query_vars', array( self::class, 'add_endpoint' ) );
		add_filter( 'woocommerce_account_menu_items', array( self::class, 'add_to_menu' ) );
		add_filter( 'woocommerce_endpoint_' . self::ENDPOINT . '_title', array( self::class, 'title' ) );
		add_action( 'woocommerce_account_' . self::ENDPOINT . '_endpoint', array( self::class, 'show' ) );
		add_action( 'template_redirect', array( self::class, 'join_now' ) );
		add_action( 'wp_loaded', array( self::class, 'make_address' ) );
	}

	public static function url(): string {
		return wc_get_account_endpoint_url( self::ENDPOINT );
	}

	/** WooCommerce makes the rewrite rule of what stands here. */
	public static function add_endpoint( $vars ) {
		$vars[ self::ENDPOINT ] = self::ENDPOINT;
		return $vars;
	}

	/** The rules of a site that was connected after the plugin was activated know nothing of the page yet. */
	public static function make_address(): void {
		$rules = get_option( 'rewrite_rules' );
		if ( is_array( $rules ) && ! preg_grep( '#/' . self::ENDPOINT . '\(/#', array_keys( $rules ) ) ) {
			flush_rewrite_rules( false );
		}
	}

	/**
	 * Before "log out", which stands last.
	 *
	 * @param array<string, string> $items By endpoint.
	 * @return array<string, string>
	 */
	public static function add_to_menu( $items ) {
		$last = array_slice( $items, -1, 1, true );
		$rest = array_slice( $items, 0, -1, true );
		return $rest + array( self::ENDPOINT => self::title() ) + $last;
	}

	public static function title(): string {
		return __( 'Rewards', 'tallymark' );
	}

	public static function show(): void {
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- chooses how the same is shown.
		if ( isset( $_GET[ self::PLAIN ] ) ) {
			self::show_plain();
			return;
		}
		Widget::show( 'account', array(), 480 );
		printf(
			'<noscript><p><a href="%1$s">%2$s</a></p></noscript>',
			esc_url( add_query_arg( self::PLAIN, '1', self::url() ) ),
			esc_html__( 'Show my points without scripts', 'tallymark' )
		);
	}

	/** Joins by the form of the plain page. */
	public static function join_now(): void {
		if ( ! isset( $_POST[ self::JOIN ], $_POST['tallymark_nonce'] ) || ! is_user_logged_in() ) {
			return;
		}
		if ( wp_verify_nonce( sanitize_key( wp_unslash( $_POST['tallymark_nonce'] ) ), self::JOIN ) ) {
			$answer = Service::ask( 'POST', Service::STOREFRONT . 'join', array( 'consentText' => Joining::consent() ), Service::ACTION );
			if ( ! $answer->ok() ) {
				wc_add_notice( __( 'That didn’t work just now. Try again in a moment.', 'tallymark' ), 'error' );
			}
			wp_safe_redirect( add_query_arg( self::PLAIN, '1', self::url() ) );
			exit;
		}
	}

	private static function show_plain(): void {
		$program = Words::program();
		$member  = Service::ask( 'GET', Service::STOREFRONT . 'member' );
		if ( null === $program || ! $member->ok() ) {
			echo '<p role="status">' . esc_html__( 'We can’t reach your points right now. They’re safe, and you can check out as usual.', 'tallymark' ) . '</p>';
			return;
		}
		echo '<h2>' . esc_html( $program['name'] ) . '</h2>';
		if ( null === $member->body['member'] ) {
			self::show_joining();
		} else {
			self::show_balances( $member->body );
		}
		self::show_list( __( 'Rewards', 'tallymark' ), array_map( array( self::class, 'reward' ), $program['rewards'] ) );
		self::show_list( __( 'How it works', 'tallymark' ), wp_list_pluck( $program['earning'], 'sentence' ) );
	}

	private static function show_joining(): void {
		echo '<form method="post"><p>' . esc_html( Joining::consent() ) . '</p>';
		wp_nonce_field( self::JOIN, 'tallymark_nonce' );
		printf( '<p><button type="submit" class="button wp-element-button" name="%1$s" value="1">%2$s</button></p></form>', esc_attr( self::JOIN ), esc_html__( 'Join', 'tallymark' ) );
	}

	/**
	 * What there is, what comes, what ends.
	 *
	 * @param array<string, mixed> $told The service's answer of the member.
	 */
	private static function show_balances( array $told ): void {
		foreach ( $told['balances'] as $unit => $balance ) {
			$rows = array( array( __( 'Ready to use', 'tallymark' ), Words::amount( $balance['available'], $unit ) ) );
			if ( '0' !== $balance['pending'] ) {
				$rows[] = array( __( 'On the way', 'tallymark' ), Words::amount( $balance['pending'], $unit ) );
			}
			if ( '0' !== $balance['held'] ) {
				$rows[] = array( __( 'Held for a discount', 'tallymark' ), Words::amount( $balance['held'], $unit ) );
			}
			if ( null !== $balance['nextToEnd'] ) {
				$date = wp_date( (string) get_option( 'date_format' ), (int) strtotime( $balance['nextToEnd']['at'] ) );
				/* translators: %s: a date */
				$rows[] = array( sprintf( __( 'Expires on %s', 'tallymark' ), $date ), Words::amount( $balance['nextToEnd']['points'], $unit ) );
			}
			echo '<table class="shop_table">';
			foreach ( $rows as list( $label, $amount ) ) {
				printf( '<tr><th scope="row">%1$s</th><td>%2$s</td></tr>', esc_html( $label ), esc_html( $amount ) );
			}
			echo '</table>';
		}
		if ( ! empty( $told['tier'] ) ) {
			/* translators: %s: the name of a level, such as Gold */
			echo '<p>' . esc_html( sprintf( __( 'Your level: %s', 'tallymark' ), $told['tier'] ) ) . '</p>';
		}
		self::show_list( __( 'Progress', 'tallymark' ), array_map( array( self::class, 'goal' ), $told['goals'] ) );
	}

	/** A reward and its price. */
	private static function reward( array $reward ): string {
		return null === $reward['points'] ? $reward['title'] : $reward['title'] . ': ' . Words::amount( $reward['points'], $reward['unit'] );
	}

	/** How far a goal is. */
	private static function goal( array $goal ): string {
		/* translators: 1: name of a goal, 2: how much of it is done, 3: how much it needs */
		return sprintf( __( '%1$s: %2$s of %3$s', 'tallymark' ), $goal['name'], Words::number( $goal['have'] ), Words::number( $goal['needs'] ) );
	}

	/**
	 * A heading and its sentences; nothing when there are none.
	 *
	 * @param string[] $sentences Not escaped.
	 */
	private static function show_list( string $title, array $sentences ): void {
		if ( array() === $sentences ) {
			return;
		}
		echo '<h3>' . esc_html( $title ) . '</h3><ul>';
		foreach ( $sentences as $sentence ) {
			echo '<li>' . esc_html( $sentence ) . '</li>';
		}
		echo '</ul>';
	}
}
