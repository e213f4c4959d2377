<?php
/**
 * After an order: a member sees the points arrive; a customer joins with one tap; so does a guest, whose account is made
 * with the e-mail of the order. Whether that e-mail is known here already is never told.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Shop;

use Tallymark\Woo\Feature;

defined( 'ABSPATH' ) || exit;

final class Thank_You implements Feature {
	const FIELD = 'tallymark_keep';
	const NO    = '_tallymark_declined';
	/** Days for which an order waits for its guest. */
	const DAYS = 30;

	public static function hook(): void {
		add_action( 'woocommerce_thankyou', array( self::class, 'show' ), 5 );
		add_action( 'wp_loaded', array( self::class, 'take' ), 20 );
		add_action( 'template_redirect', array( self::class, 'follow_link' ), 5 );
	}

	public static function show( $id ): void {
		$order = wc_get_order( $id );
		if ( ! $order instanceof \WC_Order || $order->has_status( 'failed' ) ) {
			return;
		}
		if ( $order->get_customer_id() > 0 ) {
			if ( get_current_user_id() === $order->get_customer_id() ) {
				$facts = array(
					'order' => (string) $order->get_id(),
					'cart'  => (string) wp_json_encode( Cart_Facts::of_order( $order ) ),
				);
				Widget::show( 'order', $facts, 168 );
			}
			return;
		}
		if ( '' === (string) $order->get_meta( self::NO ) && is_email( $order->get_billing_email() ) ) {
			self::offer( $order );
		}
	}

	private static function offer( \WC_Order $order ): void {
		Assets::want_line();
		?>
		<section class="tallymark-card" aria-labelledby="tallymark-keep-title">
			<h2 id="tallymark-keep-title"><?php echo esc_html( '' === Words::name() ? Rewards_Page::title() : Words::name() ); ?></h2>
			<p class="tallymark-earn" data-order="<?php echo esc_attr( (string) $order->get_id() ); ?>" data-key="<?php echo esc_attr( $order->get_order_key() ); ?>" data-at="0" aria-live="polite"></p>
			<p><?php echo esc_html( Joining::consent() ); ?></p>
			<p><?php esc_html_e( 'An account is made with the e-mail of this order; a link for your password is sent there.', 'tallymark' ); ?></p>
			<form method="post" class="tallymark-keep">
				<?php wp_nonce_field( self::FIELD, 'tallymark_nonce' ); ?>
				<input type="hidden" name="tallymark_order" value="<?php echo esc_attr( (string) $order->get_id() ); ?>" />
				<input type="hidden" name="tallymark_key" value="<?php echo esc_attr( $order->get_order_key() ); ?>" />
				<button type="submit" class="button alt wp-element-button" name="<?php echo esc_attr( self::FIELD ); ?>" value="yes"><?php esc_html_e( 'Join and keep the points', 'tallymark' ); ?></button>
				<button type="submit" class="button wp-element-button is-style-outline" name="<?php echo esc_attr( self::FIELD ); ?>" value="no"><?php esc_html_e( 'No thanks', 'tallymark' ); ?></button>
			</form>
		</section>
		<?php
	}

	/** The guest tapped. The order's key proves whose it is. */
	public static function take(): void {
		if ( ! isset( $_POST[ self::FIELD ], $_POST['tallymark_nonce'], $_POST['tallymark_order'], $_POST['tallymark_key'] ) ) {
			return;
		}
		$genuine = wp_verify_nonce( sanitize_key( wp_unslash( $_POST['tallymark_nonce'] ) ), self::FIELD );
		$order   = wc_get_order( absint( $_POST['tallymark_order'] ) );
		$key     = sanitize_text_field( wp_unslash( $_POST['tallymark_key'] ) );
		if ( ! $genuine || ! $order instanceof \WC_Order || ! $order->key_is_valid( $key ) || ! self::waits( $order ) ) {
			return;
		}
		if ( 'yes' !== sanitize_key( wp_unslash( $_POST[ self::FIELD ] ) ) ) {
			$order->update_meta_data( self::NO, '1' );
			$order->save();
			wp_safe_redirect( $order->get_checkout_order_received_url() );
			exit;
		}
		$known = email_exists( $order->get_billing_email() );
		if ( $known ) {
			self::send_link( $order );
		} else {
			self::make_account( $order );
		}
		// the order's own page looks different once the order is somebody's: this one does not
		wc_add_notice( __( 'Done. We’ve sent a link to the e-mail of your order.', 'tallymark' ) );
		if ( WC()->session ) {
			WC()->session->set_customer_session_cookie( true );
		}
		wp_safe_redirect( wc_get_page_permalink( 'myaccount' ) );
		exit;
	}

	/** Whoever follows the link of the mail, signed in with that very address, has the order from now on. */
	public static function follow_link(): void {
		// phpcs:disable WordPress.Security.NonceVerification.Recommended -- the link is signed.
		if ( ! isset( $_GET[ self::FIELD ], $_GET['sign'] ) || ! is_user_logged_in() ) {
			return;
		}
		$order = wc_get_order( absint( $_GET[ self::FIELD ] ) );
		$sign  = sanitize_text_field( wp_unslash( $_GET['sign'] ) );
		// phpcs:enable
		$own = $order instanceof \WC_Order && strtolower( $order->get_billing_email() ) === strtolower( wp_get_current_user()->user_email );
		if ( $own && self::waits( $order ) && hash_equals( self::sign( $order ), $sign ) ) {
			self::give( $order, get_current_user_id() );
			wp_safe_redirect( Rewards_Page::url() );
			exit;
		}
	}

	private static function make_account( \WC_Order $order ): void {
		// WooCommerce then sends a link for choosing the password, whatever the shop's forms ask for
		$yes = static function () {
			return 'yes';
		};
		add_filter( 'pre_option_woocommerce_registration_generate_password', $yes );
		add_filter( 'pre_option_woocommerce_registration_generate_username', $yes );
		$names    = array(
			'first_name' => $order->get_billing_first_name(),
			'last_name'  => $order->get_billing_last_name(),
		);
		$customer = wc_create_new_customer( $order->get_billing_email(), '', '', $names );
		remove_filter( 'pre_option_woocommerce_registration_generate_password', $yes );
		remove_filter( 'pre_option_woocommerce_registration_generate_username', $yes );
		if ( ! is_wp_error( $customer ) ) {
			self::give( $order, (int) $customer );
		}
	}

	private static function give( \WC_Order $order, int $customer ): void {
		$order->set_customer_id( $customer );
		$order->save();
		Joining::want( $customer, (int) $order->get_id() );
	}

	private static function send_link( \WC_Order $order ): void {
		$url  = add_query_arg(
			array(
				self::FIELD => $order->get_id(),
				'sign'      => self::sign( $order ),
			),
			Rewards_Page::url()
		);
		$mail = WC()->mailer();
		/* translators: %s: order number */
		$subject = sprintf( __( 'Keep the points of order %s', 'tallymark' ), $order->get_order_number() );
		$text    = '<p>' . esc_html__( 'An order was placed with your e-mail. Sign in to count it for your account:', 'tallymark' ) . '</p><p><a href="' . esc_url( $url ) . '">' . esc_html__( 'Sign in and keep the points', 'tallymark' ) . '</a></p>';
		$mail->send( $order->get_billing_email(), $subject, $mail->wrap_message( esc_html( $subject ), $text ) );
	}

	private static function waits( \WC_Order $order ): bool {
		$placed = $order->get_date_created();
		return 0 === $order->get_customer_id() && $placed && $placed->getTimestamp() > time() - self::DAYS * DAY_IN_SECONDS;
	}

	private static function sign( \WC_Order $order ): string {
		return substr( hash_hmac( 'sha256', 'tallymark-keep|' . $order->get_id() . '|' . $order->get_order_key(), wp_salt( 'auth' ) ), 0, 32 );
	}
}
