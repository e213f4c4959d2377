import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { shopPages } from '../../demo/storefront/pages.js';
import { ROASTERY, stock } from '../../demo/storefront/shelves.js';
import { ROASTERY_SKIN } from '../../demo/storefront/skins.js';
import { startWooStore } from '../../demo/stores/woocommerce/start.js';
import { buildDemoPages, buildWidget } from '../../scripts/build-widget.mjs';
import { findChromium, launch, visit } from './support/chromium.js';
import { PAYLOADS } from './support/fake-answers.js';
import { type FakeApi, startFakeApi } from './support/fake-api.js';

/**
 * T24 on every page of a shop: its products are called, its customers write, and the program says, nothing but texts that
 * would run if anything let them.
 */
const chromium = findChromium();
/** All of them, in as many shops as there are products to bear them. */
const HALVES = [0, 2, 4].map((n) => PAYLOADS.slice(n, n + 2).join(' '));
const BRED =
  'script:not([src]), [onerror], [onload], [onmouseover], [onfocus], [ontoggle], iframe, object, base, marquee';

(chromium ? describe : describe.skip)('a shop full of nasty texts', () => {
  let browser: Browser;
  let api: FakeApi;
  let store: Awaited<ReturnType<typeof startWooStore>>;
  let page: Page;
  let errors: string[];
  const out = mkdtempSync(join(tmpdir(), 'tally-nasty-'));

  beforeAll(async () => {
    const [{ file }] = await Promise.all([buildWidget(out), buildDemoPages(out)]);
    api = await startFakeApi(file);
    const pages = shopPages({
      shop: () => store.shop,
      skin: ROASTERY_SKIN,
      service: () => api.url,
      api: () => `${api.url}/storefront/v1`,
      assets: out,
    });
    store = await startWooStore({ stocked: false, settings: { name: PAYLOADS[0] ?? '' }, pages });
    stock(store.shop, ROASTERY);
    store.shop.state.products.forEach((product, n) => {
      product.title = HALVES[n % HALVES.length] ?? '';
    });
    browser = await launch(chromium ?? '');
    ({ page, errors } = await visit(browser, { width: 1280, scheme: 'light' }));
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await store.close();
    await api.close();
  });

  /** The page shows the text as it was written, and nothing of it became an element or ran. */
  async function isHarmless(path: string, shown?: string): Promise<void> {
    if (new URL(page.url()).pathname !== path) await page.goto(store.url + path);
    await page.waitForFunction(() =>
      [...document.querySelectorAll('tally-mark')]
        .filter((block) => block.checkVisibility())
        .every(({ shadowRoot }) => shadowRoot?.firstElementChild && !shadowRoot.querySelector('.reserved')),
    );
    if (shown !== undefined) await page.waitForFunction((text) => document.body.textContent?.includes(text), shown);
    expect([path, await page.locator(BRED).count()]).toEqual([path, 0]);
    expect([path, await page.evaluate(() => '__xss' in window || '__xss' in Object.prototype)]).toEqual([path, false]);
  }

  it.each(HALVES.map((payload, n) => [n, payload] as const))(
    'all pages, bought as a guest whose name it is (%i)',
    async (n, payload) => {
      api.is.nasty = payload;
      const product = store.shop.state.products[n % store.shop.state.products.length];
      if (product) product.title = payload;
      await isHarmless('/', payload);
      await isHarmless(`/product/${product?.id}`, payload);
      await page.click('#add');
      await page.waitForFunction(() => /[1-9]/.test(document.getElementById('cart-count')?.textContent ?? ''));
      await isHarmless('/cart', payload);
      await isHarmless('/checkout', payload);
      await page.fill('[name=email]', `n${n}@example.test`);
      await page.fill('[name=firstName]', payload);
      await page.fill('[name=lastName]', payload);
      await page.waitForFunction(() => /\d/.test(document.getElementById('pay-button')?.textContent ?? ''));
      await Promise.all([page.waitForURL(/\/order\//), page.click('#pay-button')]);
      await isHarmless(new URL(page.url()).pathname, payload);
      await isHarmless('/account');
      await isHarmless('/owner', payload);
      expect(errors).toEqual([]);
    },
  );
});
