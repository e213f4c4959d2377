import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

/** Never in a log, wherever it stands: secrets, identities, bodies. Logs carry ids only (delivery, activity, transfer). */
const SECRET = [
  'authorization', 'cookie', 'password', 'secret', 'token', 'accessToken', 'refreshToken', 'apiSecret',
  'consumerKey', 'consumerSecret', 'consumer_key', 'consumer_secret', 'signature', 'hmac', 'id_token', 'key', 'keys',
  'email', 'phone', 'name', 'body', 'code', 'databaseUrl', 'redisUrl', 'DATABASE_URL', 'REDIS_URL',
]; // prettier-ignore

const REDACTED = SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/**
 * An error as a log may show it: what, where, and a machine's code; none of its other fields, which may carry a request,
 * a row (pg's `detail`) or credentials (axios' `config`).
 */
function plainError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  const reason = 'code' in error && typeof error.code === 'string' ? { reason: error.code } : {};
  return { type: name, message, stack, ...reason, ...(error.cause ? { cause: plainError(error.cause) } : {}) };
}

/** Lines of JSON on stdout (or `to`). Fields by which one grep tells a story: delivery, activity, transfer, request. */
export function createLogger(level: string, to?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: REDACTED, censor: '[redacted]' },
    serializers: { err: plainError },
  };
  return to ? pino(options, to) : pino(options);
}
