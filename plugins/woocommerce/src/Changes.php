<?php
/**
 * Notices what WooCommerce tells nobody: reviews, refunds that are taken back, orders that leave the trash another way.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

final class Changes implements Feature {
	public static function hook(): void {
		add_action( 'comment_post', array( self::class, 'review_by_id' ) );
		add_action( 'edit_comment', array( self::class, 'review_by_id' ) );
		add_action( 'transition_comment_status', array( self::class, 'review_moderated' ), 10, 3 );
		add_action( 'delete_comment', array( self::class, 'review_deleted' ), 10, 2 );
		add_filter( 'woocommerce_pre_delete_order_refund', array( self::class, 'refund_deleted' ), 10, 2 );
		add_action( 'woocommerce_order_status_changed', array( self::class, 'order_changed' ), 10, 3 );
	}

	/** Written or edited. */
	public static function review_by_id( $id ): void {
		self::tell_of( get_comment( (int) $id ) );
	}

	/** Approved, held, spam or trash, from wherever. */
	public static function review_moderated( $now, $before, $comment ): void {
		if ( $now !== $before ) {
			self::tell_of( $comment );
		}
	}

	/** About to be deleted for good: what is sent later finds nothing, and that is what it has to tell. */
	public static function review_deleted( $id, $comment = null ): void {
		self::tell_of( $comment instanceof \WP_Comment ? $comment : get_comment( (int) $id ) );
	}

	/**
	 * A refund is about to be deleted, in the admin or over REST, which fires no hook of its own.
	 *
	 * @param mixed $decided What another filter has decided: not ours to change.
	 */
	public static function refund_deleted( $decided, $refund ) {
		if ( $refund instanceof \WC_Order_Refund && $refund->get_parent_id() > 0 ) {
			Outbox::tell( Outbox::ORDER_CHANGED, $refund->get_parent_id() );
		}
		return $decided;
	}

	/** An order that leaves the trash by a change of its status is told by no webhook. */
	public static function order_changed( $id, $before, $now ): void {
		if ( 'trash' === $before && 'trash' !== $now ) {
			Outbox::tell( Outbox::ORDER_CHANGED, (int) $id );
		}
	}

	/** Reviews of products, and nothing else that is a comment. */
	private static function tell_of( $comment ): void {
		if ( $comment instanceof \WP_Comment && 'product' === get_post_type( (int) $comment->comment_post_ID ) ) {
			Outbox::tell( Outbox::REVIEW_CHANGED, (int) $comment->comment_ID );
		}
	}
}
