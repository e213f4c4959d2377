import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { type FixtureData, validateTestAssets } from '@shopify/shopify-function-test-helpers';
import fc from 'fast-check';
import { buildClientSchema, type IntrospectionQuery, parse } from 'graphql';
import { MOST_SIGNS, readPerks } from '../../extensions/discount/src/perks.js';
import {
  discountDelivery,
  discountLines,
  type DeliveryInput,
  type LinesInput,
} from '../../extensions/discount/src/run.js';
import { hmacHex } from '../../extensions/discount/src/sha256.js';
import type { StandingDiscount } from '../../src/commerce/outbound-platform.js';
import { writePerks } from '../../src/platforms/shopify/perks-note.js';

/** B3, B5, B7: what a level or a membership takes off by itself, computed in Shopify's checkout. */
const KEY = 'a'.repeat(64);
const EUR = { code: 'EUR', exponent: 2 };
const UNTIL = Date.parse('2026-12-31T12:00:00Z');
const TODAY = '2026-11-22';
const percent = (hundredths: number, least = 0, products: string[] | null = null): StandingDiscount => ({
  kind: 'percent',
  hundredths,
  least,
  products,
});
const noteOf = (discounts: StandingDiscount[], customer = '7') =>
  writePerks({ customer, money: EUR, until: UNTIL, discounts }, KEY);

interface Line {
  product: string;
  giftCard?: boolean;
  /** Those it has of what was asked about. */
  tags?: { tag: string; hasTag: boolean }[];
}
interface Case {
  note: string | null;
  lines?: Line[];
  subtotal?: string;
  rate?: string;
  date?: string;
  customer?: string;
  classes?: string[];
  key?: string;
}

const asked = ({ note, subtotal = '50.0', rate = '1.0', date = TODAY, customer = '7', classes, key = KEY }: Case) => ({
  cart: {
    buyerIdentity: {
      customer: { id: `gid://shopify/Customer/${customer}`, perks: note === null ? null : { value: note } },
    },
    cost: { subtotalAmount: { amount: subtotal } },
  },
  discount: { discountClasses: classes ?? ['PRODUCT', 'SHIPPING'], key: { value: key } },
  presentmentCurrencyRate: rate,
  shop: { localTime: { date } },
});
const linesInput = (given: Case): LinesInput => {
  const all = asked(given);
  const lines = (given.lines ?? [{ product: '11' }]).map(({ product, giftCard = false, tags = [] }, i) => ({
    id: `gid://shopify/CartLine/${i}`,
    merchandise: {
      __typename: 'ProductVariant',
      product: { id: `gid://shopify/Product/${product}`, isGiftCard: giftCard, tags },
    },
  }));
  return { ...all, cart: { ...all.cart, lines } };
};
const deliveryInput = (given: Case): DeliveryInput => {
  const all = asked(given);
  return { ...all, cart: { ...all.cart, deliveryGroups: [{ id: 'gid://shopify/CartDeliveryGroup/0' }] } };
};
/** What comes off each line, in per cent. */
const percents = (given: Case): Record<string, number> =>
  Object.fromEntries(
    discountLines(linesInput(given)).operations.flatMap(({ productDiscountsAdd: { candidates } }) =>
      candidates.flatMap(({ targets, value }) =>
        targets.map(({ cartLine }) => [cartLine.id.split('/').at(-1) ?? '', value.percentage.value] as const),
      ),
    ),
  );
const shipsFree = (given: Case) => discountDelivery(deliveryInput(given)).operations.length > 0;

describe('what comes off', () => {
  test('a level’s 10 % is on every line, on no gift card', () => {
    const lines = [{ product: '11' }, { product: '12', giftCard: true }, { product: '13' }];
    expect(percents({ note: noteOf([percent(1000)]), lines })).toEqual({ 0: 10, 2: 10 });
  });

  test('of two that hold on a line the better one alone counts', () => {
    const note = noteOf([percent(500), percent(1250, 0, ['12'])]);
    expect(percents({ note, lines: [{ product: '11' }, { product: '12' }] })).toEqual({ 0: 5, 1: 12.5 });
  });

  test('the least cart is of the shop’s currency, the cart of the buyer’s', () => {
    const note = noteOf([percent(1000, 5000)]);
    expect(percents({ note, subtotal: '50.0' })).toEqual({ 0: 10 });
    expect(percents({ note, subtotal: '49.99' })).toEqual({});
    // 50.00 EUR are 575.00 SEK
    expect(percents({ note, subtotal: '574.99', rate: '11.5' })).toEqual({});
    expect(percents({ note, subtotal: '575.0', rate: '11.5' })).toEqual({ 0: 10 });
  });

  test('shipping is free from the least cart on, and only where the discount may touch shipping', () => {
    const note = noteOf([{ kind: 'free-shipping', least: 3000 }]);
    expect(shipsFree({ note, subtotal: '30.0' })).toBe(true);
    expect(shipsFree({ note, subtotal: '29.99' })).toBe(false);
    expect(shipsFree({ note, classes: ['PRODUCT'] })).toBe(false);
    expect(percents({ note: noteOf([percent(1000)]), classes: ['SHIPPING'] })).toEqual({});
  });

  test('tags: any of these, none of those, and nothing where a tag was not asked about', () => {
    const asking = (asks: object): StandingDiscount => ({ ...percent(1000), ...{ asks } }) as StandingDiscount;
    const has = (tags: Record<string, boolean>) => ({
      ...{ product: '11', tags: Object.entries(tags).map(([tag, hasTag]) => ({ tag, hasTag })) },
    });
    const lines = [
      has({ sale: true, "l'été": false }),
      has({ sale: false, "l'été": true }),
      has({ sale: false }),
      has({}),
    ];
    const taken = (asks: object) => Object.keys(percents({ note: noteOf([asking(asks)]), lines }));
    expect(taken({ notTags: ['sale'] })).toEqual(['1', '2']);
    expect(taken({ tags: ["l'été", 'new'] })).toEqual(['1']);
    expect(taken({ tags: ['sale'], notTags: ["l'été"] })).toEqual(['0']);
    expect(taken({ categories: ['tea'] })).toEqual([]);
  });

  test('nothing for a guest, for nobody’s note, after its last day', () => {
    const note = noteOf([percent(1000), { kind: 'free-shipping', least: 0 }]);
    expect(percents({ note: null })).toEqual({});
    expect(percents({ note, date: '2026-12-31' })).toEqual({ 0: 10 });
    expect(percents({ note, date: '2027-01-01' })).toEqual({});
    expect(shipsFree({ note, date: '2027-01-01' })).toBe(false);
    const guest = linesInput({ note });
    expect(discountLines({ ...guest, cart: { ...guest.cart, buyerIdentity: null } })).toEqual({ operations: [] });
  });
});

describe('the signature', () => {
  test('SHA-256 and HMAC are those of the machine, for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme-ascii', maxLength: 300 }),
        fc.string({ unit: 'grapheme-ascii', maxLength: 64 }),
        (text, key) => {
          expect(hmacHex(key, text)).toBe(createHmac('sha256', key).update(text).digest('hex'));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('another customer’s note, another shop’s key, a changed sign: nothing comes off', () => {
    const note = noteOf([percent(1000)]);
    expect(percents({ note: noteOf([percent(1000)], '8') })).toEqual({});
    expect(percents({ note, key: 'b'.repeat(64) })).toEqual({});
    expect(percents({ note, key: '' })).toEqual({});
    fc.assert(
      fc.property(fc.nat({ max: note.length - 1 }), fc.constantFrom(...'0123456789abcdefpms|,.'), (at, sign) => {
        const changed = note.slice(0, at) + sign + note.slice(at + 1);
        expect(percents({ note: changed })).toEqual(changed === note ? { 0: 10 } : {});
      }),
      { numRuns: 300 },
    );
  });

  const someTags = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), {
    minLength: 1,
    maxLength: 3,
  });
  const asks = fc.oneof(
    fc.record({ tags: someTags }),
    fc.record({ notTags: someTags }),
    fc.record({ tags: someTags, notTags: someTags }),
  );
  const aDiscount: fc.Arbitrary<StandingDiscount> = fc.oneof(
    fc.record({
      kind: fc.constant('percent' as const),
      hundredths: fc.integer({ min: 1, max: 10_000 }),
      least: fc.integer({ min: 0, max: 1e9 }),
      products: fc.constant(null),
      asks,
    }),
    fc.record({
      kind: fc.constant('percent' as const),
      hundredths: fc.integer({ min: 1, max: 10_000 }),
      least: fc.integer({ min: 0, max: 1e9 }),
      products: fc.option(
        fc.array(fc.bigInt({ min: 1n, max: 10n ** 13n }).map(String), { minLength: 1, maxLength: 90 }),
      ),
    }),
    fc.record({ kind: fc.constant('free-shipping' as const), least: fc.integer({ min: 0, max: 1e9 }) }),
  );

  test('whatever the service writes is short enough, and is read as it was meant', () => {
    fc.assert(
      fc.property(fc.array(aDiscount, { maxLength: 8 }), (discounts) => {
        const note = noteOf(discounts);
        expect(note.length).toBeLessThanOrEqual(MOST_SIGNS);
        if (note === '') return;
        const read = readPerks(note, KEY, '7', TODAY);
        const shown = [
          ...(read?.percents ?? []).map((one) => JSON.stringify({ kind: 'percent', ...one })),
          ...(read?.shipping ?? []).map((one) => JSON.stringify({ kind: 'free-shipping', ...one })),
        ];
        const meant = discounts.map((one) => JSON.stringify(one));
        expect(shown.filter((one) => !meant.includes(one))).toEqual([]);
        expect(shown.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});

describe('against the official schema of Functions, 2026-10', () => {
  const packed = readFileSync(new URL('../fixtures/shopify-functions/discount-2026-10.json.gz', import.meta.url));
  const published = JSON.parse(gunzipSync(packed).toString('utf8')) as {
    data?: IntrospectionQuery;
  } & IntrospectionQuery;
  const schema = buildClientSchema(published.data ?? published);
  const queryOf = (name: string) =>
    readFileSync(new URL(`../../extensions/discount/src/${name}.graphql`, import.meta.url), 'utf8');
  const note = noteOf([percent(1000), percent(2000, 4000, ['13']), { kind: 'free-shipping', least: 0 }]);
  const lines = { note, lines: [{ product: '11' }, { product: '13' }] };
  const checked = async (target: string, query: string, input: object, expectedOutput: object) => {
    const fixture = { export: 'run', target, input, expectedOutput } as unknown as FixtureData;
    const result = await validateTestAssets({ schema, fixture, inputQueryAST: parse(queryOf(query)) });
    return [
      result.error,
      ...result.inputQuery.errors,
      ...result.inputFixture.errors,
      ...result.outputFixture.errors,
    ].filter((error) => error !== undefined);
  };

  test('query, input and result of the lines fit it', async () => {
    const input = linesInput(lines);
    const query = 'cart_lines_discounts_generate_run';
    expect(percents(lines)).toEqual({ 0: 10, 1: 20 });
    expect(await checked('cart.lines.discounts.generate.run', query, input, discountLines(input))).toEqual([]);
    // the check is one: a field that is not there is seen
    const wrong = { operations: [{ productDiscountsAdd: { selectionStrategy: 'BEST', candidates: [] } }] };
    expect(await checked('cart.lines.discounts.generate.run', query, input, wrong)).not.toEqual([]);
  });

  test('query, input and result of the delivery fit it', async () => {
    const input = deliveryInput({ note });
    const query = 'cart_delivery_options_discounts_generate_run';
    const result = discountDelivery(input);
    expect(result.operations).toHaveLength(1);
    expect(await checked('cart.delivery-options.discounts.generate.run', query, input, result)).toEqual([]);
  });

  test('the queries are shorter than 3,000 signs, and ask for nothing that costs much', () => {
    for (const name of ['cart_lines_discounts_generate_run', 'cart_delivery_options_discounts_generate_run']) {
      expect(queryOf(name).length).toBeLessThan(3_000);
      expect(queryOf(name).match(/metafield\(/g)).toHaveLength(2);
    }
  });

  test('200 lines are answered in one short result', () => {
    const many = Array.from({ length: 200 }, (_, i) => ({ product: String(i) }));
    const result = JSON.stringify(discountLines(linesInput({ note: noteOf([percent(1000)]), lines: many })));
    expect(result.length).toBeLessThan(20_000);
  });
});
