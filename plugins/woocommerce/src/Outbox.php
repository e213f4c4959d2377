<?php
/**
 * What the shop has to tell the service and must not be lost: a small table, sent in the background, tried again until it
 * was taken. WooCommerce itself sends each webhook once and never again.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

final class Outbox implements Feature {
	const SEND   = 'tallymark_send';
	const GROUP  = 'tallymark';
	const SCHEMA = 'tallymark_schema';
	const LOST   = 'tallymark_lost';

	const ORDER_CHANGED  = 'action.woocommerce_tallymark_order_changed';
	const REVIEW_CHANGED = 'action.woocommerce_tallymark_review_changed';
	const PERSON_ERASED  = 'action.woocommerce_tallymark_person_erased';
	const DISCONNECTED   = 'action.woocommerce_tallymark_disconnected';

	const BATCH   = 50;
	const KEEP    = 14 * DAY_IN_SECONDS;
	const LONGEST = 6 * HOUR_IN_SECONDS;
	/** How long a row is left to whoever took it. */
	const CLAIM = 120;

	public static function hook(): void {
		add_action( self::SEND, array( self::class, 'send' ) );
	}

	public static function table(): string {
		global $wpdb;
		return $wpdb->prefix . 'tallymark_outbox';
	}

	/** Makes the table where it is not there yet. */
	public static function install(): void {
		global $wpdb;
		if ( '1' === get_option( self::SCHEMA ) ) {
			return;
		}
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		$table = self::table();
		dbDelta(
			"CREATE TABLE {$table} (
			id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
			same char(64) NOT NULL,
			topic varchar(120) NOT NULL,
			arg longtext NOT NULL,
			webhook bigint(20) unsigned NOT NULL DEFAULT 0,
			changes int(10) unsigned NOT NULL DEFAULT 1,
			tries int(10) unsigned NOT NULL DEFAULT 0,
			due int(10) unsigned NOT NULL,
			made int(10) unsigned NOT NULL,
			trouble varchar(190) NOT NULL DEFAULT '',
			PRIMARY KEY  (id),
			UNIQUE KEY same (same),
			KEY due (due)
			) {$wpdb->get_charset_collate()};"
		);
		update_option( self::SCHEMA, '1', true );
	}

	/**
	 * Tells the service soon. The same thing told twice before it was sent is sent once, as it is then.
	 *
	 * @param string $topic   A topic of WooCommerce's or one of the constants above.
	 * @param mixed  $arg     An id, or what else the topic is about.
	 * @param int    $webhook The webhook whose delivery failed, 0 for what is ours.
	 */
	public static function tell( string $topic, $arg, int $webhook = 0 ): void {
		global $wpdb;
		$text = (string) wp_json_encode( $arg );
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- a table of our own.
		$wpdb->query(
			$wpdb->prepare(
				'INSERT INTO %i (same, topic, arg, webhook, due, made) VALUES (%s, %s, %s, %d, %d, %d)
				ON DUPLICATE KEY UPDATE changes = changes + 1, tries = 0, due = LEAST(due, VALUES(due))',
				self::table(),
				hash( 'sha256', $topic . "\n" . $text ),
				$topic,
				$text,
				$webhook,
				time() + ( 0 === $webhook ? 0 : 30 ),
				time()
			)
		);
		self::soon();
	}

	/** Sends what is due. Stops at the first sign that the service is away: the rest would only wait for nothing. */
	public static function send(): void {
		if ( ! Settings::is_live() ) {
			return;
		}
		self::give_up();
		$made_up = false;
		foreach ( self::due() as $row ) {
			if ( ! self::claim( $row ) ) {
				continue;
			}
			$answer = Delivery::send( $row );
			if ( $answer->ok() ) {
				self::settle( $row );
				$made_up = $made_up || (int) $row->webhook > 0;
				continue;
			}
			self::postpone( $row, $answer );
			if ( $answer->is_unavailable() ) {
				break;
			}
		}
		if ( $made_up ) {
			// the service is back: what WooCommerce switched off meanwhile is switched on at once
			Webhooks::mend();
		}
		self::soon();
	}

	/** How many wait, and since when the oldest does (0 = none). */
	public static function waiting(): array {
		global $wpdb;
		if ( '1' !== get_option( self::SCHEMA ) ) {
			return array( 0, 0, '' );
		}
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- a table of our own.
		$row = $wpdb->get_row( $wpdb->prepare( 'SELECT COUNT(*) AS many, MIN(made) AS oldest, MAX(trouble) AS trouble FROM %i', self::table() ) );
		return array( (int) ( $row->many ?? 0 ), (int) ( $row->oldest ?? 0 ), (string) ( $row->trouble ?? '' ) );
	}

	public static function clear(): void {
		global $wpdb;
		if ( '1' === get_option( self::SCHEMA ) ) {
			// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- a table of our own.
			$wpdb->query( $wpdb->prepare( 'DELETE FROM %i', self::table() ) );
		}
	}

	/** Sees to it that `send` runs when the next one is due. Without Action Scheduler (a plugin too early) the watch does it. */
	private static function soon(): void {
		global $wpdb;
		if ( ! function_exists( 'as_schedule_single_action' ) || ! did_action( 'action_scheduler_init' ) ) {
			return;
		}
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- a table of our own.
		$due = $wpdb->get_var( $wpdb->prepare( 'SELECT MIN(due) FROM %i', self::table() ) );
		if ( null === $due ) {
			return;
		}
		$planned = self::planned();
		if ( null !== $planned && $planned <= max( time(), (int) $due ) ) {
			return;
		}
		if ( null !== $planned ) {
			as_unschedule_all_actions( self::SEND, array(), self::GROUP );
		}
		as_schedule_single_action( max( time(), (int) $due ), self::SEND, array(), self::GROUP );
	}

	/** For when the next run is planned, besides the one that may be under way now. */
	private static function planned(): ?int {
		$wanted = array(
			'hook'     => self::SEND,
			'group'    => self::GROUP,
			'status'   => \ActionScheduler_Store::STATUS_PENDING,
			'per_page' => 1,
			'orderby'  => 'date',
			'order'    => 'ASC',
		);
		foreach ( as_get_scheduled_actions( $wanted ) as $action ) {
			$date = $action->get_schedule()->get_date();
			return $date ? $date->getTimestamp() : time();
		}
		return null;
	}

	/**
	 * What is due, oldest first.
	 *
	 * @return array<int, object>
	 */
	private static function due(): array {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- a table of our own.
		return (array) $wpdb->get_results(
			$wpdb->prepare(
				'SELECT id, topic, arg, webhook, changes, tries, due FROM %i WHERE due <= %d ORDER BY id LIMIT %d',
				self::table(),
				time(),
				self::BATCH
			)
		);
	}

	/** Two processes may have read the same row: one gets it. */
	private static function claim( object $row ): bool {
		global $wpdb;
		$until = time() + self::CLAIM;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- a table of our own.
		return 1 === $wpdb->query( $wpdb->prepare( 'UPDATE %i SET due = %d WHERE id = %d AND due = %d', self::table(), $until, $row->id, $row->due ) );
	}

	/** Taken. What changed again meanwhile is told again. */
	private static function settle( object $row ): void {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- a table of our own.
		$gone = $wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE id = %d AND changes = %d', self::table(), $row->id, $row->changes ) );
		if ( 1 !== $gone ) {
			// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- a table of our own.
			$wpdb->query( $wpdb->prepare( 'UPDATE %i SET due = %d WHERE id = %d', self::table(), time(), $row->id ) );
		}
	}

	private static function postpone( object $row, Answer $answer ): void {
		global $wpdb;
		$wait    = min( self::LONGEST, 30 * ( 2 ** min( 12, (int) $row->tries ) ) );
		$trouble = 0 === $answer->status ? $answer->message() : $answer->status . ' ' . $answer->error();
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- a table of our own.
		$wpdb->query(
			$wpdb->prepare(
				'UPDATE %i SET tries = tries + 1, due = %d, trouble = %s WHERE id = %d',
				self::table(),
				time() + max( $wait, $answer->retry_after ),
				mb_substr( trim( $trouble ), 0, 190 ),
				$row->id
			)
		);
	}

	/** After two weeks the service has found it by comparing orders, or the shop is long disconnected there. */
	private static function give_up(): void {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- a table of our own.
		$lost = (int) $wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE made < %d AND tries > 0', self::table(), time() - self::KEEP ) );
		if ( $lost > 0 ) {
			update_option( self::LOST, $lost + (int) get_option( self::LOST, 0 ), false );
		}
	}
}
