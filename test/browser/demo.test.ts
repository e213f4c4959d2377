import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { en } from '../../demo/storefront/words/en.js';
import { findChromium, launch } from './support/chromium.js';
import { enter, figure, type Shopper, sum } from './support/shopper.js';
import { startDemo, type StartedDemo } from './support/started-demo.js';

/**
 * `npm start`, walked through in a real browser as a shopper of either shop, a friend and the owner: what stands between
 * the pages and the points is the whole path, signed webhooks and all.
 */
const chromium = findChromium();
const STEPS = Object.values(en.pathStep);
const DEMO_DOMAIN = 'tallymark-demo.myshopify.com';
const PAYLOAD = `<img src=x onerror="window.stolen=1">"'><script>window.stolen=1</script>`;

let browser: Browser;
let demo: StartedDemo;

(chromium ? describe : describe.skip)('the demo', () => {
  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(), launch(chromium ?? '')]);
  }, 150_000);

  describe.each([
    ['woocommerce', 375, 'light'],
    ['shopify', 1280, 'dark'],
  ] as const)('the shop on %s, %d px wide, %s', (platform, width, scheme) => {
    let ana: Shopper;
    const look = { width, scheme, lang: 'en-GB' };
    let one = 0;
    let first = '';

    beforeAll(async () => {
      ana = await enter(browser, demo[platform], look);
    });

    it('a guest sees on each of three products what it earns', async () => {
      await ana.go('/');
      const earns = ana.block('product').locator('summary');
      await earns.nth(2).waitFor();
      const points = (await earns.allTextContents()).map(figure);
      expect(points.length).toBe(3);
      expect(Math.min(...points)).toBeGreaterThan(0);
      one = points[1] ?? 0;
    });

    it('joins with one tap and is welcomed with points', async () => {
      await ana.join('Ana');
      expect(await ana.available()).toBe(50);
      expect(await ana.block('account').locator('.entry summary').first().textContent()).toContain('Welcome');
    });

    it('buys, and without a reload sees the points that the cart promised, with parts that add up', async () => {
      await ana.add(1, 2);
      await ana.go('/cart');
      const promised = figure(await ana.block('cart').locator('.earn summary').textContent());
      first = await ana.buy();
      const [points = 0] = await ana.linesOf(first, 1);
      expect(points).toBe(promised);
      const parts = await ana.block('order').locator('.row:not(.sum, .item) b').allTextContents();
      expect(sum(parts.map(figure))).toBe(points);
    });

    it('the path that the delivery took is shown, all of it, with times', async () => {
      const steps = ana.page.locator('#path-steps li > span:first-child');
      await ana.page.locator('#path summary').click();
      await ana.page
        .locator('#path-steps li')
        .nth(STEPS.length - 1)
        .waitFor();
      expect([...new Set(await steps.allTextContents())]).toEqual(STEPS);
      await ana.page.locator('#path summary').click();
    });

    it('uses points in the cart, takes them back, uses them at the checkout, and pays less', async () => {
      const before = await ana.available();
      await ana.add(2);
      await ana.go('/cart');
      await ana.block('cart').getByRole('button', { name: /^Most/ }).click();
      const used = figure(await ana.block('cart').locator('input[inputmode=numeric]').inputValue());
      await ana.block('cart').locator('button.primary').click();
      const off = ana.page.locator('#sum dd.off');
      await off.waitFor();
      const money = await off.textContent();
      await ana.block('cart').getByRole('button', { name: 'Remove' }).click();
      await off.waitFor({ state: 'detached' });
      expect(await ana.available()).toBe(before);

      await ana.go('/checkout');
      await ana.page.locator('#points summary').first().click();
      await ana.block('cart').getByRole('button', { name: /^Most/ }).click();
      await ana.block('cart').locator('button.primary').click();
      await off.waitFor();
      expect(await off.textContent()).toBe(money);
      const order = await ana.buy();
      expect(await ana.page.locator('.sum dd.off').textContent()).toBe(money);
      const lines = await ana.linesOf(order, 1);
      expect(await ana.available()).toBe(before - used + sum(lines));

      await ana.actAsOwner(/^Cancel/);
      await soon(async () => (await ana.available()) === before);
    });

    it('when one of two pieces goes back, exactly its points go', async () => {
      await ana.go('/owner');
      const order = ana.page.locator('article', { has: ana.page.locator(`a[href="${new URL(first).pathname}"]`) });
      const back = order.getByRole('button', { name: /^Take one back/ });
      await Promise.all([ana.page.waitForEvent('load'), back.click()]);
      const lines = await ana.linesOf(first, 2);
      expect(sum(lines)).toBe(one);
    });

    it('a review earns points when the shop approves it; what is written in it stays text', async () => {
      const before = await ana.available();
      await ana.go('/');
      await ana.page.locator('.shelf h2 a').nth(1).click();
      await ana.page.locator('#review textarea').fill(PAYLOAD);
      await ana.page.locator('#review button').click();
      await ana.page.locator('#review-sent:not(:empty)').waitFor();
      await ana.actAsOwner(/^Approve/);
      await soon(async () => (await ana.available()) === before + 20);
      await ana.go('/');
      await ana.page.locator('.shelf h2 a').nth(1).click();
      expect(await ana.page.locator('#reviews ~ ul').textContent()).toContain(PAYLOAD);
      expect(await ana.page.evaluate(() => 'stolen' in window)).toBe(false);
    });

    it('brings a friend by a link, and is paid when the friend can no longer send the order back', async () => {
      const before = await ana.available();
      const link = await ana.block('account').locator('input[readonly]').inputValue();
      const friend = await enter(browser, demo[platform], { ...look, scheme: 'light' });
      await friend.go(link);
      await friend.page.locator('#invited').waitFor();
      await friend.join(PAYLOAD);
      await friend.add(1, 2);
      const order = await friend.buy();
      await friend.linesOf(order, 1);
      expect(await friend.page.evaluate(() => 'stolen' in window)).toBe(false);
      expect(friend.errors).toEqual([]);
      await friend.leave();
      expect(await ana.available()).toBe(before);
      await ana.actAsOwner(/^Let 14 days/);
      await ana.actAsOwner(/^Let 1 day/);
      await soon(async () => (await ana.available()) === before + 100);
    });

    it('a guest buys, then makes an account: vouched for by the platform, the order’s points are there; a typed address proves nothing', async () => {
      const guest = await enter(browser, demo[platform], look);
      const email = `guest${Date.now()}@example.test`;
      await guest.add(1);
      await guest.go('/cart');
      const promised = figure(await guest.block('cart').locator('.earn summary').textContent());
      await guest.go('/checkout');
      await guest.page.fill('[name=email]', email);
      await guest.page.fill('[name=firstName]', 'Gus');
      const order = await guest.buy();
      await guest.block('order').getByText(`This order earns ${promised}`).waitFor();
      await guest.block('order').getByRole('link', { name: 'Sign in' }).waitFor();
      expect(await guest.seriousFindings()).toEqual([]);
      await guest.join('Gus', email);
      await soon(async () => (await guest.available()) === 50 + (platform === 'shopify' ? promised : 0));
      if (platform === 'shopify') expect(await guest.linesOf(order, 1)).toEqual([promised]);
      expect(guest.errors).toEqual([]);
      await guest.leave();
    });

    it('a hundred days without a visit later the shop is still connected: an order counts', async () => {
      for (let n = 0; n < 4; n++) await ana.actAsOwner(/^Let 32 days/);
      await ana.add(0);
      const [points = 0] = await ana.linesOf(await ana.buy(), 1);
      expect(points).toBeGreaterThan(0);
    });

    it('no page has a serious finding of axe, cuts anything off, or left an error behind', async () => {
      await ana.add(0);
      const findings: string[] = [];
      const product = new URL(ana.page.url()).pathname;
      for (const path of ['/', product, '/cart', '/checkout', new URL(first).pathname, '/account', '/owner']) {
        await ana.go(path);
        await ana.settled();
        findings.push(...(await ana.seriousFindings()));
        const wider = await ana.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wider > 0) findings.push(`${path} is ${wider} px too wide`);
      }
      expect(findings).toEqual([]);
      expect(ana.errors).toEqual([]);
    });

    it('the hosted page of the shop: whole for a guest, in four languages, no serious finding', async () => {
      const service = await ana.page.locator('script[src$="/widget.js"]').getAttribute('src');
      const club = `${service?.replace('/widget.js', '')}/club/${await storeKeyOf(platform, demo[platform])}`;
      for (const [lang, said] of Object.entries({ en: 'Sign in', nl: 'Inloggen', nb: 'Logg inn', pl: 'Zaloguj się' })) {
        await ana.go(`${club}?lang=${lang}`);
        await ana.block('page').getByRole('link', { name: said, exact: true }).waitFor();
        expect(await ana.seriousFindings()).toEqual([]);
        expect(await ana.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
      }
      await ana.block('page').getByRole('link', { name: 'Zaloguj się', exact: true }).click();
      expect(ana.page.url()).toContain(demo[platform]);
      expect(ana.errors).toEqual([]);
    });

    it('the start page ticks what was done', async () => {
      await ana.go(demo.start);
      expect(await ana.page.locator('.steps .done').count()).toBe(4); // the fifth is ticked in the friend's browser
      await ana.leave();
    });
  });

  it('Ctrl-C ends it cleanly', async () => {
    await browser.close();
    expect(await demo.stop()).toBe(0);
  });
});

async function soon(holds: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + 10_000;
  while (!(await holds())) if (Date.now() > until) throw new Error('it did not come true within 10 s');
}

/** By what the platform knows the shop: the demo's domain, or the store that its shoppers' tokens name. */
async function storeKeyOf(platform: 'woocommerce' | 'shopify', shop: string): Promise<string> {
  if (platform === 'shopify') return DEMO_DOMAIN;
  const { token } = (await (await fetch(`${shop}/shop/session`)).json()) as { token: string };
  return (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { store: string }).store;
}
