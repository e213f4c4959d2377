<?php
/**
 * What the plugin does, one class each (src/Feature.php). The order is that of hooking.
 *
 * `always` runs wherever WooCommerce does; `live` only where this very site is connected: neither on a site that is not
 * connected nor on a copy of one that is.
 *
 * @package Tallymark
 */

defined( 'ABSPATH' ) || exit;

return array(
	'always' => array(
		\Tallymark\Woo\Connect::class,
		\Tallymark\Woo\Outbox::class,
		\Tallymark\Woo\Webhooks::class,
		\Tallymark\Woo\Privacy::class,
		\Tallymark\Woo\Admin\Page::class,
		\Tallymark\Woo\Admin\Actions::class,
		\Tallymark\Woo\Admin\Notice::class,
		\Tallymark\Woo\Admin\To_Do::class,
	),
	'live'   => array(
		\Tallymark\Woo\Admin\Desk::class,
		\Tallymark\Woo\Shopper_Route::class,
		\Tallymark\Woo\Changes::class,
		\Tallymark\Woo\Shop\Assets::class,
		\Tallymark\Woo\Shop\Earn_Line::class,
		\Tallymark\Woo\Shop\Redemption::class,
		\Tallymark\Woo\Shop\Standing_Perks::class,
		\Tallymark\Woo\Shop\Classic_Checkout::class,
		\Tallymark\Woo\Shop\Block_Checkout::class,
		\Tallymark\Woo\Shop\Joining::class,
		\Tallymark\Woo\Shop\Referral::class,
		\Tallymark\Woo\Shop\Waived_Shipping::class,
		\Tallymark\Woo\Shop\Thank_You::class,
		\Tallymark\Woo\Shop\Rewards_Page::class,
		\Tallymark\Woo\Shop\Launcher::class,
	),
);
