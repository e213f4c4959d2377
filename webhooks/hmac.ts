import { createHmac, timingSafeEqual } from 'node:crypto';

const BASE64 = /^[A-Za-z0-9+/]{43}=$/;
const HEX = /^[0-9a-f]{64}$/;

/**
 * True when `given` is HMAC-SHA256 of the raw bytes under one of the secrets, in the one encoding that the platform
 * uses: neither hex for base64, nor upper-case hex, nor a prefix. Every secret is tried, in constant time.
 */
export function isSigned(body: Buffer, given: string, encoding: 'base64' | 'hex', secrets: readonly string[]): boolean {
  if (!(encoding === 'hex' ? HEX : BASE64).test(given)) return false;
  const bytes = Buffer.from(given, encoding);
  let genuine = false;
  for (const secret of secrets) {
    if (secret === '') continue;
    const expected = createHmac('sha256', secret).update(body).digest();
    if (timingSafeEqual(expected, bytes)) genuine = true;
  }
  return genuine && bytes.toString(encoding) === given;
}
