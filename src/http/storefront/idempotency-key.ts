import * as z from 'zod';
import { AppError } from '../../lib/errors.js';

export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{8,255}$/)
  .meta({ description: 'names one intention: repeated with the same body it gives the same answer' });

/** @throws AppError `idempotency_key_missing` (400) */
export function keyFrom(header: string | undefined): string {
  const key = idempotencyKey.safeParse(header);
  if (key.success) return key.data;
  throw new AppError(
    'idempotency_key_missing',
    400,
    'Send an Idempotency-Key header of 8 to 255 visible characters, new for each intention and the same for its retries.',
  );
}
