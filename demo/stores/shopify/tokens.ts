import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { json, type Handler } from '../serve.js';

export interface TokenPair {
  access: string;
  expires: number;
  refresh: string;
  refreshExpires: number;
  /** A refresh token may be used again until what it brought is first used. */
  previous: string | null;
  used: boolean;
}

export interface AppIdentity {
  key: string;
  secret: string;
  scopes: string;
}

const HOUR = 3_600_000;
const QUARTER = 90 * 24 * HOUR;

/** One app's offline tokens in one shop: exchanged for a session token, refreshed in rotation, dead when uninstalled. */
export class Tokens {
  readonly pairs: TokenPair[];
  private readonly app: () => AppIdentity;
  private readonly domain: string;
  private readonly now: () => number;
  private readonly lifeMs: number;

  constructor(pairs: TokenPair[], app: () => AppIdentity, domain: string, now: () => number, lifeMs = HOUR) {
    this.pairs = pairs;
    this.app = app;
    this.domain = domain;
    this.now = now;
    this.lifeMs = lifeMs;
  }

  allows(access: string): boolean {
    const pair = this.pairs.find((each) => each.access === access);
    if (!pair || pair.expires <= this.now()) return false;
    pair.used = true;
    return true;
  }

  /** The app was uninstalled, or its access was revoked. */
  revoke(): void {
    this.pairs.length = 0;
  }

  private issue(previous: string | null): TokenPair {
    const now = this.now();
    const pair: TokenPair = {
      access: `shpat_${randomBytes(16).toString('hex')}`,
      expires: now + this.lifeMs,
      refresh: `shprt_${randomBytes(16).toString('hex')}`,
      refreshExpires: now + QUARTER,
      previous,
      used: false,
    };
    this.pairs.push(pair);
    return pair;
  }

  private refresh(token: string): TokenPair | null {
    const current = this.pairs.at(-1);
    if (!current) return null;
    const retried = current.previous === token && !current.used;
    if ((current.refresh !== token || current.refreshExpires <= this.now()) && !retried) return null;
    return retried ? current : this.issue(token);
  }

  handler(): Handler {
    return (request) => {
      if (request.path !== '/admin/oauth/access_token' || request.method !== 'POST') return null;
      const body = JSON.parse(request.body.toString()) as Record<string, string>;
      const app = this.app();
      const refuse = (code: string, why: string) => json(400, { error: code, error_description: why });
      if (body.client_id !== app.key || body.client_secret !== app.secret)
        return refuse('invalid_client', 'Client authentication failed.');
      const exchange = body.grant_type === 'urn:ietf:params:oauth:grant-type:token-exchange';
      if (exchange && !this.isSessionToken(body.subject_token ?? ''))
        return refuse('invalid_subject_token', 'The subject token is invalid or expired.');
      const pair = exchange
        ? this.issue(null)
        : body.grant_type === 'refresh_token'
          ? this.refresh(body.refresh_token ?? '')
          : null;
      if (!pair) return refuse('invalid_grant', 'The refresh token is invalid, expired or was replaced.');
      return json(200, {
        access_token: pair.access,
        scope: app.scopes,
        expires_in: Math.max(0, Math.floor((pair.expires - this.now()) / 1000)),
        refresh_token: pair.refresh,
        refresh_token_expires_in: Math.floor((pair.refreshExpires - this.now()) / 1000),
      });
    };
  }

  private isSessionToken(token: string): boolean {
    const [head = '', payload = '', signature = ''] = token.split('.');
    const expected = createHmac('sha256', this.app().secret).update(`${head}.${payload}`).digest();
    const given = Buffer.from(signature, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { dest?: string; exp?: number };
    return claims.dest === `https://${this.domain}` && Number(claims.exp) * 1000 > Date.now();
  }
}
