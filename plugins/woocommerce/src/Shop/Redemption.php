<?php
/**
 * Points as money off this cart. The service holds them and makes the coupon, bound to the customer; here it is put into
 * the cart, taken out, and fitted to a cart that became smaller.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Shop;

use Tallymark\Woo\Feature;
use Tallymark\Woo\Service;

defined( 'ABSPATH' ) || exit;

final class Redemption implements Feature {
	const KEY    = 'tallymark_redemption';
	const LET_GO = 'tallymark_let_go';
	const TRIES  = 6;
	/** How the service writes its codes. */
	const CODE = '/^tm-[0-9a-hjkmnp-tv-z]{18}$/i';

	/**
	 * Whether it is we who take the coupon out, and the points are seen to.
	 *
	 * @var bool
	 */
	private static $ours = false;

	public static function hook(): void {
		add_action( 'woocommerce_removed_coupon', array( self::class, 'coupon_removed' ) );
		add_filter( 'woocommerce_cart_totals_coupon_label', array( self::class, 'label_of' ), 10, 2 );
		add_action( self::LET_GO, array( self::class, 'let_go' ), 10, 3 );
		add_action( 'woocommerce_cart_emptied', array( self::class, 'forget' ) );
	}

	/** The code that is in the cart, or null. */
	public static function code(): ?string {
		$kept = self::kept();
		return null !== $kept && WC()->cart && WC()->cart->has_discount( $kept['code'] ) ? $kept['code'] : null;
	}

	/** What the discount is called in the cart: its code says nothing to anybody. */
	public static function label(): string {
		$name = Words::name();
		/* translators: %s: the name of the program, such as Bean Club */
		return '' === $name ? __( 'Paid with points', 'tallymark' ) : sprintf( __( '%s: paid with points', 'tallymark' ), $name );
	}

	public static function label_of( $label, $coupon ) {
		return $coupon instanceof \WC_Coupon && self::is_code( $coupon->get_code() ) ? self::label() : $label;
	}

	/** Whether a coupon is one of ours, also one that was typed by hand. */
	public static function is_code( string $code ): bool {
		return 1 === preg_match( self::CODE, $code );
	}

	/**
	 * What a page has to know: the redemption in the cart, and whether the cart became smaller since (a cent is rounding).
	 *
	 * @return array{code: string|null, redemption: string|null, smaller: bool}
	 */
	public static function state(): array {
		$kept = null === self::code() ? null : self::kept();
		return array(
			'code'       => $kept['code'] ?? null,
			'redemption' => $kept['redemption'] ?? null,
			'smaller'    => null !== $kept && Cart_Facts::goods( WC()->cart ) < $kept['goods'] - 1,
		);
	}

	/**
	 * Puts the code into the cart; WooCommerce itself decides whether it may be used. Gives the reason why not, '' = it is in.
	 *
	 * @param string $code       As the service gave it.
	 * @param string $redemption The service's id of it.
	 */
	public static function apply( string $code, string $redemption ): string {
		if ( WC()->cart->is_empty() || WC()->cart->has_discount( $code ) ) {
			return '';
		}
		$before = wc_get_notices();
		wc_clear_notices();
		$applied = WC()->cart->apply_coupon( $code );
		$said    = wc_get_notices( 'error' );
		wc_set_notices( $before );
		if ( ! $applied ) {
			self::release( $redemption );
			$why = isset( $said[0]['notice'] ) ? wp_strip_all_tags( $said[0]['notice'] ) : '';
			return '' === $why ? __( 'Your points cannot be used in this cart. None were used.', 'tallymark' ) : $why;
		}
		$kept = array(
			'code'       => wc_format_coupon_code( $code ),
			'redemption' => $redemption,
		);
		WC()->session->set( self::KEY, $kept + array( 'goods' => 0 ) );
		WC()->cart->calculate_totals();
		WC()->session->set( self::KEY, $kept + array( 'goods' => Cart_Facts::goods( WC()->cart ) ) );
		return '';
	}

	/** Takes the code out of the cart; that the points go back was asked of the service already. */
	public static function remove(): void {
		$code = self::code();
		if ( null !== $code ) {
			self::$ours = true;
			WC()->cart->remove_coupon( $code );
			self::$ours = false;
			WC()->cart->calculate_totals();
		}
		self::forget();
	}

	/**
	 * The cart became smaller: what was taken off may be more than the rules allow now. The points are given back and as many
	 * as may be used are taken anew, in the time of one action together. When the service is away all stays as it is. Gives what
	 * the shopper must know, '' = nothing.
	 */
	public static function fit(): string {
		$kept = null === self::code() ? null : self::kept();
		if ( null === $kept ) {
			return '';
		}
		$until = microtime( true ) + Service::ACTION;
		$freed = Service::ask( 'DELETE', self::path( $kept['redemption'] ), null, Service::ACTION );
		if ( ! $freed->ok() ) {
			return '';
		}
		self::remove();
		$old   = $freed->body;
		$anew  = self::redeem_again( (string) $old['reward'], (string) $old['points'], $until );
		$now   = null !== $anew && '' === self::apply( (string) $anew['code'], (string) $anew['id'] ) ? $anew : null;
		$words = null === $now
			/* translators: %s: money, such as €5.00 */
			? __( 'Your cart has changed: the %s off that your points gave no longer fits. Your points are back in your balance.', 'tallymark' )
			/* translators: 1: money off before, 2: money off now */
			: __( 'Your cart has changed, so your points now take off %2$s instead of %1$s. The rest is back in your balance.', 'tallymark' );
		$same = null !== $now && $now['off']['minor'] === $old['off']['minor'];
		return $same ? '' : sprintf( $words, self::money( $old['off'] ), self::money( $now['off'] ?? $old['off'] ) );
	}

	/** The shopper, or WooCommerce, took the coupon out by its own means. */
	public static function coupon_removed( $code ): void {
		$kept = self::kept();
		if ( self::$ours || null === $kept || wc_strtolower( $kept['code'] ) !== wc_strtolower( (string) $code ) ) {
			return;
		}
		self::forget();
		self::release( $kept['redemption'] );
	}

	public static function forget(): void {
		if ( WC()->session ) {
			WC()->session->set( self::KEY, null );
		}
	}

	/** Gives the points back; at once when the service answers in the time of an action, else later. */
	private static function release( string $redemption ): void {
		$customer = get_current_user_id();
		$answer   = Service::ask( 'DELETE', self::path( $redemption ), null, Service::ACTION );
		if ( $answer->is_unavailable() ) {
			self::later( $customer, $redemption, 1 );
		}
	}

	/** The job behind it: tried for some hours; by then the service's own time of holding is over. */
	public static function let_go( int $customer, string $redemption, int $try ): void {
		$answer = Service::ask( 'DELETE', self::path( $redemption ), null, Service::BACKGROUND, array( 'customer' => $customer ) );
		if ( $answer->is_unavailable() && $try < self::TRIES ) {
			self::later( $customer, $redemption, $try + 1 );
		}
	}

	private static function later( int $customer, string $redemption, int $try ): void {
		as_schedule_single_action( time() + 30 * ( 2 ** $try ), self::LET_GO, array( $customer, $redemption, $try ), 'tallymark' );
	}

	/**
	 * Redeems what may be redeemed of the same reward in the cart as it is now; null when nothing can be, or no code came in time.
	 *
	 * @return array<string, mixed>|null
	 */
	private static function redeem_again( string $reward, string $points, float $until ): ?array {
		$cart  = Cart_Facts::of_cart( WC()->cart );
		$look  = Service::ask( 'POST', Service::STOREFRONT . 'preview', array( 'cart' => $cart ), $until - microtime( true ) );
		$found = array_values( wp_list_filter( (array) ( $look->body['redeem'] ?? array() ), array( 'reward' => $reward ) ) )[0] ?? null;
		if ( ! $look->ok() || null === $found || '0' === $found['points'] ) {
			return null;
		}
		$wish = array(
			'reward' => $reward,
			'cart'   => $cart,
		);
		if ( null !== $found['step'] ) {
			$wish['points'] = (string) min( (int) $points, (int) $found['points'] );
		}
		$made = Service::ask( 'POST', Service::STOREFRONT . 'redeem', $wish, $until - microtime( true ), array( 'key' => wp_generate_uuid4() ) );
		if ( $made->ok() && null !== $made->body['code'] ) {
			return $made->body;
		}
		if ( $made->ok() ) {
			self::release( (string) $made->body['id'] );
		}
		return null;
	}

	/**
	 * What is known of the redemption in this session.
	 *
	 * @return array{code: string, redemption: string, goods: int}|null
	 */
	private static function kept(): ?array {
		$kept = WC()->session ? WC()->session->get( self::KEY ) : null;
		return is_array( $kept ) && isset( $kept['code'], $kept['redemption'], $kept['goods'] ) ? $kept : null;
	}

	private static function path( string $redemption ): string {
		return Service::STOREFRONT . 'redemptions/' . rawurlencode( $redemption );
	}

	/**
	 * Money of the API as the shop writes it, as plain text.
	 *
	 * @param array{minor: int, currency: string, exponent: int} $money Of the service's API.
	 */
	private static function money( array $money ): string {
		$amount = $money['minor'] / ( 10 ** $money['exponent'] );
		return html_entity_decode( wp_strip_all_tags( wc_price( $amount, array( 'currency' => $money['currency'] ) ) ), ENT_QUOTES, 'UTF-8' );
	}
}
