import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { signedQuery } from '../../demo/stores/shopify/app-proxy.js';
import { shopifyApp } from '../../src/platforms/shopify/app.js';
import { verifyAppProxy } from '../../src/platforms/shopify/app-proxy.js';

/** T6: who the shopper is comes from the query alone, and a stranger writes queries. */
const SECRET = 'hush';
const SHOP = 'a-shop.myshopify.com';
const app = shopifyApp({ apiKey: 'key', apiSecret: SECRET, previousSecret: 'old-hush' }, 'localhost');
const now = (): number => Math.floor(Date.now() / 1000);

const ours = (change: Record<string, string> = {}): Record<string, string> => ({
  shop: SHOP,
  logged_in_customer_id: '7',
  path_prefix: '/apps/tallymark',
  timestamp: String(now()),
  ...change,
});
const good = (own = '', change: Record<string, string> = {}, secret = SECRET): string =>
  signedQuery(new URLSearchParams(own), ours(change), secret).toString();
/** Signs exactly these pairs, whatever they are: what an attacker with a signing oracle could not, but a sloppy verifier might take. */
const signed = (pairs: [string, string][], secret = SECRET): string => {
  const query = new URLSearchParams(pairs);
  const names = [...new Set(query.keys())].sort();
  const message = names.map((name) => `${name}=${query.getAll(name).join(',')}`).join('');
  query.append('signature', createHmac('sha256', secret).update(message).digest('hex'));
  return query.toString();
};
const pairs = (change: Record<string, string> = {}): [string, string][] => Object.entries(ours(change));
const without = (name: string): [string, string][] => pairs().filter(([each]) => each !== name);

describe('T6 queries that the shop signed', () => {
  const GOOD: [string, string, string | null][] = [
    ['plain', good(), '7'],
    ['nobody logged in', good('', { logged_in_customer_id: '' }), null],
    ['a customer beyond 2^53', good('', { logged_in_customer_id: '9100000000000000019' }), '9100000000000000019'],
    ['own parameters', good('unit=points&limit=10'), '7'],
    ['a repeated own parameter', good('ids=1&ids=2'), '7'],
    ['an own array', good('ids[]=1&ids[]=2'), '7'],
    ['a blank as plus', good('q=two+words'), '7'],
    ['a blank as %20', good('q=two%20words'), '7'],
    ['an ampersand inside', good('q=a%26b'), '7'],
    ['an equals sign inside', good('q=a%3Db'), '7'],
    ['a plus inside', good('q=a%2Bb'), '7'],
    ['an empty own parameter', good('q='), '7'],
    ['text beyond ASCII', good('q=%C5%82%C3%B3d%C5%BA%20%F0%9F%98%80'), '7'],
    ['own names before and after ours', good('aaa=1&zzz=2'), '7'],
    ['the secret before the rotation', good('', {}, 'old-hush'), '7'],
    ['eighty seconds old', good('', { timestamp: String(now() - 80) }), '7'],
    ['eighty seconds ahead', good('', { timestamp: String(now() + 80) }), '7'],
    ['with a question mark before it', `?${good()}`, '7'],
  ];
  test.each(GOOD)('%s', async (_name, query, customer) => {
    expect(await verifyAppProxy(app, query)).toMatchObject({ shop: SHOP, customer });
  });
});

describe('T6 queries that it did not', () => {
  const query = good('q=1');
  const signature = new URLSearchParams(query).get('signature') ?? '';
  const swapped = (name: string, value: string): string => {
    const changed = new URLSearchParams(query);
    changed.set(name, value);
    return changed.toString();
  };
  const BAD: [string, string][] = [
    ['nothing', ''],
    ['no signature', new URLSearchParams(pairs()).toString()],
    ['an empty signature', swapped('signature', '')],
    ['a short signature', swapped('signature', signature.slice(0, 32))],
    ['a signature in capitals', swapped('signature', signature.toUpperCase())],
    ['a signature with a blank', swapped('signature', `${signature} `)],
    ['a signature in base64', swapped('signature', Buffer.from(signature, 'hex').toString('base64'))],
    ['a signature of zeros', swapped('signature', '0'.repeat(64))],
    ['another secret', good('', {}, 'guess')],
    ['the empty secret', good('', {}, '')],
    ['another customer', swapped('logged_in_customer_id', '8')],
    [
      'a customer where nobody was',
      (() => {
        const q = new URLSearchParams(good('', { logged_in_customer_id: '' }));
        q.set('logged_in_customer_id', '8');
        return q.toString();
      })(),
    ],
    ['another shop', swapped('shop', 'b-shop.myshopify.com')],
    ['another prefix', swapped('path_prefix', '/apps/other')],
    ['another timestamp', swapped('timestamp', String(Number(new URLSearchParams(query).get('timestamp')) - 1))],
    ['a changed own parameter', swapped('q', '2')],
    ['an added parameter', `${query}&x=1`],
    ['a removed parameter', query.replace('q=1&', '')],
    ['shop twice', signed([...pairs(), ['shop', 'b-shop.myshopify.com']])],
    ['the same shop twice', signed([...pairs(), ['shop', SHOP]])],
    ['customer twice', signed([...pairs(), ['logged_in_customer_id', '8']])],
    ['customer twice, empty first', signed([['logged_in_customer_id', ''], ...pairs()])],
    ['timestamp twice', signed([...pairs(), ['timestamp', String(now())]])],
    ['prefix twice', signed([...pairs(), ['path_prefix', '/']])],
    ['signature twice', `${query}&signature=${signature}`],
    ['another signature before', `signature=${'0'.repeat(64)}&${query}`],
    ['customer joined by a comma', signed(pairs({ logged_in_customer_id: '7,8' }))],
    ['customer as an array', signed([...without('logged_in_customer_id'), ['logged_in_customer_id[]', '7']])],
    ['customer as a word', signed(pairs({ logged_in_customer_id: 'anna' }))],
    ['customer negative', signed(pairs({ logged_in_customer_id: '-7' }))],
    ['customer with a blank', signed(pairs({ logged_in_customer_id: ' 7' }))],
    ['customer as a fraction', signed(pairs({ logged_in_customer_id: '7.0' }))],
    ['customer in exponent form', signed(pairs({ logged_in_customer_id: '7e1' }))],
    ['customer of 30 digits', signed(pairs({ logged_in_customer_id: '7'.repeat(30) }))],
    ['no customer field', signed(without('logged_in_customer_id'))],
    ['no shop', signed(without('shop'))],
    ['no timestamp', signed(without('timestamp'))],
    ['an empty timestamp', signed(pairs({ timestamp: '' }))],
    ['a timestamp as a word', signed(pairs({ timestamp: 'now' }))],
    ['a timestamp as NaN', signed(pairs({ timestamp: 'NaN' }))],
    ['a timestamp with a fraction', signed(pairs({ timestamp: `${now()}.5` }))],
    ['a timestamp in milliseconds', signed(pairs({ timestamp: String(Date.now()) }))],
    ['a timestamp in exponent form', signed(pairs({ timestamp: '1.8e9' }))],
    ['a timestamp in hexadecimal', signed(pairs({ timestamp: `0x${now().toString(16)}` }))],
    ['a timestamp with a blank', signed(pairs({ timestamp: ` ${now()}` }))],
    ['a hundred seconds old', good('', { timestamp: String(now() - 100) })],
    ['a hundred seconds ahead', good('', { timestamp: String(now() + 100) })],
    ['a day old', good('', { timestamp: String(now() - 86_400) })],
    ['a shop elsewhere', good('', { shop: 'evil.example.com' })],
    ['a shop whose name only ends so', good('', { shop: 'evilmyshopify.com' })],
    ['a shop with a suffix', good('', { shop: 'a-shop.myshopify.com.evil.example' })],
    ['a shop in capitals', good('', { shop: 'A-Shop.myshopify.com' })],
    ['a shop with a port', good('', { shop: 'a-shop.myshopify.com:8443' })],
    ['a shop with a path', good('', { shop: 'a-shop.myshopify.com/x' })],
    ['a shop with a line break', good('', { shop: 'a-shop.myshopify.com\n' })],
    ['a shop with a user', good('', { shop: 'x@a-shop.myshopify.com' })],
    ['a prototype of a query', `${query}&__proto__=1`],
    ['names that run together', signed([...without('shop'), ['sho', `p=${SHOP}`]])],
  ];
  test.each(BAD)('%s', async (_name, bad) => {
    await expect(verifyAppProxy(app, bad)).rejects.toMatchObject({ code: 'proxy_signature_invalid', status: 401 });
  });

  test('the vector of Shopify (its age aside): sorted, joined by nothing', () => {
    const vector = signedQuery(
      new URLSearchParams(),
      { shop: 'a.myshopify.com', logged_in_customer_id: '7', path_prefix: '/apps/pts', timestamp: '1700000000' },
      SECRET,
    );
    expect(vector.get('signature')).toBe('0e79e92a09142d82996a448320fb8df9afad25105c02f1f4f69529969588f97d');
  });
});
