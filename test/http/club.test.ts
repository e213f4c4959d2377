import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { clubRoutes } from '../../src/http/club.js';
import { hostedPage } from '../../src/http/storefront/hosted-page.js';
import { pageTokens } from '../../src/http/storefront/page-token.js';
import { storefrontRoutes } from '../../src/http/storefront/routes.js';
import { NASTY } from '../browser/support/nasty.js';
import { rememberingShop } from './remembering-shop.js';
import { aGate, bearer, findStore, serving, type Serving, SHOP } from './serving.js';

const ring = (byte: number) => [{ id: 'k1', key: Buffer.alloc(32, byte) }];
const tokens = pageTokens(ring(1));
const shop = rememberingShop();
let served: Serving;

beforeAll(async () => {
  const parts = { storefront: shop.verbs, findStore, tokens, publicUrl: 'https://points.example' };
  const routes = [...storefrontRoutes(shop.verbs), ...clubRoutes(parts)];
  served = await serving(routes, aGate({ proofs: { query: [], bearer: [tokens.proof] } }));
});
afterAll(() => served.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(served.url + path, { headers });

describe('the hosted page of a program, for mails and QR codes', () => {
  test('has an address for each store, speaks the reader’s language, and is whole without a script', async () => {
    const answer = await get(`/club/${SHOP}?ref=ANA1&code=CANAL&card=earn&utm_source=mail`, {
      'accept-language': 'nb-NO,nb;q=0.9',
    });
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(text).toContain('<html lang="nb">');
    expect(text).toContain('<li>A &lt;point&gt; for every €1.00 spent.</li>');
    for (const said of [
      'view="page"',
      'referral="ANA1"',
      'check-in="CANAL"',
      'card="earn"',
      `sign-in="https://${SHOP}/account"`,
    ])
      expect(text).toContain(said);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src https://points.example;");
    expect(policy).not.toContain('unsafe');
    expect((await get('/club/nobody.myshopify.com')).status).toBe(404);
    expect((await get(`/club/${SHOP}?card=elsewhere`)).status).toBe(400);
  });

  test('its token makes a guest of that store, and never anybody else', async () => {
    const { token } = (await (await get(`/club/${SHOP}/session`)).json()) as { token: string };
    shop.asked.length = 0;
    expect((await get('/storefront/v1/program', bearer(token))).status).toBe(200);
    expect(shop.asked).toEqual([{ verb: 'program', by: '1/shopify/guest' }]);
    expect((await get('/storefront/v1/history', bearer(token))).status).toBe(403);
    expect((await get('/storefront/v1/program')).status).toBe(401);
  });

  test('a token that is altered, of another key, of another kind, or too old is none', async () => {
    const now = Date.now();
    const token = tokens.sign({ platform: 'shopify', key: SHOP }, now);
    expect(await tokens.proof(token, now)).toEqual({ platform: 'shopify', store: SHOP, customer: null });
    const [kind, id, payload = '', mac] = token.split('~');
    const other = Buffer.from(
      Buffer.from(payload, 'base64url').toString().replace(SHOP, 'thistles.myshopify.com'),
    ).toString('base64url');
    const wrong = [
      [kind, id, other, mac].join('~'),
      ['link', id, payload, mac].join('~'),
      [kind, 'k9', payload, mac].join('~'),
      [kind, id, payload].join('~'),
      pageTokens(ring(2)).sign({ platform: 'shopify', key: SHOP }, now),
      '',
    ];
    for (const one of wrong) expect([one, await tokens.proof(one, now)]).toEqual([one, null]);
    expect(await tokens.proof(token, now + 3_600_000)).toBeNull();
  });

  test.each(NASTY)('T24: %s stays text in it, wherever it came from', (nasty) => {
    const { body } = hostedPage({
      told: {
        name: nasty,
        language: 'en',
        sections: [{ id: 'earning', title: nasty, sentences: [{ id: 'x', sentence: nasty }] }],
      },
      service: 'https://points.example',
      api: '/storefront/v1',
      tokenUrl: null,
      shop: `https://shop.example/?x=${nasty}`,
      signIn: 'https://shop.example/account',
      asked: { referral: nasty, code: nasty },
    });
    const escaped = nasty
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
      .replace(/'/g, '&#39;');
    const text = String(body);
    expect(text).toContain(`<li>${escaped}</li>`);
    expect(text).toContain(`check-in="${escaped}"`);
    expect(text.replaceAll(escaped, '')).not.toMatch(/__xss(?!.*<\/a>)/);
  });
});
