<?php
/**
 * What the service answered, as WordPress wants it in a person's export.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

final class Export {
	/** Membership and balances; where the service did not answer, that it did not: an export with a hole must say so. */
	public static function member( Answer $member, Answer $lines ): ?array {
		if ( ! $member->ok() || ! $lines->ok() ) {
			$sentence = __( 'The service did not answer. Ask for this export again.', 'tallymark' );
			return self::item( 'member', array( self::value( __( 'Missing', 'tallymark' ), $sentence ) ) );
		}
		$who = $member->body['member'] ?? null;
		if ( ! is_array( $who ) ) {
			return null;
		}
		$values = array(
			self::value( __( 'Member', 'tallymark' ), $who['id'] ?? '' ),
			self::value( __( 'Joined', 'tallymark' ), $who['joined'] ?? '' ),
			self::value( __( 'Referral link', 'tallymark' ), $who['referralLink'] ?? '' ),
			self::value( __( 'Tier', 'tallymark' ), $member->body['tier'] ?? '' ),
		);
		foreach ( (array) ( $member->body['balances'] ?? array() ) as $unit => $balance ) {
			/* translators: %s: what is counted, such as "points" */
			$values[] = self::value( sprintf( __( 'Balance (%s)', 'tallymark' ), $unit ), $balance['available'] ?? '' );
		}
		return self::item( 'member', $values );
	}

	/** One line of the history. */
	public static function line( $line ): array {
		return self::item(
			'line-' . ( $line['id'] ?? '' ),
			array(
				self::value( __( 'Time', 'tallymark' ), $line['at'] ?? '' ),
				self::value( __( 'Points', 'tallymark' ), $line['points'] ?? '' ),
				self::value( __( 'Reason', 'tallymark' ), $line['sentence'] ?? '' ),
			)
		);
	}

	private static function item( string $id, array $values ): array {
		return array(
			'group_id'    => Privacy::ID,
			'group_label' => __( 'Points and rewards', 'tallymark' ),
			'item_id'     => 'tallymark-' . $id,
			'data'        => $values,
		);
	}

	private static function value( string $name, $value ): array {
		return array(
			'name'  => $name,
			'value' => is_scalar( $value ) ? (string) $value : '',
		);
	}
}
