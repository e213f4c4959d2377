/**
 * A failure that a person can act on. `code` is stable and machine-readable, `status` its HTTP status, the message
 * says what was wrong and what to do. Anything thrown that is neither this nor `RetryLater` is a defect of ours.
 */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, status: number, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** A failure that time heals (a platform's 429 or 500, a time-out): whoever drives the work tries again after `afterMs`. */
export class RetryLater extends Error {
  readonly afterMs: number;

  constructor(message: string, afterMs: number, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RetryLater';
    this.afterMs = afterMs;
  }
}

/** Makes a forgotten variant a compile error; throws when data from outside carries an unknown one. */
export function unreachable(value: never): never {
  throw new Error(`unhandled variant: ${JSON.stringify(value)}`);
}
