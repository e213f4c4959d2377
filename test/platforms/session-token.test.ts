import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { shopifyApp } from '../../src/platforms/shopify/app.js';
import { verifySessionToken } from '../../src/platforms/shopify/session-token.js';

/** T10: whoever can forge a session token is the owner of a shop. */
const SECRET = 'hush-hush';
const SHOP = 'a-shop.myshopify.com';
const app = shopifyApp({ apiKey: 'our-key', apiSecret: SECRET, previousSecret: 'old-hush' }, 'localhost');
const seconds = (): number => Math.floor(Date.now() / 1000);
const part = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const claims = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  iss: `https://${SHOP}/admin`,
  dest: `https://${SHOP}`,
  aud: 'our-key',
  sub: '42',
  exp: seconds() + 50,
  nbf: seconds() - 2,
  iat: seconds() - 2,
  jti: randomUUID(),
  sid: 's',
  ...change,
});
const token = (
  payload: unknown = claims(),
  head: unknown = { alg: 'HS256', typ: 'JWT' },
  secret = SECRET,
  digest = 'sha256',
): string => {
  const text = `${part(head)}.${part(payload)}`;
  return `${text}.${createHmac(digest, secret).update(text).digest('base64url')}`;
};
const lacking = (name: string) => Object.fromEntries(Object.entries(claims()).filter(([each]) => each !== name));

test('T10 a token of our app, of one shop, in force now, is believed', async () => {
  expect(await verifySessionToken(app, token(), Date.now())).toMatchObject({ shop: SHOP, subject: '42' });
  expect(await verifySessionToken(app, token(claims(), undefined, 'old-hush'), Date.now())).toMatchObject({
    shop: SHOP,
  });
  expect(await verifySessionToken(app, token(lacking('sub')), Date.now())).toMatchObject({ subject: null });
});

test('T10 the edges of its time, under a given clock', async () => {
  const now = Date.now();
  const at = Math.floor(now / 1000);
  const made = token(claims({ exp: at + 3, nbf: at - 3, iat: at - 3 }));
  const good = (clock: number) =>
    verifySessionToken(app, made, clock).then(
      () => true,
      () => false,
    );
  expect(await good((at + 3 + 4) * 1000)).toBe(true);
  expect(await good((at + 3 + 5) * 1000)).toBe(false);
  expect(await good((at - 3 - 5) * 1000)).toBe(true);
  expect(await good((at - 3 - 6) * 1000)).toBe(false);
});

describe('T10 tokens that are not', () => {
  const [head, payload, signature] = token().split('.') as [string, string, string];
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const rs = `${part({ alg: 'RS256' })}.${part(claims())}`;
  const twice = JSON.stringify(claims()).replace('{', `{"dest":"https://b-shop.myshopify.com",`);
  const BAD: [string, string][] = [
    ['nothing', ''],
    ['no token at all', 'Bearer'],
    ['alg none without a signature', `${part({ alg: 'none' })}.${payload}.`],
    ['alg none with the old signature', `${part({ alg: 'none' })}.${payload}.${signature}`],
    ['alg in other letters', token(claims(), { alg: 'hs256' })],
    ['alg HS512', token(claims(), { alg: 'HS512' }, SECRET, 'sha512')],
    ['alg RS256 of a stranger', `${rs}.${sign('sha256', Buffer.from(rs), privateKey).toString('base64url')}`],
    ['a public key as the secret', token(claims(), undefined, pem)],
    ['another secret', token(claims(), undefined, 'guess')],
    ['a changed claim', `${head}.${part(claims({ sub: '1' }))}.${signature}`],
    ['a critical header that nobody knows', token(claims(), { alg: 'HS256', crit: ['x'], x: 1 })],
    ['the audience of another app', token(claims({ aud: 'their-key' }))],
    ['an audience list', token(claims({ aud: ['our-key', 'their-key'] }))],
    ['no audience', token(lacking('aud'))],
    ['a destination elsewhere', token(claims({ dest: 'https://b-shop.myshopify.com' }))],
    ['an issuer elsewhere', token(claims({ iss: 'https://b-shop.myshopify.com/admin' }))],
    [
      'both elsewhere, name only ending so',
      token(claims({ dest: 'https://evilmyshopify.com', iss: 'https://evilmyshopify.com/admin' })),
    ],
    [
      'a suffix behind the shop',
      token(claims({ dest: `https://${SHOP}.evil.example`, iss: `https://${SHOP}.evil.example/admin` })),
    ],
    ['a user before the shop', token(claims({ dest: `https://x@${SHOP}` }))],
    ['plain http', token(claims({ dest: `http://${SHOP}`, iss: `http://${SHOP}/admin` }))],
    ['a path behind the destination', token(claims({ dest: `https://${SHOP}/x` }))],
    ['no issuer', token(lacking('iss'))],
    ['ended a minute ago', token(claims({ exp: seconds() - 60, nbf: seconds() - 120 }))],
    ['never ending', token(lacking('exp'))],
    ['made for a day', token(claims({ exp: seconds() + 86_400 }))],
    ['not yet in force', token(claims({ nbf: seconds() + 30 }))],
    ['made in the future', token(claims({ iat: seconds() + 30 }))],
    ['no id', token(lacking('jti'))],
    ['an end as text', token(claims({ exp: String(seconds() + 50) }))],
    ['the destination twice', token(twice)],
    ['a blank before it', ` ${token()}`],
    ['a line break inside', token().replace('.', '.\n')],
    ['four parts', `${token()}.x`],
    ['padding', `${token()}==`],
    ['far too long', token(claims({ pad: 'x'.repeat(5_000) }))],
  ];
  test.each(BAD)('%s', async (_name, bad) => {
    const error = await verifySessionToken(app, bad, Date.now()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'session_token_invalid', status: 401 });
    expect(JSON.stringify(error) + String((error as Error).message)).not.toContain('eyJ');
  });
});
