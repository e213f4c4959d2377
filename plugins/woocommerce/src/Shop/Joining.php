<?php
/**
 * Becoming a member while making an account: a box, never ticked beforehand, on the registration form and in both
 * checkouts. The service is told after the page has been sent.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Shop;

use Tallymark\Woo\Feature;
use Tallymark\Woo\Service;

defined( 'ABSPATH' ) || exit;

final class Joining implements Feature {
	const FIELD = 'tallymark_join';
	const JOB   = 'tallymark_join';
	const TRIES = 8;

	/**
	 * Who joins when this page has been sent: customer, what they agreed to, who sent them, the order that they join with.
	 *
	 * @var array<int, array{0: int, 1: string, 2: string, 3: int}>
	 */
	private static $wanted = array();

	public static function hook(): void {
		add_action( 'woocommerce_register_form', array( self::class, 'show_on_registration' ) );
		add_filter( 'woocommerce_checkout_fields', array( self::class, 'add_to_checkout' ) );
		add_action( 'woocommerce_created_customer', array( self::class, 'account_made' ) );
		add_action( 'woocommerce_checkout_order_created', array( self::class, 'order_made' ) );
		add_action( self::JOB, array( self::class, 'join' ), 10, 5 );
		// after WooCommerce's own, which queues the webhooks
		add_action( 'shutdown', array( self::class, 'join_wanted' ), 100 );
	}

	/** What a new member agrees to. Kept by the service word for word, with the time. */
	public static function consent(): string {
		$name = Words::name();
		if ( '' === $name ) {
			return __( 'Join the rewards program of this shop, it’s free: collect points with your orders and use them as money off. Your orders here are counted for it. You can leave at any time.', 'tallymark' );
		}
		/* translators: %s: the name of the program, such as Bean Club */
		return sprintf( __( 'Join %s, it’s free: collect points with your orders and use them as money off. Your orders here are counted for it. You can leave at any time.', 'tallymark' ), $name );
	}

	public static function show_on_registration(): void {
		printf(
			'<p class="woocommerce-form-row form-row form-row-wide"><label class="woocommerce-form__label woocommerce-form__label-for-checkbox"><input type="checkbox" class="woocommerce-form__input woocommerce-form__input-checkbox" name="%1$s" value="1" /> <span>%2$s</span></label></p>',
			esc_attr( self::FIELD ),
			esc_html( self::consent() )
		);
	}

	/**
	 * Among the fields of a new account: shown and hidden together with them.
	 *
	 * @param array<string, array<string, array<string, mixed>>> $fields Of the classic checkout.
	 * @return array<string, array<string, array<string, mixed>>>
	 */
	public static function add_to_checkout( $fields ) {
		if ( is_array( $fields ) && ! is_user_logged_in() ) {
			$fields['account'][ self::FIELD ] = array(
				'type'     => 'checkbox',
				'label'    => esc_html( self::consent() ),
				'required' => false,
				'class'    => array( 'form-row-wide' ),
				'priority' => 100,
			);
		}
		return $fields;
	}

	/** An account was made by a form of WooCommerce, which has checked its own nonce. */
	public static function account_made( $customer ): void {
		// phpcs:ignore WordPress.Security.NonceVerification.Missing -- see above.
		if ( ! empty( $_POST[ self::FIELD ] ) ) {
			self::want( (int) $customer );
		}
	}

	/** The account was made by the classic checkout, which makes the order after it. */
	public static function order_made( $order ): void {
		$customer = $order instanceof \WC_Order ? $order->get_customer_id() : 0;
		if ( isset( self::$wanted[ $customer ] ) ) {
			self::$wanted[ $customer ][3] = $order->get_id();
		}
	}

	/** This customer joins as soon as the page has been sent, with this order: it was said that it counts. */
	public static function want( int $customer, int $order = 0 ): void {
		if ( $customer > 0 ) {
			self::$wanted[ $customer ] = array( $customer, self::consent(), Referral::code(), $order );
		}
	}

	public static function join_wanted(): void {
		if ( array() === self::$wanted ) {
			return;
		}
		// the browser has its page; where it cannot be sent yet, a job of its own joins in a moment
		$sent = function_exists( 'fastcgi_finish_request' ) && fastcgi_finish_request();
		foreach ( self::$wanted as list( $customer, $consent, $referral, $order ) ) {
			if ( $sent ) {
				self::join( $customer, $consent, $referral, 1, $order );
			} else {
				as_enqueue_async_action( self::JOB, array( $customer, $consent, $referral, 1, $order ), 'tallymark' );
			}
		}
		self::$wanted = array();
	}

	/** Tells the service; whoever is a member stays one, so it may be told again. */
	public static function join( int $customer, string $consent, string $referral, int $try, int $order = 0 ): void {
		$wish = array( 'consentText' => $consent );
		if ( '' !== $referral ) {
			$wish['referral'] = $referral;
		}
		if ( $order > 0 ) {
			$wish['order'] = (string) $order;
		}
		$answer = Service::ask( 'POST', Service::STOREFRONT . 'join', $wish, Service::BACKGROUND, array( 'customer' => $customer ) );
		if ( $answer->is_unavailable() && $try < self::TRIES ) {
			as_schedule_single_action( time() + 30 * ( 2 ** $try ), self::JOB, array( $customer, $consent, $referral, $try + 1, $order ), 'tallymark' );
		}
	}
}
