<?php
/**
 * WooCommerce > Tallymark: how the connection stands, and what can be done about it.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Admin;

use Tallymark\Woo\Feature;
use Tallymark\Woo\Outbox;
use Tallymark\Woo\Service;
use Tallymark\Woo\Settings;
use Tallymark\Woo\Shop\Launcher;
use Tallymark\Woo\Webhooks;

defined( 'ABSPATH' ) || exit;

final class Page implements Feature {
	const SLUG = 'tallymark';
	/** Whoever manages the shop. */
	const RIGHT = 'manage_woocommerce';

	public static function hook(): void {
		add_action( 'admin_menu', array( self::class, 'add' ), 60 );
		add_filter( 'plugin_action_links_' . plugin_basename( TALLYMARK_FILE ), array( self::class, 'link' ) );
	}

	public static function add(): void {
		add_submenu_page( 'woocommerce', 'Tallymark', 'Tallymark', self::RIGHT, self::SLUG, array( self::class, 'show' ) );
	}

	public static function link( $links ) {
		$own = '<a href="' . esc_url( self::url() ) . '">' . esc_html( Settings::is_live() ? __( 'Status', 'tallymark' ) : __( 'Connect', 'tallymark' ) ) . '</a>';
		return array_merge( array( $own ), (array) $links );
	}

	public static function url(): string {
		return admin_url( 'admin.php?page=' . self::SLUG );
	}

	public static function show(): void {
		if ( ! current_user_can( self::RIGHT ) ) {
			return;
		}
		echo '<div class="wrap"><h1>' . esc_html( get_admin_page_title() ) . '</h1>';
		Said::show();
		if ( Settings::is_live() ) {
			self::show_state();
		} elseif ( Settings::is_copy() ) {
			self::show_copy();
		} else {
			self::show_connect();
		}
		echo '</div>';
	}

	private static function show_connect(): void {
		echo '<p>' . esc_html__( 'Give your customers points for what they buy and review, and let them use these at the checkout. Connecting takes a moment and can be undone here.', 'tallymark' ) . '</p>';
		self::show_what_is_sent();
		self::begin_form( Actions::CONNECT );
		if ( '' === Settings::service_url() ) {
			echo '<p><label for="tallymark-service">' . esc_html__( 'Address of your Tallymark service', 'tallymark' ) . '</label><br>';
			echo '<input type="url" required class="regular-text" id="tallymark-service" name="service" placeholder="https://"></p>';
		}
		echo '<p><label><input type="checkbox" name="history" value="award"> ' . esc_html__( 'Orders of the last 60 days earn points too, for whoever joins.', 'tallymark' ) . '</label></p>';
		submit_button( __( 'Agree and connect', 'tallymark' ) );
		echo '</form>';
	}

	private static function show_what_is_sent(): void {
		echo '<p>' . esc_html__( 'When you connect:', 'tallymark' ) . '</p><ul class="ul-disc">';
		$sentences = array(
			__( 'the service is given a REST key of this shop, with which it reads orders, customers, products and reviews and makes coupons;', 'tallymark' ),
			__( 'the shop tells it when one of these changes;', 'tallymark' ),
			__( 'on pages with points, the visitor’s browser asks it for their balance;', 'tallymark' ),
			__( 'it is told your name and e-mail: the first who connects owns the program, and decides there what earns points.', 'tallymark' ),
		);
		foreach ( $sentences as $sentence ) {
			echo '<li>' . esc_html( $sentence ) . '</li>';
		}
		echo '</ul>';
	}

	private static function show_copy(): void {
		/* translators: %s: address of a site, such as https://shop.example.com */
		$sentence = sprintf( __( 'This site looks like a copy of %s, which is connected. So that it changes nothing there, it shows and sends nothing.', 'tallymark' ), Settings::connected_address() );
		echo '<div class="notice notice-info inline"><p>' . esc_html( $sentence ) . '</p></div>';
		echo '<h2>' . esc_html__( 'A copy, to try things out', 'tallymark' ) . '</h2><p>' . esc_html__( 'Nothing needs to be done. To use points here, make it a site of its own: it can then be connected with a program of its own.', 'tallymark' ) . '</p>';
		self::begin_form( Actions::PART );
		submit_button( __( 'Make it a site of its own', 'tallymark' ), 'secondary' );
		echo '</form><h2>' . esc_html__( 'The shop itself, at a new address', 'tallymark' ) . '</h2><p>' . esc_html__( 'Members and points come along; the old address is disconnected.', 'tallymark' ) . '</p>';
		self::begin_form( Actions::MOVE );
		submit_button( __( 'The shop has moved here', 'tallymark' ), 'secondary' );
		echo '</form>';
	}

	private static function show_state(): void {
		$connection = Settings::connection() ?? array();
		$answer     = Service::ask( 'GET', Service::STOREFRONT . 'program', null, Service::ACTION, array( 'customer' => 0 ) );
		$name       = (string) ( $answer->body['program']['name'] ?? $answer->body['name'] ?? $connection['name'] ?? '' );
		$refused    = ! $answer->ok() && ! $answer->is_unavailable();

		list( $active, $wanted ) = Webhooks::count();

		list( $many, $oldest, $trouble ) = Outbox::waiting();

		self::show_way_in();
		echo '<table class="widefat striped" style="max-width:48em"><tbody>';
		self::row( __( 'Program', 'tallymark' ), $name );
		self::row( __( 'Connected since', 'tallymark' ), wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), (int) ( $connection['since'] ?? 0 ) ) );
		self::row( __( 'Service', 'tallymark' ), self::of_service( $answer->ok(), $refused ) );
		/* translators: 1: how many are active, 2: how many there should be */
		self::row( __( 'Webhooks', 'tallymark' ), sprintf( __( '%1$d of %2$d active', 'tallymark' ), $active, $wanted ) );
		self::row( __( 'Waiting to be sent', 'tallymark' ), self::of_waiting( $many, $oldest, $trouble ) );
		$lost = (int) get_option( Outbox::LOST, 0 );
		if ( $lost > 0 ) {
			/* translators: %d: how many messages */
			self::row( __( 'Given up after two weeks', 'tallymark' ), sprintf( __( '%d; the service compares all orders by itself', 'tallymark' ), $lost ) );
		}
		echo '</tbody></table>';
		if ( $refused ) {
			self::begin_form( Actions::CONNECT );
			submit_button( __( 'Connect again', 'tallymark' ) );
			echo '</form>';
		}
		self::show_launcher();
		self::begin_form( Actions::CHECK );
		submit_button( __( 'Check and repair now', 'tallymark' ), 'secondary' );
		echo '</form>';
		self::begin_form( Actions::DISCONNECT );
		echo '<p>' . esc_html__( 'Disconnecting takes points off your pages at once. Members keep them: connect again, and they are back.', 'tallymark' ) . '</p>';
		submit_button( __( 'Disconnect', 'tallymark' ), 'delete' );
		echo '</form>';
	}

	/** To the desk, in a tab of its own. */
	private static function show_way_in(): void {
		echo '<p>' . esc_html__( 'What earns points, rewards, members and figures are at the desk.', 'tallymark' ) . '</p>';
		self::begin_form( Desk::OPEN, '_blank' );
		submit_button( __( 'Open Tallymark', 'tallymark' ), 'primary', 'submit', false );
		echo '</form><br>';
	}

	private static function show_launcher(): void {
		$corners = array(
			''      => __( 'None', 'tallymark' ),
			'start' => is_rtl() ? __( 'Bottom right', 'tallymark' ) : __( 'Bottom left', 'tallymark' ),
			'end'   => is_rtl() ? __( 'Bottom left', 'tallymark' ) : __( 'Bottom right', 'tallymark' ),
		);
		echo '<h2>' . esc_html__( 'A button for points in the corner of every page', 'tallymark' ) . '</h2>';
		self::begin_form( Actions::LAUNCHER );
		foreach ( $corners as $corner => $label ) {
			echo '<label><input type="radio" name="corner" value="' . esc_attr( $corner ) . '"';
			checked( $corner, Launcher::corner() );
			echo '> ' . esc_html( $label ) . '</label><br>';
		}
		echo '<p class="description">' . esc_html__( 'Without it, points stand where they are needed: at the product, in the cart, at the checkout, in the account. With it, every page loads 20 kB more, after all else.', 'tallymark' ) . '</p>';
		submit_button( __( 'Save', 'tallymark' ), 'secondary' );
		echo '</form>';
	}

	private static function of_service( bool $there, bool $refused ): string {
		if ( $there ) {
			return __( 'answers', 'tallymark' );
		}
		return $refused
			? __( 'does not know this shop any more: connect again', 'tallymark' )
			: __( 'does not answer at present. Shoppers can buy as usual; nothing is lost.', 'tallymark' );
	}

	private static function of_waiting( int $many, int $oldest, string $trouble ): string {
		if ( 0 === $many ) {
			return __( 'nothing', 'tallymark' );
		}
		/* translators: 1: how many messages, 2: a span of time such as "5 mins" */
		$text = sprintf( __( '%1$d, the oldest for %2$s', 'tallymark' ), $many, human_time_diff( $oldest ) );
		return '' === $trouble ? $text : $text . ' (' . $trouble . ')';
	}

	private static function row( string $what, string $value ): void {
		echo '<tr><th scope="row" style="width:14em">' . esc_html( $what ) . '</th><td>' . esc_html( $value ) . '</td></tr>';
	}

	private static function begin_form( string $action, string $tab = '_self' ): void {
		echo '<form method="post" target="' . esc_attr( $tab ) . '" action="' . esc_url( admin_url( 'admin-post.php' ) ) . '"><input type="hidden" name="action" value="' . esc_attr( $action ) . '">';
		wp_nonce_field( $action );
	}
}
