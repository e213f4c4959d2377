import type { IncomingMessage } from 'node:http';

/** Largest body that is read. Shopify's largest orders are some hundred kB. */
export const LARGEST_BODY = 2 * 1024 * 1024;

export type RawBody =
  { kind: 'whole'; bytes: Buffer } | { kind: 'too-large' } | { kind: 'too-slow' } | { kind: 'cut-off' };

/** The bytes as they came, which is what the signature is over. Never rejects. */
export function readRawBody(request: IncomingMessage, patienceMs: number): Promise<RawBody> {
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY) return Promise.resolve({ kind: 'too-large' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > LARGEST_BODY) finish({ kind: 'too-large' });
      else chunks.push(chunk);
    };
    const whole = (): void =>
      finish({ kind: 'whole', bytes: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks) });
    const cutOff = (): void => finish({ kind: 'cut-off' });
    const timer = setTimeout(() => finish({ kind: 'too-slow' }), patienceMs);
    function finish(body: RawBody): void {
      clearTimeout(timer);
      request.off('data', take).off('end', whole).off('error', cutOff).off('close', cutOff);
      resolve(body);
    }
    request.on('data', take).on('end', whole).on('error', cutOff).on('close', cutOff);
  });
}
