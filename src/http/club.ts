import * as z from 'zod';
import { AppError } from '../lib/errors.js';
import { type Route, route } from './contract.js';
import { hostedPage } from './storefront/hosted-page.js';
import { type FindStore, languageOf } from './storefront/identity.js';
import type { PageTokens } from './storefront/page-token.js';
import { BASE, forShopper, lang } from './storefront/shopper-routes.js';
import type { Shopper, StorefrontVerbs, StoreRef } from './storefront/verbs.js';

export interface ClubParts {
  storefront: Pick<StorefrontVerbs, 'howItWorks'>;
  findStore: FindStore;
  tokens: PageTokens;
  /** Our own address, without a slash at the end. */
  publicUrl: string;
}

/** A store by what its platform knows it by: its domain, or its path token. */
const params = z.strictObject({ store: z.string().regex(/^[\w.-]{1,200}$/) });
/** Mailing services add words of their own to links: these are left aside. */
const asked = z.object({
  lang,
  ref: z.string().max(64).optional().meta({ description: 'a friend’s code' }),
  code: z.string().max(64).optional().meta({ description: 'to check in with; from a poster’s QR code' }),
  card: z.enum(['home', 'rewards', 'earn', 'history']).optional(),
});

/** Where the customers of a shop sign in, by platform. */
const SIGN_IN: Record<string, string> = { shopify: '/account', woocommerce: '/my-account/' };

/** The program of a store as a page of its own, for mails and QR codes: everybody may read it; members sign in to their shop. */
export function clubRoutes({ storefront, findStore, tokens, publicUrl }: ClubParts): Route[] {
  const why = 'the public page of a program; it says what the shop says to every guest';
  const shared = { method: 'get', policy: { kind: 'open', why }, limit: 'outside' } as const;
  const storeOf = async (key: string): Promise<StoreRef> => {
    const store = await findStore(key.includes('.') ? 'shopify' : 'woocommerce', key);
    if (!store) throw new AppError('not_found', 404, 'There is no program of this store here.');
    return store;
  };
  const pageOf = async (shopper: Shopper, api: string, tokenUrl: string | null, query: z.infer<typeof asked>) => {
    const { store } = shopper;
    return hostedPage({
      told: await storefront.howItWorks(shopper),
      service: publicUrl,
      api,
      tokenUrl,
      shop: store.url,
      signIn: new URL(SIGN_IN[store.platform] ?? '/', store.url).href,
      asked: { referral: query.ref, code: query.code, card: query.card },
    });
  };
  return [
    route({
      ...shared,
      path: '/club/:store',
      name: 'club',
      summary: 'The program of a store as a page',
      params,
      query: asked,
      answers: { 200: null, 404: null },
      async handle({ params: { store: key }, query, header, now }) {
        const language = languageOf(query.lang ?? header('accept-language')?.split(',')[0] ?? null);
        const guest: Shopper = { store: await storeOf(key), customer: null, language, now };
        return pageOf(guest, BASE, `/club/${key}/session`, query);
      },
    }),
    route({
      ...shared,
      path: '/club/:store/session',
      name: 'clubSession',
      summary: 'A guest’s token for that page, good for an hour',
      params,
      answers: { 200: z.strictObject({ token: z.string() }), 404: null },
      async handle({ params: { store: key }, now }) {
        return { status: 200, body: { token: tokens.sign(await storeOf(key), now) } };
      },
    }),
    forShopper(
      {
        method: 'get',
        path: `${BASE}/page`,
        name: 'shopPage',
        summary:
          'The same page at the shop’s own address, where its platform stands in front and says who is signed in',
        limit: 'read',
        query: asked,
        answers: { 200: null },
      },
      async (shopper, { query }) => pageOf(shopper, '.', null, query),
    ),
  ];
}
