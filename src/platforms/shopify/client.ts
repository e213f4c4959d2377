import { setTimeout as wait } from 'node:timers/promises';
import { GraphqlQueryError, HttpResponseError, Session } from '@shopify/shopify-api';
import * as z from 'zod';
import type { Clock } from '../../lib/clock.js';
import { AppError, RetryLater } from '../../lib/errors.js';
import { failureOf, lost, nonsense, wireFault } from '../failures.js';
import type { ShopifyApp } from './app.js';
import { accessToken, type TokenVault } from './tokens.js';

export interface ShopifyStore {
  shop: string;
  vault: TokenVault;
}

/** The Admin API of one shop. Throws RetryLater or AppError; what comes back has the shape that was asked for. */
export interface ShopifyClient {
  shop: string;
  run<T extends z.ZodType>(operation: string, variables: Record<string, unknown>, shape: T): Promise<z.output<T>>;
}

/** A throttled query was not run: for a short while it is worth waiting right here, so that a long read gets on. */
const SHORT_MS = 10_000;
const WAITS = 4;

const cost = z.object({
  cost: z.object({
    requestedQueryCost: z.number(),
    throttleStatus: z.object({
      maximumAvailable: z.number(),
      currentlyAvailable: z.number(),
      restoreRate: z.number().positive(),
    }),
  }),
});
const graphqlErrors = z.array(
  z.object({ message: z.string().catch(''), extensions: z.object({ code: z.string().nullish() }).nullish() }),
);

/** Shopify's Admin GraphQL through its own client, 2026-10; a token that was refused is renewed once. */
export function shopifyClient(app: ShopifyApp, store: ShopifyStore, clock: Clock): ShopifyClient {
  const send = async (operation: string, variables: Record<string, unknown>, token: string): Promise<unknown> => {
    const session = new Session({
      id: `offline_${store.shop}`,
      shop: store.shop,
      state: '',
      isOnline: false,
      accessToken: token,
    });
    const { data } = await new app.current.clients.Graphql({ session }).request(operation, { variables });
    return data;
  };
  const sendPatiently = async (
    operation: string,
    variables: Record<string, unknown>,
    token: string,
  ): Promise<unknown> => {
    for (let waits = 0; ; waits += 1) {
      try {
        return await send(operation, variables, token);
      } catch (error) {
        const ms = throttledFor(error);
        if (ms === null || ms > SHORT_MS || waits === WAITS) throw error;
        await wait(ms * (1 + Math.random() / 4));
      }
    }
  };
  return {
    shop: store.shop,
    run: async (operation, variables, shape) => {
      const what = `Shopify ${store.shop} ${/^\s*(?:query|mutation)\s+(\w+)/.exec(operation)?.[1] ?? 'query'}`;
      const token = await accessToken(app, store.shop, store.vault, clock);
      const data = await sendPatiently(operation, variables, token).catch(async (error: unknown) => {
        if (!wasRefused(error)) throw failed(error, what, clock);
        const renewed = await accessToken(app, store.shop, store.vault, clock, token);
        return sendPatiently(operation, variables, renewed).catch((again: unknown) => {
          throw failed(again, what, clock);
        });
      });
      const parsed = shape.safeParse(data);
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      throw nonsense(what, `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
    },
  };
}

/** How long until Shopify's bucket holds enough, when that is all that is wrong; null otherwise. */
function throttledFor(error: unknown): number | null {
  if (!(error instanceof GraphqlQueryError)) return null;
  const failure = refusedQuery(error, '');
  return failure instanceof RetryLater && failure.message.endsWith('throttled') ? failure.afterMs : null;
}

const wasRefused = (error: unknown): boolean => error instanceof HttpResponseError && error.response.code === 401;

function failed(error: unknown, what: string, clock: Clock): Error {
  if (error instanceof AppError || error instanceof RetryLater) return error;
  if (error instanceof GraphqlQueryError) return refusedQuery(error, what);
  if (error instanceof HttpResponseError) {
    const { code, headers } = error.response;
    const after = headers?.['Retry-After'];
    const text = Array.isArray(after) ? after[0] : after;
    return (
      failureOf(code, typeof text === 'string' ? text : null, what, clock.now()) ?? nonsense(what, `answered ${code}`)
    );
  }
  return lost(what, wireFault(error));
}

function refusedQuery(error: GraphqlQueryError, what: string): Error {
  const body = error.body as { errors?: { graphQLErrors?: unknown }; extensions?: unknown } | undefined;
  const list = graphqlErrors.safeParse(body?.errors?.graphQLErrors).data ?? [];
  const code = list.find((each) => each.extensions?.code)?.extensions?.code ?? 'unknown';
  if (code === 'THROTTLED') return new RetryLater(`${what}: throttled`, untilAffordable(body?.extensions));
  if (code === 'ACCESS_DENIED')
    return new AppError(
      'platform_scope_missing',
      409,
      `${what}: the shop has not granted what this needs. Open the app in the Shopify admin to approve it.`,
    );
  if (code === 'INTERNAL_SERVER_ERROR' || code === 'TIMEOUT') return new RetryLater(`${what}: ${code}`, 30_000);
  return new AppError('platform_refused', 502, `${what}: refused (${code}) ${list[0]?.message.slice(0, 200) ?? ''}`);
}

/** How long the bucket takes to hold what the query costs; ten seconds when Shopify does not say. */
function untilAffordable(extensions: unknown): number {
  const told = cost.safeParse(extensions).data?.cost;
  if (!told) return 10_000;
  const missing = told.requestedQueryCost - told.throttleStatus.currentlyAvailable;
  return Math.max(1_000, Math.ceil((missing / told.throttleStatus.restoreRate) * 1000));
}
