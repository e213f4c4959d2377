import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkStoreUrl, guardedAgents, isPublicAddress } from '../../src/platforms/guarded-agent.js';
import { wooClient } from '../../src/platforms/woocommerce/client.js';

/** T22: a store's address is chosen by a stranger. Nothing of ours may be reached through it. */
const STRICT = { allowPrivate: false };

describe('T22 addresses that no shop can have', () => {
  const SPELLINGS = [
    'http://shop.example.com',
    'ftp://shop.example.com',
    'file:///etc/passwd',
    'gopher://127.0.0.1',
    'javascript:alert(1)',
    'shop.example.com',
    '',
    'https://127.0.0.1',
    'https://127.1',
    'https://127.0.1',
    'https://0',
    'https://0.0.0.0',
    'https://2130706433',
    'https://0x7f000001',
    'https://0x7f.1',
    'https://0177.0.0.1',
    'https://017700000001',
    'https://１２７.0.0.1',
    'https://①②⑦.0.0.1',
    'https://127。0。0。1',
    'https://%31%32%37.0.0.1',
    'https://[::1]',
    'https://[::]',
    'https://[::ffff:127.0.0.1]',
    'https://[::ffff:7f00:1]',
    'https://[0:0:0:0:0:ffff:127.0.0.1]',
    'https://[64:ff9b::7f00:1]',
    'https://[2002:7f00:1::]',
    'https://[fe80::1]',
    'https://[fd00::1]',
    'https://169.254.169.254',
    'https://10.0.0.1',
    'https://8.8.8.8',
    'https://localhost',
    'https://localhost.',
    'https://LOCALHOST',
    'https://a.localhost',
    'https://db.internal',
    'https://printer.local',
    'https://intranet',
    'https://name:secret@shop.example.com',
    'https://shop.example.com@127.0.0.1',
    'https://shop.example.com:22',
    'https://shop.example.com:6379',
    'https://shop.example.com?x=1',
    'https://shop.example.com#x',
  ];
  test.each(SPELLINGS)('%s', (spelling) => {
    expect(() => checkStoreUrl(spelling, STRICT)).toThrow(
      expect.objectContaining({ code: 'store_url_refused', status: 400 }),
    );
  });

  test('what a shop has is taken, without the slash at its end', () => {
    expect(checkStoreUrl(' https://Shop.Example.com/store/ ', STRICT).href).toBe('https://shop.example.com/store');
    expect(checkStoreUrl('https://shop.example.com:8443', STRICT).host).toBe('shop.example.com:8443');
  });

  test('of addresses only public unicast is public', () => {
    const no = [
      '127.0.0.1',
      '10.1.2.3',
      '172.16.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '224.0.0.1',
      '255.255.255.255',
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      '::ffff:10.0.0.1',
      '64:ff9b::a00:1',
      '2002:a00:1::',
      '2001::1',
      'x',
    ];
    expect(no.filter(isPublicAddress)).toEqual([]);
    expect(
      ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:93.184.216.34'].filter(isPublicAddress),
    ).toHaveLength(3);
  });
});

describe('T22 names that lead inside', () => {
  let canary: Server;
  let port = 0;
  let touched = 0;
  beforeAll(async () => {
    canary = createServer((_req, res) => res.end('{}')).on('connection', () => (touched += 1));
    await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
    port = (canary.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => canary.close(resolve)));

  const connect = (resolve: (host: string) => Promise<string[]>): Promise<string> => {
    const { httpAgent } = guardedAgents({ allowPrivate: false, resolve });
    return import('node:http').then(
      ({ get }) =>
        new Promise((done) => {
          get(`http://shop.example.com:${port}/`, { agent: httpAgent }, () => done('answered')).on('error', (error) =>
            done(error.message),
          );
        }),
    );
  };

  const ANSWERS: [string, string[]][] = [
    ['loopback', ['127.0.0.1']],
    ['loopback in IPv6', ['::1']],
    ['mapped loopback', ['::ffff:127.0.0.1']],
    ['a public address beside a private one', ['93.184.216.34', '127.0.0.1']],
    ['NAT64 of loopback', ['64:ff9b::7f00:1']],
    ['nothing', []],
  ];
  test.each(ANSWERS)('a name that resolves to %s is not connected to', async (_what, addresses) => {
    expect(await connect(async () => addresses)).not.toBe('answered');
    expect(touched).toBe(0);
  });

  test('rebinding: the name is asked once, and the socket goes to what was checked', async () => {
    let asked = 0;
    const answer = connect(async () => (asked++ === 0 ? ['192.0.2.1'] : ['127.0.0.1']));
    expect(await answer).not.toBe('answered');
    expect(asked).toBe(1);
    expect(touched).toBe(0);
  });

  test('the client as a whole: a name that leads inside is refused, the canary stays untouched', async () => {
    const guard = { allowPrivate: false, resolve: async () => ['127.0.0.1'] };
    const client = wooClient(
      { url: 'https://shop.example.com', consumerKey: 'ck', consumerSecret: 'cs' },
      { guard, timeoutMs: 500 },
    );
    await expect(client.get('orders')).rejects.toMatchObject({ code: 'store_url_refused' });
    expect(touched).toBe(0);
  });

  test('with the flag for development the same name is reached', async () => {
    const { httpAgent } = guardedAgents({ allowPrivate: true, resolve: async () => ['127.0.0.1'] });
    const { get } = await import('node:http');
    const status = await new Promise((done) => {
      get(`http://shop.example.com:${port}/`, { agent: httpAgent }, (res) => done(res.resume().statusCode)).on(
        'error',
        done,
      );
    });
    expect(status).toBe(200);
    expect(touched).toBe(1);
    httpAgent.destroy();
  });
});
