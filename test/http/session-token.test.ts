import { createHmac, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { proveMerchantToken, proveShopperToken } from '../../src/http/shopify/session-token.js';
import { APP, merchantToken, OTHER_SHOP, SHOP, shopperToken } from './serving.js';

const now = () => Date.now();
const asMerchant = (token: string, at = now()) => proveMerchantToken(token, APP, at);
const asShopper = (token: string, at = now()) => proveShopperToken(token, APP, at);
const seconds = () => Math.floor(Date.now() / 1000);

/** A token put together by hand, so that it may be as wrong as it likes. */
function handMade(header: string, payload: string, secret = APP.secrets[0] ?? ''): string {
  const encoded = `${Buffer.from(header).toString('base64url')}.${Buffer.from(payload).toString('base64url')}`;
  return `${encoded}.${createHmac('sha256', secret).update(encoded).digest('base64url')}`;
}

const admin = (more: object = {}) =>
  JSON.stringify({
    iss: `https://${SHOP}/admin`,
    dest: `https://${SHOP}`,
    aud: APP.apiKey,
    sub: '42',
    exp: seconds() + 50,
    nbf: seconds() - 1,
    iat: seconds() - 1,
    ...more,
  });
const HS256 = '{"alg":"HS256","typ":"JWT"}';

describe('T10: session tokens of Shopify', () => {
  test('a genuine one of the admin names the shop', async () => {
    expect(await asMerchant(await merchantToken())).toEqual({ shop: SHOP, user: '42' });
    expect(await asMerchant(handMade(HS256, admin()))).toEqual({ shop: SHOP, user: '42' });
  });

  test('a genuine one of an extension names the shop and the customer, or nobody', async () => {
    expect(await asShopper(await shopperToken({ customer: '7' }))).toEqual({ shop: SHOP, customer: '7' });
    expect(await asShopper(await shopperToken({ customer: null }))).toEqual({ shop: SHOP, customer: null });
  });

  test('neither stands for the other', async () => {
    expect(await asShopper(await merchantToken())).toBeNull();
    expect(await asMerchant(await shopperToken())).toBeNull();
  });

  test('the previous secret is honoured while it rotates', async () => {
    const rotated = { ...APP, secrets: ['the-new-one', ...APP.secrets] };
    expect(await proveMerchantToken(await merchantToken(), rotated, now())).toEqual({ shop: SHOP, user: '42' });
  });

  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const wrong: [string, () => string | Promise<string>][] = [
    ['nothing', () => ''],
    ['no token', () => 'null'],
    ['two parts', () => handMade(HS256, admin()).split('.').slice(0, 2).join('.')],
    ['four parts', () => `${handMade(HS256, admin())}.x`],
    ['a space behind it', () => `${handMade(HS256, admin())} `],
    ['a line break in it', () => handMade(HS256, admin()).replace('.', '.\n')],
    ['padding', () => `${handMade(HS256, admin())}=`],
    ['alg none', () => handMade('{"alg":"none"}', admin()).replace(/[^.]*$/, '')],
    ['alg none, signed', () => handMade('{"alg":"none"}', admin())],
    ['alg HS512 in the header', () => handMade('{"alg":"HS512"}', admin())],
    ['alg in lower case', () => handMade('{"alg":"hs256"}', admin())],
    [
      'RS256 of a key of their own',
      () =>
        new SignJWT(JSON.parse(admin()) as object as Record<string, unknown>)
          .setProtectedHeader({ alg: 'RS256' })
          .sign(rsa.privateKey),
    ],
    ['another secret', () => merchantToken({ secret: 'not-the-secret' })],
    ['an empty secret', () => handMade(HS256, admin(), '')],
    ['one bit off', () => handMade(HS256, admin()).replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'))],
    ['another app', () => handMade(HS256, admin({ aud: 'another-api-key' }))],
    ['our app among others', () => handMade(HS256, admin({ aud: [APP.apiKey, 'another'] }))],
    ['no app', () => handMade(HS256, admin({ aud: undefined }))],
    ['dest of another shop', () => handMade(HS256, admin({ dest: `https://${OTHER_SHOP}` }))],
    ['iss of another shop', () => handMade(HS256, admin({ iss: `https://${OTHER_SHOP}/admin` }))],
    [
      'a shop that only ends alike',
      () => handMade(HS256, admin({ dest: 'https://evilmyshopify.com', iss: 'https://evilmyshopify.com/admin' })),
    ],
    [
      'a shop under another name',
      () => handMade(HS256, admin({ dest: `https://${SHOP}.evil.example`, iss: `https://${SHOP}.evil.example/admin` })),
    ],
    [
      'a shop with a user before it',
      () => handMade(HS256, admin({ dest: `https://x@${SHOP}`, iss: `https://x@${SHOP}/admin` })),
    ],
    ['http', () => handMade(HS256, admin({ dest: `http://${SHOP}`, iss: `http://${SHOP}/admin` }))],
    ['over', () => handMade(HS256, admin({ exp: seconds() - 6 }))],
    ['not yet', () => handMade(HS256, admin({ nbf: seconds() + 8 }))],
    ['for a day', () => handMade(HS256, admin({ exp: seconds() + 86_400 }))],
    ['for ever', () => handMade(HS256, admin({ exp: undefined }))],
    ['an end that is text', () => handMade(HS256, admin({ exp: '9999999999' }))],
    ['not JSON', () => handMade(HS256, 'hello')],
    ['an array', () => handMade(HS256, '[]')],
  ];
  test.each(wrong)('refused: %s', async (_, make) => {
    const token = await make();
    expect(await asMerchant(token)).toBeNull();
    expect(await asShopper(token)).toBeNull();
  });

  test('the edge of its life: good until 5 s after its end, not after', async () => {
    const exp = seconds() + 30;
    const token = handMade(HS256, admin({ exp }));
    expect(await asMerchant(token, (exp + 4) * 1000)).toEqual({ shop: SHOP, user: '42' });
    expect(await asMerchant(token, (exp + 5) * 1000)).toBeNull();
  });

  test('a customer is a customer of Shopify, nobody else', async () => {
    for (const sub of [
      '7',
      'gid://shopify/Customer/',
      'gid://shopify/Customer/7/8',
      'gid://shopify/Order/7',
      'gid://shopify/Customer/7%00',
      '',
    ])
      expect(await asShopper(handMade(HS256, admin({ iss: undefined, sub })))).toBeNull();
  });
});
