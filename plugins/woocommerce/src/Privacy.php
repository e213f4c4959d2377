<?php
/**
 * What WordPress asks when a person wants their data, or wants them gone; and a text for the shop's privacy policy.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

final class Privacy implements Feature {
	const ID   = 'tallymark';
	const PAGE = 100;
	/** The balance that the service keeps in sight of the shop's own staff. */
	const BALANCE = 'tallymark_balance';

	public static function hook(): void {
		add_filter( 'wp_privacy_personal_data_exporters', array( self::class, 'exporters' ) );
		add_filter( 'wp_privacy_personal_data_erasers', array( self::class, 'erasers' ) );
		add_action( 'admin_init', array( self::class, 'suggest_policy' ) );
	}

	public static function exporters( $exporters ) {
		$exporters[ self::ID ] = array(
			'exporter_friendly_name' => __( 'Points and rewards (Tallymark)', 'tallymark' ),
			'callback'               => array( self::class, 'export' ),
		);
		return $exporters;
	}

	public static function erasers( $erasers ) {
		$erasers[ self::ID ] = array(
			'eraser_friendly_name' => __( 'Points and rewards (Tallymark)', 'tallymark' ),
			'callback'             => array( self::class, 'erase' ),
		);
		return $erasers;
	}

	/**
	 * What the service has of the person of this address: membership and balances, then every line of their history.
	 *
	 * @param string $email The person's.
	 * @param int    $page  Of their history; the first page has their membership too.
	 */
	public static function export( $email, $page = 1 ): array {
		$user = get_user_by( 'email', (string) $email );
		if ( ! $user || ! Settings::is_live() ) {
			return self::exported( array() );
		}
		$kept  = self::KEY_OF_PAGE . $user->ID;
		$after = (int) $page > 1 ? (string) get_transient( $kept ) : '';
		$asked = Service::STOREFRONT . 'history?limit=' . self::PAGE . ( '' === $after ? '' : '&after=' . rawurlencode( $after ) );
		$lines = Service::ask( 'GET', $asked, null, Service::BACKGROUND, array( 'customer' => $user->ID ) );
		$items = array_map( array( Export::class, 'line' ), (array) ( $lines->body['lines'] ?? array() ) );
		if ( (int) $page <= 1 ) {
			$member = Service::ask( 'GET', Service::STOREFRONT . 'member', null, Service::BACKGROUND, array( 'customer' => $user->ID ) );
			array_unshift( $items, Export::member( $member, $lines ) );
		}
		$next = (string) ( $lines->body['next'] ?? '' );
		set_transient( $kept, $next, HOUR_IN_SECONDS );
		return self::exported( $items, '' === $next );
	}

	const KEY_OF_PAGE = 'tallymark_export_';

	private static function exported( array $items, bool $done = true ): array {
		return array(
			'data' => array_values( array_filter( $items ) ),
			'done' => $done,
		);
	}

	/**
	 * Has the service erase the person and whatever leads back to them from their orders. The message waits in the outbox if
	 * the service is away, so nothing more is to be done.
	 *
	 * @param string $email The person's.
	 * @param int    $page  Of their orders.
	 */
	public static function erase( $email, $page = 1 ): array {
		$user = get_user_by( 'email', (string) $email );
		$done = array(
			'items_removed'  => false,
			'items_retained' => false,
			'messages'       => array(),
			'done'           => true,
		);
		if ( ! Settings::is_live() ) {
			if ( Settings::is_copy() ) {
				$done['messages'][] = __( 'Tallymark: this is a copy of the shop. Erase the person at the shop itself.', 'tallymark' );
			}
			return $done;
		}
		$orders = self::orders_of( (string) $email, $user ? (int) $user->ID : 0, (int) $page );
		if ( $user || array() !== $orders ) {
			$person = array(
				'customer' => $user ? (string) $user->ID : '0',
				'orders'   => $orders,
			);
			Outbox::tell( Outbox::PERSON_ERASED, $person );
			$done['items_removed'] = true;
			$done['messages'][]    = __( 'Tallymark was told to erase this person. Points stay in its books without anything that leads back to them.', 'tallymark' );
		}
		if ( $user ) {
			delete_user_meta( $user->ID, self::BALANCE );
			delete_user_meta( $user->ID, Shop\Standing_Perks::META );
		}
		$done['done'] = count( $orders ) < self::PAGE;
		return $done;
	}

	/**
	 * Ids of orders with this address or of this account.
	 *
	 * @return array<int, string>
	 */
	private static function orders_of( string $email, int $user, int $page ): array {
		$wanted = array(
			'customer' => $user > 0 ? array( $email, $user ) : array( $email ),
			'type'     => 'shop_order',
			'status'   => 'any',
			'limit'    => self::PAGE,
			'page'     => max( 1, $page ),
			'orderby'  => 'ID',
			'order'    => 'ASC',
			'return'   => 'ids',
		);
		return array_map( 'strval', (array) wc_get_orders( $wanted ) );
	}

	public static function suggest_policy(): void {
		if ( ! function_exists( 'wp_add_privacy_policy_content' ) || ! Settings::is_live() ) {
			return;
		}
		$text = __( 'Our rewards program is run by Tallymark. So that you can earn and use points, we send it your customer number, your e-mail address, your name, what you order, return and review, and when. Erase your account, and it forgets who you are.', 'tallymark' );
		wp_add_privacy_policy_content( 'Tallymark', '<p>' . esc_html( $text ) . '</p>' );
	}
}
