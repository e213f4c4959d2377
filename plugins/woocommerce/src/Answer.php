<?php
/**
 * What the service answered.
 *
 * @package Tallymark
 */

namespace Tallymark\Woo;

defined( 'ABSPATH' ) || exit;

final class Answer {
	/**
	 * HTTP status; 0 = no answer: not reached in time, not asked at all, not connected.
	 *
	 * @var int
	 */
	public $status;

	/**
	 * Parsed JSON; empty when there was none.
	 *
	 * @var array<string, mixed>
	 */
	public $body;

	/**
	 * The service's `Retry-After`, in seconds; 0 = it says none.
	 *
	 * @var int
	 */
	public $retry_after;

	public function __construct( int $status, array $body = array(), int $retry_after = 0 ) {
		$this->status      = $status;
		$this->body        = $body;
		$this->retry_after = $retry_after;
	}

	public function ok(): bool {
		return $this->status >= 200 && $this->status < 300;
	}

	/** Neither yes nor no: the shopper goes on without, and whoever has to be sure asks again later. */
	public function is_unavailable(): bool {
		return 0 === $this->status || 429 === $this->status || $this->status >= 500;
	}

	/** The service's name for what is wrong, such as `not_enough_points`; '' when nothing is. */
	public function error(): string {
		return (string) ( $this->body['error']['code'] ?? '' );
	}

	/** The service's sentence on what is wrong, in the language that was asked for. Not escaped. */
	public function message(): string {
		return (string) ( $this->body['error']['message'] ?? '' );
	}
}
