import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { AppError, RetryLater } from '../../src/lib/errors.js';
import { type Connected, connectShopify, connectWoo } from './support/stores.js';

/** What every platform does alike when its store stumbles (F20-F23), shown through the real clients on the demo stores. */
const PLATFORMS: [string, () => Promise<Connected>][] = [
  ['woocommerce', () => connectWoo()],
  ['shopify', () => connectShopify()],
];

describe.each(PLATFORMS)('%s', (name, connect) => {
  let all: Connected;
  beforeAll(async () => {
    all = await connect();
  });
  beforeEach(() => all.faults.clear());
  afterAll(() => all.close());

  const anna = () => {
    const customer = all.store.shop.customerByEmail('anna@example.test');
    if (!customer) throw new Error('Anna left');
    return customer;
  };
  const thrown = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => null,
      (error: unknown) => error,
    );

  describe('F20-F21 a store that stumbles', () => {
    const FAULTS = [
      { kind: 'status', status: 429, retryAfter: '7' },
      { kind: 'status', status: 429 },
      { kind: 'status', status: 500 },
      { kind: 'status', status: 502, body: '<html>' },
      { kind: 'status', status: 503, retryAfter: '120' },
      { kind: 'html' },
      { kind: 'empty' },
      { kind: 'truncated' },
      { kind: 'reset' },
      { kind: 'hang' },
      { kind: 'huge' },
      { kind: 'redirect', to: 'http://169.254.169.254/latest/meta-data' },
    ] as const;
    test.each(FAULTS)('$kind $status $retryAfter is tried again later', async (fault) => {
      all.faults.answer({ ...fault, times: 5 });
      const error = await thrown(all.platform.fetchCustomer(anna().id));
      expect(error).toBeInstanceOf(RetryLater);
      const { afterMs } = error as RetryLater;
      if ('retryAfter' in fault) expect(afterMs).toBe(Number(fault.retryAfter) * 1000);
      else expect(afterMs).toBeGreaterThanOrEqual(1_000);
    });

    test('429 with an HTTP date waits until then', async () => {
      const retryAfter = new Date(Date.now() + 90_000).toUTCString();
      all.faults.answer({ kind: 'status', status: 429, retryAfter, times: 5 });
      const { afterMs } = (await thrown(all.platform.fetchCustomer(anna().id))) as RetryLater;
      expect(afterMs).toBeGreaterThan(85_000);
      expect(afterMs).toBeLessThanOrEqual(90_000);
    });

    test('no failure repeats a credential', async () => {
      all.faults.answer({ kind: 'reset', times: 9 });
      const error = (await thrown(all.platform.fetchCustomer(anna().id))) as Error;
      const told = `${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
      expect(told).not.toMatch(/ck_|cs_|shpat_|shprt_|hush|oauth_|consumer/);
    });
  });

  test('F23 a store that no longer knows us says so once, as an error for its owner', async () => {
    const other = await connect();
    other.breakAccess();
    const error = await thrown(other.platform.fetchCustomer('1'));
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'platform_revoked' });
    await other.close();
    expect(all.platform.name).toBe(name);
  });
});
