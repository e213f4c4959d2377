import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { factsOf, type ThemeCart } from '../../extensions/theme/src/theme-cart.js';
import { cart as cartSchema } from '../../src/http/storefront/schemas.js';
import { NASTY } from '../browser/support/nasty.js';
import { attribute, BLOCKS, renderBlock, schemaOf, source } from './liquid.js';

/** A1, D13: the theme's blocks, drawn by a Liquid engine from what a shop's page has. */
interface Item {
  price: number;
  quantity: number;
  gift?: boolean;
  title?: string;
}
interface Wish {
  items: Item[];
  currency?: string;
  /** Taken off the whole cart, in hundredths. */
  off?: number;
  taxesIncluded?: boolean;
}

/** The same cart twice: as Liquid's `cart` and as the theme's /cart.js. */
function aCart({ items, currency = 'EUR', off = 0, taxesIncluded = false }: Wish) {
  const lines = items.map(({ price, quantity, gift = false, title = 'Wool' }, i) => ({
    id: 40_000_000_000_000 + i,
    product_id: 7_000_000_000_000 + i,
    variant_id: 40_000_000_000_000 + i,
    quantity,
    final_line_price: price * quantity,
    gift_card: gift,
    title,
  }));
  const subtotal = lines.reduce((sum, line) => sum + line.final_line_price, 0);
  const total = Math.max(0, subtotal - off);
  const same = { items: lines, items_subtotal_price: subtotal, total_price: total };
  const liquid = {
    cart: { ...same, currency: { iso_code: currency }, taxes_included: taxesIncluded, item_count: lines.length },
  };
  const ajax: ThemeCart = { ...same, currency };
  return { liquid, ajax };
}

const cartAttribute = async (wish: Wish, settings: Record<string, unknown> = {}) =>
  JSON.parse(attribute(await renderBlock('cart', aCart(wish).liquid, settings), 'cart') ?? 'null') as unknown;

describe('the cart block', () => {
  test('says the cart as the storefront API takes it', async () => {
    const facts = await cartAttribute({
      items: [
        { price: 1250, quantity: 2 },
        { price: 5000, quantity: 1, gift: true },
      ],
    });
    expect(cartSchema.safeParse(facts).success).toBe(true);
    expect(facts).toEqual({
      currency: 'EUR',
      lines: [
        {
          id: '40000000000000',
          product: '7000000000000',
          variant: '40000000000000',
          quantity: 2,
          net: 2500,
          kind: 'product',
        },
        {
          id: '40000000000001',
          product: '7000000000001',
          variant: '40000000000001',
          quantity: 1,
          net: 5000,
          kind: 'gift-card',
        },
      ],
    });
  });

  test.each([
    // 24.20 with 21 % inside is 20.00 without
    ['tax inside prices', { items: [{ price: 2420, quantity: 1 }], taxesIncluded: true }, 21, 2000],
    ['tax on top: nothing is taken out', { items: [{ price: 2420, quantity: 1 }] }, 21, 2420],
    ['a discount on the whole cart', { items: [{ price: 2000, quantity: 1 }], off: 500 }, 0, 1500],
    ['yen have no hundredths', { items: [{ price: 120_000, quantity: 1 }], currency: 'JPY' }, 0, 1200],
    ['dinars have thousandths', { items: [{ price: 1925, quantity: 1 }], currency: 'KWD' }, 0, 19_250],
  ])('%s', async (_, wish, tax, net) => {
    expect(await cartAttribute(wish, { tax })).toMatchObject({ lines: [{ net }] });
  });

  test('Liquid at first and the script later say the same of any cart', async () => {
    const item = fc.record({
      price: fc.integer({ min: 0, max: 500_000 }),
      quantity: fc.integer({ min: 1, max: 9 }),
      gift: fc.boolean(),
    });
    const wishes = fc.record({
      items: fc.array(item, { minLength: 1, maxLength: 6 }),
      currency: fc.constantFrom('EUR', 'PLN', 'NOK', 'JPY', 'KWD'),
      off: fc.integer({ min: 0, max: 100_000 }),
      taxesIncluded: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(wishes, fc.constantFrom(0, 9, 21, 25), async (wish, tax) => {
        const drawn = await cartAttribute(wish, { tax });
        expect(drawn).toEqual(factsOf(aCart(wish).ajax, wish.taxesIncluded ? tax : 0));
        expect(cartSchema.safeParse(drawn).success).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('an empty cart shows nothing', async () => {
    expect((await renderBlock('cart', aCart({ items: [] }).liquid)).trim()).toBe('');
  });
});

describe('the product block', () => {
  const product = (gift = false) => ({
    id: 7_000_000_000_000,
    'gift_card?': gift,
    selected_or_first_available_variant: { id: 41, price: 1250 },
    variants: [
      { id: 41, price: 1250 },
      { id: 42, price: 1999 },
    ],
  });
  const page = { cart: { currency: { iso_code: 'EUR' }, taxes_included: false } };

  test('says what the product is and costs, and what its variants cost', async () => {
    const html = await renderBlock('product', page, { product: product() });
    expect(JSON.parse(attribute(html, 'product') ?? '')).toEqual({
      ...{ id: '41', product: '7000000000000', variant: '41', quantity: 1, net: 1250, kind: 'product' },
    });
    expect(JSON.parse(attribute(html, 'data-tally-variants') ?? '')).toEqual({ 41: 1250, 42: 1999 });
    expect(
      JSON.parse(attribute(await renderBlock('product', page, { product: product(true) }), 'product') ?? ''),
    ).toMatchObject({
      kind: 'gift-card',
    });
  });

  test('without a product there is nothing', async () => {
    expect((await renderBlock('product', page, { product: null })).trim()).toBe('');
  });
});

describe('every block', () => {
  const whole = {
    ...aCart({ items: [{ price: 1250, quantity: 2, title: '"><img src=x onerror=alert(1)>' }] }).liquid,
  };
  const product = { id: 7, selected_or_first_available_variant: { id: 41, price: 1250 }, variants: [] };

  test.each(BLOCKS)('%s loads nothing from elsewhere, and holds its place before it is filled', async (block) => {
    const html = await renderBlock(block, whole, { product });
    expect(html).toContain('<tally-mark');
    expect(html).toContain('api="/apps/tallymark"');
    expect(html).toContain('lang="nl"');
    expect(source(block)).not.toMatch(/https?:|<script|<link|<style/);
    if (block !== 'launcher') expect(html).toMatch(/style="display:block;min-height:\d+px"/);
  });

  test.each(BLOCKS)('%s: no text of the shop gets out of its attribute', async (block) => {
    const nasty = '"><script>alert(1)</script>';
    const html = await renderBlock(block, whole, { product, api: nasty });
    expect(html).not.toContain('<script');
    expect(attribute(html, 'api')).toBe(nasty);
  });

  test.each(BLOCKS)('%s: its schema names one script of ours and texts that are there in four languages', (block) => {
    const schema = schemaOf(block);
    expect(schema.javascript).toBe('tallymark.js');
    expect(schema.target).toBe(block === 'launcher' ? 'body' : 'section');
    const keys = [...JSON.stringify(schema).matchAll(/"t:([\w.]+)"/g)].map(([, key = '']) => key);
    expect(keys.length).toBeGreaterThan(2);
    for (const lang of ['en.default', 'nl', 'nb', 'pl']) {
      const told = JSON.parse(
        readFileSync(new URL(`../../extensions/theme/locales/${lang}.schema.json`, import.meta.url), 'utf8'),
      ) as Record<string, Record<string, string>>;
      const missing = keys.filter((key) => {
        const [group = '', name = ''] = key.split('.');
        return !told[group]?.[name];
      });
      expect([lang, missing]).toEqual([lang, []]);
    }
  });
});

test('the languages of an extension say the same things', () => {
  const folder = (name: string) => new URL(`../../extensions/${name}/locales/`, import.meta.url);
  const paths = (value: object, at = ''): string[] =>
    Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
      typeof inner === 'string' ? [`${at}${key} ${slots(inner)}`] : paths(inner as object, `${at}${key}.`),
    );
  const slots = (text: string) =>
    [...text.matchAll(/\{\{(\w+)\}\}/g)]
      .map(([, name]) => name)
      .sort()
      .join();
  for (const name of ['checkout', 'account', 'pos', 'discount', 'theme']) {
    const files = readdirSync(folder(name)).sort();
    expect(files.map((file) => file.split('.')[0])).toEqual(['en', 'nb', 'nl', 'pl']);
    const said = files.map((file) =>
      paths(JSON.parse(readFileSync(new URL(file, folder(name)), 'utf8')) as object).sort(),
    );
    for (const each of said) expect(each).toEqual(said[0]);
  }
});

describe('T24: nasty texts', () => {
  const FOLDER = new URL('../../extensions/', import.meta.url);
  const variant = { id: 5, price: 1000 };
  /** All that a shop, its theme or its products say, wherever a block might put it. */
  const saying = (text: string) => ({
    request: { locale: { iso_code: text } },
    routes: { account_login_url: text },
    cart: {
      ...aCart({ items: [{ price: 1250, quantity: 1, title: text }] }).liquid.cart,
      currency: { iso_code: text },
    },
  });
  const drawn = async (block: (typeof BLOCKS)[number], text: string) => {
    const product = { id: 7, title: text, 'gift_card?': false, variants: [variant] };
    const of = { ...product, selected_or_first_available_variant: { ...variant, title: text } };
    const settings = { api: text, place: text, tax: text, height: text, product: of };
    // what stands between quotes is text: what is left is the markup
    return (await renderBlock(block, saying(text), settings)).replace(/"[^"]*"/g, '""');
  };

  test.each(BLOCKS)('%s: whatever anything is called, the markup is the same', async (block) => {
    const plain = await drawn(block, 'Wool');
    expect(plain).toContain('<tally-mark');
    expect(await drawn(block, NASTY.join(' '))).toBe(plain);
  });

  test('the others have no way to put markup or an address into a page', () => {
    const DOORS =
      /inner_?html|outerHTML|insertAdjacentHTML|document\.write|srcdoc|\beval\(|new Function|DOMParser|\b(href|src|to)=/gi;
    const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
    const doors = files.flatMap((file) =>
      (readFileSync(new URL(file, FOLDER), 'utf8').match(DOORS) ?? []).map((door) => `${file}: ${door}`),
    );
    // the theme's own sections, as the theme itself draws them
    expect([files.length > 20, doors]).toEqual([true, ['theme/src/shop.ts: DOMParser']]);
  });
});
