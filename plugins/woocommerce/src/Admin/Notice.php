<?php
/**
 * One sentence on the list of plugins until the shop is connected or it is dismissed, and one on a copy of a connected site.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo\Admin;

use Tallymark\Woo\Feature;
use Tallymark\Woo\Settings;

defined( 'ABSPATH' ) || exit;

final class Notice implements Feature {
	const DISMISS   = 'tallymark_dismiss';
	const DISMISSED = 'tallymark_dismissed';

	public static function hook(): void {
		add_action( 'admin_notices', array( self::class, 'show' ) );
		add_action( 'admin_post_' . self::DISMISS, array( self::class, 'dismiss' ) );
	}

	public static function show(): void {
		$screen = get_current_screen();
		if ( null === $screen || 'plugins' !== $screen->id || ! current_user_can( Page::RIGHT ) || Settings::is_live() ) {
			return;
		}
		$state = Settings::is_copy() ? 'copy' : 'new';
		if ( get_user_meta( get_current_user_id(), self::DISMISSED, true ) === $state ) {
			return;
		}
		$sentence = 'copy' === $state
			/* translators: %s: address of a site, such as https://shop.example.com */
			? sprintf( __( 'This site looks like a copy of %s. Tallymark shows and sends nothing here, so that the shop’s members and points stay as they are.', 'tallymark' ), Settings::connected_address() )
			: __( 'Tallymark is ready: connect this shop, and customers earn points for what they buy and review, and use them at the checkout. Nothing is sent before you agree.', 'tallymark' );
		$away = wp_nonce_url( admin_url( 'admin-post.php?action=' . self::DISMISS . '&state=' . $state ), self::DISMISS );
		echo '<div class="notice notice-info"><p>' . esc_html( $sentence ) . '</p><p><a class="button" href="' . esc_url( Page::url() ) . '">';
		echo esc_html( 'copy' === $state ? __( 'What can be done', 'tallymark' ) : __( 'Connect', 'tallymark' ) );
		echo '</a> <a href="' . esc_url( $away ) . '">' . esc_html__( 'Do not show this again', 'tallymark' ) . '</a></p></div>';
	}

	public static function dismiss(): void {
		check_admin_referer( self::DISMISS );
		if ( ! current_user_can( Page::RIGHT ) ) {
			wp_die( esc_html__( 'You are not allowed to do this.', 'tallymark' ), '', array( 'response' => 403 ) );
		}
		$state = isset( $_GET['state'] ) && 'copy' === sanitize_key( wp_unslash( $_GET['state'] ) ) ? 'copy' : 'new';
		update_user_meta( get_current_user_id(), self::DISMISSED, $state );
		wp_safe_redirect( admin_url( 'plugins.php' ) );
		exit;
	}
}
