<?php
/**
 * What is in the cart, as the service's API takes it: whole minor units without tax.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Shop;

defined( 'ABSPATH' ) || exit;

final class Cart_Facts {
	/** Currencies without hundredths (ISO 4217); all others have them. Not the shop's own setting, which may differ. */
	const DECIMALS = array(
		'BIF' => 0,
		'CLP' => 0,
		'DJF' => 0,
		'GNF' => 0,
		'ISK' => 0,
		'JPY' => 0,
		'KMF' => 0,
		'KRW' => 0,
		'PYG' => 0,
		'RWF' => 0,
		'UGX' => 0,
		'UYI' => 0,
		'VND' => 0,
		'VUV' => 0,
		'XAF' => 0,
		'XOF' => 0,
		'XPF' => 0,
		'BHD' => 3,
		'IQD' => 3,
		'JOD' => 3,
		'KWD' => 3,
		'LYD' => 3,
		'OMR' => 3,
		'TND' => 3,
		'CLF' => 4,
		'UYW' => 4,
	);

	/**
	 * The cart as its order would be (T15): the same lines, amounts rounded as the order keeps them, fees among them.
	 *
	 * @return array<string, mixed>
	 */
	public static function of_cart( \WC_Cart $cart ): array {
		$lines = array();
		foreach ( $cart->get_cart() as $key => $item ) {
			if ( isset( $item['data'] ) && $item['data'] instanceof \WC_Product ) {
				$lines[] = self::line( (string) $key, $item );
			}
		}
		foreach ( $cart->get_fees() as $fee ) {
			$lines[] = array(
				'id'       => substr( 'fee:' . $fee->id, 0, 100 ),
				'product'  => null,
				'quantity' => 1,
				'net'      => max( 0, self::minor( (float) $fee->total ) ),
				'tax'      => max( 0, self::minor( (float) $fee->tax ) ),
				'kind'     => 'fee',
			);
		}
		$facts = array(
			'currency' => get_woocommerce_currency(),
			'channel'  => 'web',
			'lines'    => $lines,
			'shipping' => array(
				'net' => self::minor( (float) $cart->get_shipping_total() ),
				'tax' => self::minor( (float) $cart->get_shipping_tax() ),
			),
			'coupons'  => self::own_coupons( $cart ),
		);
		return array_merge( $facts, self::circumstances() );
	}

	/**
	 * One piece of a product, as it would be bought now and here.
	 *
	 * @return array<string, mixed>
	 */
	public static function of_product( \WC_Product $product ): array {
		$net    = (float) wc_get_price_excluding_tax( $product );
		$parent = $product->get_parent_id();
		$line   = array(
			'id'       => 'look',
			'product'  => (string) ( $parent ? $parent : $product->get_id() ),
			'quantity' => 1,
			'net'      => self::minor( $net ),
			'tax'      => max( 0, self::minor( (float) wc_get_price_including_tax( $product ) - $net ) ),
		);
		return array(
			'currency' => get_woocommerce_currency(),
			'lines'    => array( array_merge( $line, self::marks( $product ) ) ),
		);
	}

	/**
	 * An order that was placed, as its cart was.
	 *
	 * @return array<string, mixed>
	 */
	public static function of_order( \WC_Order $order ): array {
		$lines = array();
		foreach ( $order->get_items() as $id => $item ) {
			if ( $item instanceof \WC_Order_Item_Product ) {
				$lines[] = array(
					'id'       => (string) $id,
					'product'  => (string) $item->get_product_id(),
					'quantity' => max( 0, (int) $item->get_quantity() ),
					'net'      => max( 0, self::minor( (float) $item->get_total() ) ),
					'tax'      => max( 0, self::minor( (float) $item->get_total_tax() ) ),
					'discount' => max( 0, self::minor( (float) $item->get_subtotal() ) - self::minor( (float) $item->get_total() ) ),
				);
			}
		}
		return array(
			'currency' => $order->get_currency(),
			'lines'    => $lines,
		);
	}

	/**
	 * What the goods cost, tax included, before the discount that points gave: by this a redemption notices that the cart shrank.
	 */
	public static function goods( \WC_Cart $cart ): int {
		$code = Redemption::code();
		$off  = null === $code ? 0.0 : (float) $cart->get_coupon_discount_amount( $code ) + (float) $cart->get_coupon_discount_tax_amount( $code );
		return self::minor( (float) $cart->get_cart_contents_total() + (float) $cart->get_cart_contents_tax() + $off );
	}

	/** An amount of the shop's currency in its smallest unit. */
	public static function minor( float $amount ): int {
		$decimals = self::DECIMALS[ get_woocommerce_currency() ] ?? 2;
		return (int) round( round( $amount, $decimals ) * ( 10 ** $decimals ) );
	}

	/**
	 * A line of the cart.
	 *
	 * @param array<string, mixed> $item As WooCommerce keeps it.
	 * @return array<string, mixed>
	 */
	private static function line( string $key, array $item ): array {
		$net  = self::minor( (float) ( $item['line_total'] ?? 0 ) );
		$line = array(
			'id'       => substr( $key, 0, 100 ),
			'product'  => (string) (int) $item['product_id'],
			'quantity' => max( 0, (int) round( (float) $item['quantity'] ) ),
			'net'      => max( 0, $net ),
			'tax'      => max( 0, self::minor( (float) ( $item['line_tax'] ?? 0 ) ) ),
			'discount' => max( 0, self::minor( (float) ( $item['line_subtotal'] ?? 0 ) ) - $net ),
		);
		return array_merge( $line, self::marks( $item['data'] ) );
	}

	/**
	 * Variation and article number, where there are any.
	 *
	 * @return array<string, string>
	 */
	private static function marks( \WC_Product $product ): array {
		$marks = array();
		if ( $product->get_parent_id() ) {
			$marks['variant'] = (string) $product->get_id();
		}
		if ( '' !== (string) $product->get_sku() ) {
			$marks['sku'] = substr( (string) $product->get_sku(), 0, 200 );
		}
		return $marks;
	}

	/**
	 * Codes of the shop itself: rules may say that points do not go together with them.
	 *
	 * @return string[]
	 */
	private static function own_coupons( \WC_Cart $cart ): array {
		$own = array();
		foreach ( $cart->get_applied_coupons() as $code ) {
			if ( ! Redemption::is_code( (string) $code ) && ! Standing_Perks::is_code( (string) $code ) ) {
				$own[] = substr( (string) $code, 0, 255 );
			}
		}
		return array_slice( $own, 0, 50 );
	}

	/**
	 * Where it would go and how it would be paid, as far as the shopper has said.
	 *
	 * @return array<string, string>
	 */
	private static function circumstances(): array {
		$known   = array();
		$country = WC()->customer ? (string) WC()->customer->get_shipping_country() : '';
		$payment = WC()->session ? (string) WC()->session->get( 'chosen_payment_method', '' ) : '';
		if ( 2 === strlen( $country ) ) {
			$known['country'] = $country;
		}
		if ( '' !== $payment ) {
			$known['payment'] = substr( $payment, 0, 100 );
		}
		return $known;
	}
}
