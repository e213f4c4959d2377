import { HttpResponseError, InvalidJwtError, RequestedTokenType, type Session } from '@shopify/shopify-api';
import { type Clock, type Millis, systemClock } from '../../lib/clock.js';
import { AppError, RetryLater } from '../../lib/errors.js';
import { lost, revoked, wireFault } from '../failures.js';
import type { ShopifyApp } from './app.js';

/** An offline token of one shop, with what renews it. Stored together or not at all. */
export interface ShopifyTokens {
  access: string;
  expires: Millis;
  refresh: string;
  refreshExpires: Millis;
  scopes: string;
}

/** Where one shop's tokens are kept. `exclusively` holds a lock over all processes while `work` runs. */
export interface TokenVault {
  load(): Promise<ShopifyTokens | null>;
  save(tokens: ShopifyTokens): Promise<void>;
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

/** Renewed this long before the end, so that no call starts with a token that dies under way. */
const EARLY_MS = 5 * 60_000;

/** Trades the owner's session token for the shop's offline token (expiring, with a refresh token). */
export async function exchangeToken(
  app: ShopifyApp,
  shop: string,
  sessionToken: string,
  clock: Clock = systemClock,
): Promise<ShopifyTokens> {
  const { session } = await app.current.auth
    .tokenExchange({ shop, sessionToken, requestedTokenType: RequestedTokenType.OfflineAccessToken, expiring: true })
    .catch((error: unknown) => {
      throw refusal(
        error,
        shop,
        () =>
          new AppError(
            'session_token_invalid',
            401,
            'Shopify did not accept the session; reload the page inside the Shopify admin.',
          ),
      );
    });
  return tokensOf(session, clock);
}

/**
 * The shop's access token, renewed when it is near its end. Whoever comes while another renews waits for the lock and
 * then finds the new pair: a refresh token is used once. `not` = a token that Shopify has just refused.
 */
export async function accessToken(
  app: ShopifyApp,
  shop: string,
  vault: TokenVault,
  clock: Clock,
  not?: string,
): Promise<string> {
  const good = (tokens: ShopifyTokens | null): string | null =>
    tokens !== null && tokens.access !== not && tokens.expires - EARLY_MS > clock.now() ? tokens.access : null;
  const known = good(await vault.load());
  if (known !== null) return known;
  return vault.exclusively(async () => {
    const current = await vault.load();
    const renewedByOther = good(current);
    if (renewedByOther !== null) return renewedByOther;
    if (!current || current.refreshExpires <= clock.now()) throw revoked(`Shopify ${shop}`);
    const renewed = await refresh(app, shop, current, clock);
    await vault.save(renewed);
    return renewed.access;
  });
}

async function refresh(app: ShopifyApp, shop: string, tokens: ShopifyTokens, clock: Clock): Promise<ShopifyTokens> {
  const { session } = await app.current.auth
    .refreshToken({ shop, refreshToken: tokens.refresh })
    .catch((error: unknown) => {
      throw refusal(error, shop, () => revoked(`Shopify ${shop}`));
    });
  return tokensOf(session, clock);
}

/** The library's errors hold bodies and headers; ours hold neither. `no` = what a clear refusal (400, 401, 403) means. */
function refusal(error: unknown, shop: string, no: () => AppError): Error {
  // the library reads a session token before it sends it: one that is over never leaves
  if (error instanceof InvalidJwtError) return no();
  const status = error instanceof HttpResponseError ? error.response.code : null;
  if (status !== null && [400, 401, 403].includes(status)) return no();
  if (status !== null) return new RetryLater(`Shopify ${shop} token: answered ${status}`, 30_000);
  return lost(`Shopify ${shop} token`, wireFault(error));
}

/** The library counts lifetimes by the machine's clock; ours may be another (the demo lets days pass). */
function tokensOf(session: Session, clock: Clock): ShopifyTokens {
  const ahead = clock.now() - systemClock.now();
  const { accessToken: access, refreshToken, expires, refreshTokenExpires, scope } = session;
  if (!access || !refreshToken || !expires || !refreshTokenExpires) {
    throw new RetryLater('Shopify token: the answer lacks an expiring token', 60_000);
  }
  return {
    access,
    expires: expires.getTime() + ahead,
    refresh: refreshToken,
    refreshExpires: refreshTokenExpires.getTime() + ahead,
    scopes: scope ?? '',
  };
}
