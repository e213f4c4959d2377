import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readPerks } from '../../extensions/discount/src/perks.js';
import type { CreditOrder, StandingDiscount } from '../../src/commerce/outbound-platform.js';
import { RetryLater } from '../../src/lib/errors.js';
import { endOf } from '../../src/platforms/shopify/credits.js';
import { perksKey } from '../../src/platforms/shopify/perks.js';
import { shopifyPlatform } from '../../src/platforms/shopify/platform.js';
import { shopifyApp } from '../../src/platforms/shopify/app.js';
import { systemClock } from '../../src/lib/clock.js';
import { APP, connectShopify, type ConnectedShopify, EUR } from './support/stores.js';

/** B4, B7, D6: perks that the checkout takes off by itself, and points that become store credit, against the official schema. */
let all: ConnectedShopify;
const anna = () => {
  const found = all.store.shop.customerByEmail('anna@example.test');
  if (!found) throw new Error('nobody is called Anna');
  return found;
};
const UNTIL = Date.parse('2027-01-01T12:00:00Z');
const TEN_PERCENT: StandingDiscount = { kind: 'percent', hundredths: 1000, least: 2500, products: null };

beforeAll(async () => {
  all = await connectShopify();
});
afterAll(() => all.close());

describe('perks', () => {
  const mirror = (version: string, discounts: StandingDiscount[] | null) =>
    all.platform.mirrorBalances([
      {
        ...{ customer: anna().id, available: '1', pending: '0', version, label: 'points' },
        ...(discounts ? { perks: { discounts, until: UNTIL } } : {}),
      },
    ]);
  const note = () => anna().meta['$app.perks']?.value;
  const discounts = () => all.store.shop.state.appDiscounts ?? [];

  test('one discount runs the Function, however often it is looked after', async () => {
    await all.platform.keepPerks?.(['sale']);
    await all.platform.keepPerks?.(['sale']);
    expect(discounts().map(({ handle }) => handle)).toEqual(['tallymark-perks']);
    expect(discounts()[0]?.meta['$app.perks-key']?.value).toBe(perksKey(all.app, all.store.domain));
    expect(discounts()[0]?.meta['$app.perks-tags']?.value).toBe('{"tags":["sale"]}');
    await all.platform.keepPerks?.(['new', 'sale']);
    expect(discounts().map(({ meta }) => meta['$app.perks-tags']?.value)).toEqual(['{"tags":["new","sale"]}']);
  });

  test('what is mirrored is what the Function reads with the discount’s key, for this customer alone', async () => {
    await mirror('1', [TEN_PERCENT]);
    const key = discounts()[0]?.meta['$app.perks-key']?.value ?? '';
    expect(readPerks(note() ?? '', key, anna().id, '2026-12-31')).toEqual({
      ...{ currency: 'EUR', exponent: 2, shipping: [] },
      percents: [{ hundredths: 1000, least: 2500, products: null }],
    });
    expect(readPerks(note() ?? '', key, '1', '2026-12-31')).toBeNull();
    expect(readPerks(note() ?? '', perksKey(all.app, 'other.myshopify.com'), anna().id, '2026-12-31')).toBeNull();
  });

  test('who loses the level loses it without earning anything; a program without perks says nothing of them', async () => {
    await mirror('1', []);
    expect(note()).toBe('none');
    await mirror('2', null);
    expect(note()).toBe('none');
    const ben = all.store.shop.customerByEmail('ben@example.test');
    await all.platform.mirrorBalances([
      {
        customer: ben?.id ?? '',
        available: '0',
        pending: '0',
        version: '1',
        label: 'points',
        perks: { discounts: [], until: UNTIL },
      },
    ]);
    expect(ben?.meta['$app.perks']).toBeUndefined();
  });

  test('after the app’s secret has changed the discount gets the new key', async () => {
    const rotated = shopifyApp({ ...APP, apiSecret: 'another-secret-of-ours' }, 'localhost', {
      standIn: () => all.store.url,
    });
    const platform = shopifyPlatform(rotated, { shop: all.store.domain, vault: all.vault, money: EUR }, systemClock);
    await platform.keepPerks?.([]);
    expect(discounts().map(({ meta }) => meta['$app.perks-key']?.value)).toEqual([perksKey(rotated, all.store.domain)]);
  });
});

describe('store credit', () => {
  let next = 0;
  let order: CreditOrder;
  beforeEach(() => {
    order = { key: `redemption-${(next += 1)}`, customer: anna().id, off: 500, currency: EUR, at: Date.now() };
  });
  const given = () => (anna().credits ?? []).map(({ off, expiresAt }) => ({ off, expiresAt }));
  const give = (what = order) => all.platform.giveCredit?.(what);

  test('D6 is given once, however often it is asked for', async () => {
    const before = given().length;
    const first = await give();
    expect(await give()).toEqual(first);
    expect(await all.platform.findCredit?.(order)).toEqual(first);
    expect(given().slice(before)).toEqual([{ off: 500, expiresAt: endOf(order) }]);
  });

  test('an answer that was lost is found by the credit’s own end, not given again', async () => {
    const before = given().length;
    all.faults.answer({ kind: 'reset-after', on: /GiveCredit/ });
    await expect(give()).rejects.toBeInstanceOf(RetryLater);
    expect(await give()).toEqual({ ref: expect.stringContaining('StoreCreditAccountCreditTransaction') });
    expect(given()).toHaveLength(before + 1);
  });

  test('the same amount for another redemption, or by the shop itself, is none of it', async () => {
    const own = { id: '77', off: 500, expiresAt: null, at: Date.now() };
    anna().credits = [...(anna().credits ?? []), own];
    expect(await all.platform.findCredit?.(order)).toBeNull();
    const before = given().length;
    await give();
    await give({ ...order, key: 'another' });
    expect(given()).toHaveLength(before + 2);
  });

  test('is found among many later ones, page by page', async () => {
    const ref = await give();
    for (let i = 0; i < 120; i += 1)
      anna().credits?.push({ id: String(90_000 + i), off: 1, expiresAt: null, at: Date.now() });
    expect(await give()).toEqual(ref);
  });

  test('what became of each is read in one walk: given twice, spent, ended before its time; nobody’s own credit among them', async () => {
    const at = Date.now();
    const orders = ['a', 'b', 'c'].map((key) => ({ ...order, key: `${order.key}-${key}`, at }));
    for (const one of orders.slice(0, 2)) await give(one);
    const [first, second] = (anna().credits ?? []).slice(-2);
    if (!first || !second) throw new Error('nothing was given');
    Object.assign(first, { spent: 120, ended: 30 });
    anna().credits?.push({ ...second, id: '424242' }, { id: '79', off: 500, expiresAt: null, at });
    const found = await all.platform.findCredits?.(orders);
    expect([...(found?.values() ?? [])].map((each) => each.map(({ off, left, ended }) => [off, left, ended]))).toEqual([
      [[500, 350, 30]],
      [
        [500, 500, 0],
        [500, 500, 0],
      ],
      [],
    ]);
    expect(await all.platform.findCredits?.(orders.map((one) => ({ ...one, customer: '99999999' })))).toBeNull();
  });

  test('a customer who is gone is refused for good', async () => {
    await expect(give({ ...order, customer: '99999999' })).rejects.toMatchObject({ code: 'credit_refused' });
  });

  test('where the shop has it switched off, its owner is told how to switch it on', async () => {
    expect(await all.platform.obstacles(['store-credit'])).toEqual({});
    all.store.shop.settings.storeCredit = false;
    expect(await all.platform.obstacles(['store-credit'])).toEqual({
      'store-credit': expect.stringMatching(/Settings/),
    });
    expect(await all.platform.obstacles(['amount-off'])).toEqual({});
    all.store.shop.settings.storeCredit = true;
  });
});
