<?php
/**
 * What an order that is sent for nothing would have cost to send: WooCommerce keeps only what was chosen, so it is noted.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Shop;

use Tallymark\Woo\Feature;

defined( 'ABSPATH' ) || exit;

final class Waived_Shipping implements Feature {
	const META = '_tallymark_shipping_off';
	const FREE = 'free_shipping';
	/** Fetched, not sent. */
	const FETCHED = array( 'local_pickup', 'pickup_location' );

	public static function hook(): void {
		add_action( 'woocommerce_checkout_create_order', array( self::class, 'note' ) );
		add_action( 'woocommerce_store_api_checkout_update_order_meta', array( self::class, 'note' ) );
	}

	/** The order is saved by who calls. A shop that hides its other methods does not tell: then nothing is noted. */
	public static function note( $order ): void {
		if ( ! $order instanceof \WC_Order || ! WC()->shipping() ) {
			return;
		}
		$cost = 0.0;
		foreach ( $order->has_shipping_method( self::FREE ) ? WC()->shipping()->get_packages() : array() as $package ) {
			$cost += self::cheapest( isset( $package['rates'] ) ? (array) $package['rates'] : array() );
		}
		// what a member's standing sends for nothing says so itself
		foreach ( $order->get_shipping_methods() as $item ) {
			$cost += (float) $item->get_meta( self::META );
		}
		if ( $cost > 0 ) {
			$order->update_meta_data( self::META, wc_format_decimal( $cost, wc_get_price_decimals() ) );
		}
	}

	/** What a way to have it sent costs; with tax where the shop's prices contain it. */
	public static function cost_of( \WC_Shipping_Rate $rate ): float {
		return (float) $rate->get_cost() + ( wc_prices_include_tax() ? (float) $rate->get_shipping_tax() : 0.0 );
	}

	/** Of the ways to have it sent that cost something, the cheapest. */
	private static function cheapest( array $rates ): float {
		$costs = array();
		foreach ( $rates as $rate ) {
			if ( ! $rate instanceof \WC_Shipping_Rate || in_array( $rate->get_method_id(), self::FETCHED, true ) ) {
				continue;
			}
			$cost = self::cost_of( $rate );
			if ( $cost > 0 ) {
				$costs[] = $cost;
			}
		}
		return array() === $costs ? 0.0 : (float) min( $costs );
	}
}
