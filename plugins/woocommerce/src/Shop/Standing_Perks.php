<?php
/**
 * What a member's standing takes off by itself: a percentage of the goods, and delivery for nothing. The service writes it
 * beside the customer beforehand; here it is read and put into the cart. Nobody is asked while a cart is computed.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Shop;

use Tallymark\Woo\Feature;

defined( 'ABSPATH' ) || exit;

final class Standing_Perks implements Feature {
	const META = 'tallymark_perks';
	/** A coupon that exists only while a cart is computed; the percentage follows. */
	const CODE = 'tallymark-member-';
	/** In a package of the cart: it is sent for nothing. WooCommerce computes rates anew when it changes. */
	const FREE = 'tallymark_free';

	/**
	 * What the carts of this request were given, by code. A code that is typed by hand is worth nothing else.
	 *
	 * @var array<string, array<string, mixed>>
	 */
	private static $coupons = array();

	public static function hook(): void {
		add_filter( 'woocommerce_get_shop_coupon_data', array( self::class, 'coupon' ), 10, 2 );
		// late, when other plugins have said what things cost
		add_action( 'woocommerce_cart_loaded_from_session', array( self::class, 'settle' ), 1000 );
		add_action( 'woocommerce_before_calculate_totals', array( self::class, 'settle' ), 1000 );
		add_filter( 'woocommerce_cart_totals_coupon_label', array( self::class, 'label_of' ), 10, 2 );
		add_filter( 'woocommerce_cart_totals_coupon_html', array( self::class, 'without_link' ), 10, 3 );
		add_filter( 'woocommerce_cart_shipping_packages', array( self::class, 'mark_packages' ) );
		add_filter( 'woocommerce_package_rates', array( self::class, 'send_free' ), 1000, 2 );
	}

	public static function is_code( string $code ): bool {
		return 0 === stripos( $code, self::CODE );
	}

	public static function label(): string {
		return __( 'Member discount', 'tallymark' );
	}

	public static function label_of( $label, $coupon ) {
		return $coupon instanceof \WC_Coupon && self::is_code( $coupon->get_code() ) ? self::label() : $label;
	}

	/** It would come back at once, so there is no link to remove it. */
	public static function without_link( $html, $coupon, $amount = '' ) {
		return $coupon instanceof \WC_Coupon && self::is_code( $coupon->get_code() ) ? $amount : $html;
	}

	public static function coupon( $data, $code ) {
		return is_string( $code ) && isset( self::$coupons[ strtolower( $code ) ] ) ? self::$coupons[ strtolower( $code ) ] : $data;
	}

	/** Puts in what the standing gives this cart as it is, and takes out what it gave before; nobody is told, nothing was done. */
	public static function settle( $cart ): void {
		if ( ! $cart instanceof \WC_Cart ) {
			return;
		}
		$there  = $cart->get_applied_coupons();
		$others = array();
		foreach ( $there as $code ) {
			if ( ! self::is_code( (string) $code ) ) {
				$others[] = $code;
			}
		}
		$given         = self::goes_with( $others ) ? self::coupons_for( $cart ) : array();
		self::$coupons = array_merge( self::$coupons, $given );
		$wanted        = array_merge( array_map( 'strval', array_keys( $given ) ), $others );
		if ( $wanted !== $there ) {
			$cart->set_applied_coupons( $wanted );
		}
	}

	/** Marks what is sent for nothing. */
	public static function mark_packages( $packages ) {
		if ( ! is_array( $packages ) || ! self::sends_free() ) {
			return $packages;
		}
		foreach ( $packages as $key => $package ) {
			$packages[ $key ][ self::FREE ] = true;
		}
		return $packages;
	}

	/** The cheapest way to have it sent costs nothing, unless one does already. What it would have cost is noted with it. */
	public static function send_free( $rates, $package ) {
		if ( empty( $package[ self::FREE ] ) || ! is_array( $rates ) ) {
			return $rates;
		}
		$cheapest = null;
		foreach ( $rates as $rate ) {
			if ( ! $rate instanceof \WC_Shipping_Rate || in_array( $rate->get_method_id(), Waived_Shipping::FETCHED, true ) ) {
				continue;
			}
			if ( (float) $rate->get_cost() <= 0 ) {
				return $rates;
			}
			if ( null === $cheapest || (float) $rate->get_cost() < (float) $cheapest->get_cost() ) {
				$cheapest = $rate;
			}
		}
		if ( null !== $cheapest ) {
			$cheapest->add_meta_data( Waived_Shipping::META, Waived_Shipping::cost_of( $cheapest ) );
			$cheapest->set_cost( 0 );
			$cheapest->set_taxes( array() );
		}
		return $rates;
	}

	/** A coupon that the owner lets go with no other goes with none of ours either. */
	private static function goes_with( array $codes ): bool {
		foreach ( $codes as $code ) {
			$coupon = new \WC_Coupon( $code );
			if ( $coupon->get_individual_use() ) {
				return false;
			}
		}
		return true;
	}

	/**
	 * For each line the best percentage that holds, never two; lines of one percentage share a coupon.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	private static function coupons_for( \WC_Cart $cart ): array {
		$percents = wp_list_filter( self::holding( $cart ), array( 'kind' => 'percent' ) );
		$products = array();
		foreach ( array() === $percents ? array() : $cart->get_cart() as $item ) {
			if ( ! isset( $item['data'] ) || ! $item['data'] instanceof \WC_Product ) {
				continue;
			}
			$id   = self::id_of( $item['data'] );
			$best = 0;
			foreach ( $percents as $perk ) {
				if ( (int) $perk['hundredths'] > $best && self::fits( $perk, $id ) ) {
					$best = min( 10000, (int) $perk['hundredths'] );
				}
			}
			if ( $best > 0 ) {
				$products[ $best ][ $id ] = $id;
			}
		}
		$coupons = array();
		foreach ( $products as $hundredths => $ids ) {
			$percent = (string) ( $hundredths / 100 );

			$coupons[ self::CODE . $percent ] = array(
				'discount_type' => 'percent',
				'amount'        => $percent,
				'product_ids'   => array_values( $ids ),
			);
		}
		return $coupons;
	}

	private static function sends_free(): bool {
		return WC()->cart && array() !== wp_list_filter( self::holding( WC()->cart ), array( 'kind' => 'free-shipping' ) );
	}

	/**
	 * What stands beside this customer and holds for this cart. A least amount is in the program's currency: in another it does not hold.
	 *
	 * @return array<int, array<string, mixed>>
	 */
	private static function holding( \WC_Cart $cart ): array {
		$user = get_current_user_id();
		$told = $user > 0 ? json_decode( (string) get_user_meta( $user, self::META, true ), true ) : null;
		if ( ! is_array( $told ) || ! isset( $told['until'], $told['currency'], $told['exponent'], $told['discounts'] ) || (int) $told['until'] < time() ) {
			return array();
		}
		$goods   = self::goods( $cart ) * ( 10 ** (int) $told['exponent'] );
		$holding = array();
		foreach ( (array) $told['discounts'] as $perk ) {
			$least = (int) ( $perk['least'] ?? 0 );
			if ( 0 === $least || ( get_woocommerce_currency() === $told['currency'] && $goods >= $least - 0.001 ) ) {
				$holding[] = (array) $perk;
			}
		}
		return $holding;
	}

	/** What the goods cost at the shop's prices, before any discount. */
	private static function goods( \WC_Cart $cart ): float {
		$goods = 0.0;
		foreach ( $cart->get_cart() as $item ) {
			if ( isset( $item['data'] ) && $item['data'] instanceof \WC_Product ) {
				$goods += (float) $item['data']->get_price() * (float) $item['quantity'];
			}
		}
		return $goods;
	}

	/** All that a perk asks of a product holds. */
	private static function fits( array $perk, int $id ): bool {
		$asks = (array) ( $perk['asks'] ?? array() );
		if ( isset( $perk['products'] ) ) {
			$asks['products'] = $perk['products'];
		}
		foreach ( $asks as $word => $names ) {
			$not   = 0 === strpos( (string) $word, 'not' );
			$about = strtolower( $not ? substr( (string) $word, 3 ) : (string) $word );
			$found = array() !== array_intersect( self::told_of( $id, $about ), array_map( 'strval', (array) $names ) );
			if ( $found === $not ) {
				return false;
			}
		}
		return true;
	}

	/**
	 * The product's id, or the slugs of its categories or tags, as the service knows them.
	 *
	 * @return string[]
	 */
	private static function told_of( int $id, string $about ): array {
		if ( 'products' === $about ) {
			return array( (string) $id );
		}
		$terms = get_the_terms( $id, 'tags' === $about ? 'product_tag' : 'product_cat' );
		return is_array( $terms ) ? wp_list_pluck( $terms, 'slug' ) : array();
	}

	/** A variation is its product. */
	private static function id_of( \WC_Product $product ): int {
		return (int) ( $product->get_parent_id() ? $product->get_parent_id() : $product->get_id() );
	}
}
