<?php
/**
 * Points in the cart and checkout made of blocks. Nothing here asks the service while WooCommerce answers its own requests:
 * the cart carries what is known in the session. Only a click (`apply`, `remove`) or a cart that shrank (`fit`) does
 * something, through WooCommerce's own update callback, so that the totals come back with the answer.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Shop;

use Automattic\WooCommerce\StoreApi\Schemas\V1\CartSchema;
use Automattic\WooCommerce\StoreApi\Schemas\V1\CheckoutSchema;
use Tallymark\Woo\Feature;

defined( 'ABSPATH' ) || exit;

final class Block_Checkout implements Feature {
	const NAME = 'tallymark';

	/**
	 * What the shopper must be told of what was just done.
	 *
	 * @var string
	 */
	private static $note = '';

	/**
	 * Whether who places the order of this request joins.
	 *
	 * @var bool
	 */
	private static $joins = false;

	public static function hook(): void {
		if ( did_action( 'woocommerce_blocks_loaded' ) ) {
			self::extend();
		} else {
			add_action( 'woocommerce_blocks_loaded', array( self::class, 'extend' ) );
		}
		foreach ( array( 'cart', 'checkout' ) as $block ) {
			add_action( "woocommerce_blocks_{$block}_block_registration", array( self::class, 'bring_script' ) );
		}
		add_action( 'woocommerce_store_api_checkout_order_processed', array( self::class, 'order_placed' ) );
		add_action( 'woocommerce_store_api_checkout_update_order_from_request', array( self::class, 'note_joining' ), 10, 2 );
	}

	public static function bring_script( $registry ): void {
		$registry->register( new Block_Script() );
	}

	public static function extend(): void {
		if ( ! function_exists( 'woocommerce_store_api_register_endpoint_data' ) ) {
			return;
		}
		woocommerce_store_api_register_endpoint_data(
			array(
				'endpoint'        => CartSchema::IDENTIFIER,
				'namespace'       => self::NAME,
				'data_callback'   => array( self::class, 'told' ),
				'schema_callback' => array( self::class, 'schema' ),
				'schema_type'     => ARRAY_A,
			)
		);
		woocommerce_store_api_register_endpoint_data(
			array(
				'endpoint'        => CheckoutSchema::IDENTIFIER,
				'namespace'       => self::NAME,
				'data_callback'   => array( self::class, 'nothing_wished' ),
				'schema_callback' => array( self::class, 'wishes' ),
				'schema_type'     => ARRAY_A,
			)
		);
		woocommerce_store_api_register_update_callback(
			array(
				'namespace' => self::NAME,
				'callback'  => array( self::class, 'act' ),
			)
		);
	}

	/** Done before WooCommerce answers with the cart. */
	public static function act( $wish ): void {
		self::$note = Classic_Checkout::carry_out( is_array( $wish ) ? array_filter( $wish, 'is_scalar' ) : array() );
	}

	/**
	 * What comes with every answer of the cart.
	 *
	 * @return array<string, mixed>
	 */
	public static function told(): array {
		return array( 'note' => self::$note ) + Classic_Checkout::told();
	}

	/**
	 * Its description.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	public static function schema(): array {
		return array(
			'note'       => self::field( 'string', 'What the shopper should be told of the last change' ),
			'cart'       => self::field( 'object', 'The cart as the rewards program takes it' ),
			'code'       => self::field( array( 'string', 'null' ), 'The code in the cart that points paid for' ),
			'redemption' => self::field( array( 'string', 'null' ), 'Which redemption that is' ),
			'smaller'    => self::field( 'boolean', 'Whether the cart became smaller since' ),
		);
	}

	/**
	 * What the checkout may say of us.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	public static function wishes(): array {
		return array(
			'join' => array(
				'description' => 'Whether a guest whose account is made with this order joins the rewards program',
				'type'        => array( 'boolean', 'null' ),
				'context'     => array( 'view', 'edit' ),
				'optional'    => true,
			),
		);
	}

	/**
	 * A wish is sent, never shown.
	 *
	 * @return array{join: null}
	 */
	public static function nothing_wished(): array {
		return array( 'join' => null );
	}

	/** The customer is made later in the same request; a session would not outlive that. */
	public static function note_joining( $order, $request ): void {
		$wishes      = $request['extensions'][ self::NAME ] ?? array();
		self::$joins = is_array( $wishes ) && true === ( $wishes['join'] ?? null );
	}

	public static function order_placed( $order ): void {
		if ( self::$joins ) {
			Joining::want( (int) $order->get_customer_id(), (int) $order->get_id() );
		}
	}

	/**
	 * A field that only we write.
	 *
	 * @param string|string[] $type Of JSON schema.
	 * @return array<string, mixed>
	 */
	private static function field( $type, string $description ): array {
		return array(
			'description' => $description,
			'type'        => $type,
			'context'     => array( 'view', 'edit' ),
			'readonly'    => true,
		);
	}
}
