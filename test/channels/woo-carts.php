<?php
/**
 * The carts of a shop, one JSON text a line of standard input, as the WooCommerce plugin tells each to the service. Around it
 * stands only as much of WooCommerce as a cart is read from, with amounts as it keeps them: floats of the shop's currency.
 * Run: php woo-carts.php <plugin folder>
 */

define( 'ABSPATH', __DIR__ );

class WC_Product {
	private $sku;
	public function __construct( string $sku ) {
		$this->sku = $sku;
	}
	public function get_parent_id(): int {
		return 0;
	}
	public function get_sku(): string {
		return $this->sku;
	}
}

class WC_Cart {
	private $told;
	public function __construct( array $told ) {
		$this->told = $told;
	}
	public function get_cart(): array {
		$items = array();
		foreach ( $this->told['lines'] as $line ) {
			$items[ md5( $line['product'] ) ] = array(
				'data'          => new WC_Product( $line['sku'] ),
				'product_id'    => (int) $line['product'],
				'quantity'      => $line['quantity'],
				'line_subtotal' => $line['before'],
				'line_total'    => $line['net'],
				'line_tax'      => $line['tax'],
			);
		}
		return $items;
	}
	public function get_fees(): array {
		return array();
	}
	public function get_shipping_total(): string {
		return (string) $this->told['shipping'];
	}
	public function get_shipping_tax(): float {
		return 0.0;
	}
	public function get_applied_coupons(): array {
		return $this->told['coupons'];
	}
}

function get_woocommerce_currency(): string {
	return $GLOBALS['currency'];
}

function WC() {
	return (object) array(
		'customer' => null,
		'session'  => null,
	);
}

require $argv[1] . '/src/autoload.php';

while ( false !== ( $line = fgets( STDIN ) ) ) {
	$told                = json_decode( $line, true );
	$GLOBALS['currency'] = $told['currency'];
	echo json_encode( Tallymark\Woo\Shop\Cart_Facts::of_cart( new WC_Cart( $told ) ) ), "\n";
}
