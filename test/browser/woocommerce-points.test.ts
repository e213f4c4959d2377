import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { findChromium, launch, visit } from './support/chromium.js';

const chromium = findChromium();
const SHOP = 'http://127.0.0.1:9';
const assets = (name: string) => readFileSync(`plugins/woocommerce/assets/${name}`, 'utf8');

/** Stands where the widget's file is: what it would say to the page is said by the test. */
const WIDGET = `customElements.define('tally-mark', class extends HTMLElement {});`;
const PAGE = `<!doctype html><html lang="en"><body><section id="box"></section></body></html>`;
const WORDS = { away: 'away', fitting: 'fitting', points: 'Points', signIn: 'Sign in', discount: 'Paid' };

interface Told {
  cart: { lines: { net: number }[] } | null;
  code: string | null;
  redemption: string | null;
  smaller: boolean;
}
const told = (net: number, code: string | null = null, smaller = false): Told => ({
  cart: { lines: [{ net }] },
  code,
  redemption: code && 'r1',
  smaller,
});

declare global {
  interface Window {
    tallymarkFacts: Record<string, unknown>;
    tallymarkPoints(
      box: Element | null,
      act: (wish: Record<string, string>) => Promise<unknown>,
    ): { update(told: Told): void };
    points: { update(told: Told): void };
    wishes: Record<string, string>[];
    changes: number;
    answer: (wish: Record<string, string>) => unknown;
  }
}

(chromium ? describe : describe.skip)('D13: points in a WooCommerce cart, as the plugin’s page handles them', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch(chromium ?? '');
  }, 60_000);
  afterAll(async () => browser.close());

  /** A page of the shop with one block, told of a cart of 100; `answer` = what the shop makes of a wish. */
  async function shop({ customer = true, widget = true } = {}): Promise<Page> {
    const { page } = await visit(browser, { width: 1280, scheme: 'light' });
    await page.route(`${SHOP}/**`, (route) => {
      const { pathname, search } = new URL(route.request().url());
      if (pathname === '/widget.js')
        return widget ? route.fulfill({ contentType: 'text/javascript', body: WIDGET }) : route.abort();
      if (search.includes('earn')) return route.fulfill({ json: { text: 'This order earns 100 points.', at: 1 } });
      return route.fulfill({ contentType: 'text/html', body: PAGE });
    });
    await page.goto(`${SHOP}/`);
    const facts = { customer, widget: '/widget.js', earn: '/?wc-ajax=earn', api: '/api', first: 't', words: WORDS };
    await page.evaluate((given) => void (window.tallymarkFacts = given), facts);
    await page.addScriptTag({ content: assets('line.js') });
    await page.addScriptTag({ content: assets('shop.js') });
    await page.evaluate((first) => {
      window.wishes = [];
      window.changes = 0;
      window.answer = () => ({});
      document.addEventListener('tally:changed', () => (window.changes += 1));
      window.points = window.tallymarkPoints(document.querySelector('#box'), async (wish) => {
        window.wishes.push(wish);
        return window.answer(wish);
      });
      window.points.update(first);
    }, told(100));
    return page;
  }

  const wishes = (page: Page) => page.evaluate(() => window.wishes.map((wish) => wish['do']));
  const note = (page: Page) => page.locator('.tallymark-note').textContent();
  const say = (page: Page, name: string, detail: object) =>
    page
      .locator('tally-mark')
      .evaluate(
        (mark, [type, given]) =>
          mark.dispatchEvent(new CustomEvent(type, { detail: given, bubbles: true, composed: true })),
        [name, detail] as const,
      );
  const redeemed = (page: Page, byHand: boolean) =>
    say(page, 'tally:redeemed', { code: 'TM-1', redemption: 'r1', byHand, off: {} });

  test('a code goes into the cart once, also when the widget tells it again on the next page', async () => {
    const page = await shop();
    await page.evaluate((after) => void (window.answer = () => ({ note: '', ...after })), told(100, 'tm-1'));
    await redeemed(page, true);
    await page.waitForFunction(() => window.wishes.length === 1);
    await redeemed(page, false);
    await page.evaluate((now) => window.points.update(now), told(80, 'tm-1'));
    expect(await wishes(page)).toEqual(['apply']);
    expect(JSON.parse((await page.locator('tally-mark').getAttribute('cart')) ?? 'null')).toEqual(told(80).cart);
    await page.close();
  });

  test('removing takes it out; the widget stays, since it knows', async () => {
    const page = await shop();
    await page.evaluate((now) => window.points.update(now), told(80, 'tm-1'));
    await page.locator('tally-mark').evaluate((mark) => void (mark.id = 'same'));
    await page.evaluate((after) => void (window.answer = () => after), told(100));
    await say(page, 'tally:undone', { code: 'TM-1', redemption: 'r1' });
    await page.waitForFunction(() => window.wishes.length === 1);
    expect(await wishes(page)).toEqual(['remove']);
    expect(await page.locator('tally-mark#same').count()).toBe(1);
    await page.close();
  });

  test('a code that the shop itself took out: the block begins anew and every block asks again', async () => {
    const page = await shop();
    await page.evaluate((now) => window.points.update(now), told(80, 'tm-1'));
    await page.locator('tally-mark').evaluate((mark) => void (mark.id = 'old'));
    await page.evaluate((now) => window.points.update(now), told(100));
    await page.waitForFunction(
      () => window.changes > 0 && document.querySelectorAll('tally-mark:not(#old)').length === 1,
    );
    expect(await page.locator('tally-mark#old').count()).toBe(0);
    expect(await wishes(page)).toEqual([]);
    await page.close();
  });

  test('a smaller cart is fitted once, and the shopper is told; while the service is away it is not tried again and again', async () => {
    const page = await shop();
    await page.evaluate(
      (after) => {
        window.answer = () => ({ note: 'Your cart has changed', ...after });
        window.points.update(after);
      },
      told(50, 'tm-1', true),
    );
    await page.waitForFunction(() => window.wishes.length === 1);
    await page.evaluate((now) => window.points.update(now), told(50, 'tm-1', true));
    await page.evaluate((now) => window.points.update(now), told(50, 'tm-1', true));
    expect(await wishes(page)).toEqual(['fit']);
    expect(await note(page)).toBe('Your cart has changed');
    await page.close();
  });

  test('a shop that does not answer is said in words', async () => {
    const page = await shop();
    await page.evaluate(() => {
      window.answer = () => {
        throw new Error('503');
      };
    });
    await redeemed(page, true);
    await page.waitForFunction(() => document.querySelector('.tallymark-note')?.textContent !== '');
    expect(await note(page)).toBe('away');
    await page.close();
  });

  test('a widget that cannot be had is said in words, and nothing is asked of the shop', async () => {
    const page = await shop({ widget: false });
    await page.waitForFunction(() => document.querySelector('.tallymark-note')?.textContent !== '');
    expect(await note(page)).toBe('away');
    expect(await wishes(page)).toEqual([]);
    await page.close();
  });

  test('a guest is told what the order earns and loads no widget', async () => {
    const page = await shop({ customer: false });
    await page.waitForFunction(() => document.querySelector('.tallymark-earn')?.textContent !== '');
    expect(await page.locator('#box').innerText()).toBe('This order earns 100 points.\n\nSign in');
    expect(await page.locator('script[src="/widget.js"]').count()).toBe(0);
    await page.close();
  });
});
