import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { findChromium, launch, visit } from './support/chromium.js';
import { startedDemo } from './support/started-demo.js';

const chromium = findChromium();
const start = startedDemo();
const WITHIN_A_SECOND = 1500;

/** Figures as the English page writes them: "+1,048 points" is 1048. */
const figure = (text: string | null): number => Number((text ?? '').replace(/[^\d-]/g, ''));

(chromium && start ? describe : describe.skip).each([
  ['WooCommerce', 0],
  ['Shopify', 1],
])('the demo shop on %s, as a shopper walks through it', (platform, at) => {
  let browser: Browser;
  let page: Page;
  let errors: string[];
  let shop: string;
  const name = `Cleo${Date.now() % 100_000}`;

  beforeAll(async () => {
    browser = await launch(chromium ?? '');
    ({ page, errors } = await visit(browser, { width: 375, scheme: 'light', lang: 'en-GB' }));
    await page.goto(`${start}?lang=en`);
    shop = ((await page.locator('.doors a.card').nth(at).getAttribute('href')) ?? '').replace(/\/$/, '');
    await page.goto(shop);
    await page.selectOption('#language', 'en');
    await page.waitForLoadState();
  });
  afterAll(async () => {
    await browser.close();
  });

  const block = (view: string) => page.locator(`tally-mark[view=${view}]`);
  async function register(who: Page, first: string): Promise<void> {
    await who.goto(`${shop}/account`);
    await who.locator('#register [name=firstName]').fill(first);
    await who.locator('#register [name=email]').fill(`${first.toLowerCase()}@example.test`);
    await Promise.all([who.waitForEvent('load'), who.locator('#register button').click()]);
  }
  async function add(who: Page, product: number, times = 1): Promise<void> {
    await who.goto(shop);
    await who.locator('.shelf h2 a').nth(product).click();
    for (let n = 0; n < times; n++) {
      const count = await who.locator('#cart-count').textContent();
      await who.click('#add');
      await who.waitForFunction((before) => document.getElementById('cart-count')?.textContent !== before, count);
    }
  }
  async function buy(who: Page): Promise<void> {
    await who.goto(`${shop}/checkout`);
    await who.waitForFunction(() => /\d/.test(document.getElementById('pay-button')?.textContent ?? ''));
    await who.fill('[name=lastName]', 'Test');
    await Promise.all([who.waitForURL(/\/order\//), who.click('#pay-button')]);
  }
  /** The lines of the thank-you block, once there are `count`. */
  async function arrived(count: number): Promise<number[]> {
    await block('order')
      .locator('.entry')
      .nth(count - 1)
      .waitFor({ timeout: 15_000 });
    return (await block('order').locator('.entry summary b').allTextContents()).map(figure);
  }
  async function available(): Promise<number> {
    await page.goto(`${shop}/account`);
    return figure(await block('account').locator('.balance strong').textContent());
  }

  it(`${platform}: joins with one tap`, async () => {
    await register(page, name);
    await block('account').getByRole('button', { name: /^Join/ }).click();
    await block('account').locator('.balance strong').waitFor();
  });

  it('buys, and within a second sees the points that the cart promised, with parts that add up', async () => {
    await add(page, 1, 2);
    await page.goto(`${shop}/cart`);
    const promised = figure(await block('cart').locator('.earn summary').textContent());
    await buy(page);
    const began = Date.now();
    const [points = 0] = await arrived(1);
    expect(Date.now() - began).toBeLessThan(WITHIN_A_SECOND);
    expect(points).toBe(promised);
    const parts = await block('order').locator('.row:not(.sum) b').allTextContents();
    expect(parts.map(figure).reduce((sum, part) => sum + part, 0)).toBe(points);
  });

  it('shows the path that the delivery took', async () => {
    await page.locator('#path summary').click();
    const steps = await page.locator('#path-steps li > span:first-child').allTextContents();
    expect(steps).toEqual(expect.arrayContaining(['webhook', 'signature', 'inbox', 'queue', 'engine', 'ledger']));
    await page.locator('#path summary').click();
  });

  it('uses points in the cart, sees the money off there, at the checkout and on the order; then a part goes back', async () => {
    const before = await available();
    await add(page, 2);
    await page.goto(`${shop}/cart`);
    await block('cart').getByRole('button', { name: /^Most/ }).click();
    const used = figure(await block('cart').locator('input[inputmode=numeric]').inputValue());
    await block('cart').locator('button.primary').click();
    await page.locator('#sum dd.off').waitFor({ timeout: 15_000 });
    const off = await page.locator('#sum dd.off').textContent();
    await buy(page);
    expect(await page.locator('.sum dd.off').textContent()).toBe(off);
    const order = page.url();
    const [earned = 0] = await arrived(1);
    expect(await available()).toBe(before - used + earned);

    await page.goto(`${shop}/owner`);
    await Promise.all([
      page.waitForEvent('load'),
      page
        .locator('article')
        .first()
        .getByRole('button', { name: /^Give back one/ })
        .first()
        .click(),
    ]);
    await page.goto(order);
    const lines = await arrived(2);
    expect(lines.filter((points) => points < 0).length).toBeGreaterThan(0);
  });

  it('reviews a product; when the shop approves it, the points come', async () => {
    const before = await available();
    await page.goto(shop);
    await page.locator('.shelf h2 a').nth(1).click();
    await page.locator('#review textarea').fill('It keeps its promise.');
    await page.locator('#review button').click();
    await page.locator('#review-sent:not(:empty)').waitFor();
    await page.goto(`${shop}/owner`);
    const approve = page.locator('[data-act$="/moderate"]').last();
    if (await approve.isVisible()) await Promise.all([page.waitForEvent('load'), approve.click()]);
    await expectSoon(async () => (await available()) > before);
  });

  it('brings a friend by a link: the code rides along with the friend’s order', async () => {
    await page.goto(`${shop}/account`);
    const link = await block('account').locator('input[readonly]').inputValue();
    const friend = await visit(browser, { width: 375, scheme: 'dark', lang: 'en-GB' });
    await friend.page.goto(link);
    await friend.page.locator('#invited').waitFor();
    await register(friend.page, `Dora${Date.now() % 100_000}`);
    await friend.page.locator('tally-mark[view=account]').getByRole('button', { name: /^Join/ }).click();
    await friend.page.locator('tally-mark[view=account] .balance strong').waitFor();
    await add(friend.page, 2);
    await buy(friend.page);
    await friend.page.locator('tally-mark[view=order] .entry').first().waitFor({ timeout: 15_000 });
    expect(friend.errors).toEqual([]);
    await friend.page.context().close();
  });

  it('ticks what was done on the start page, and left no error behind', async () => {
    await page.goto(start ?? '');
    expect(await page.locator('.steps .done').count()).toBeGreaterThanOrEqual(4);
    expect(errors).toEqual([]);
  });

  async function expectSoon(holds: () => Promise<boolean>): Promise<void> {
    const until = Date.now() + 15_000;
    while (!(await holds())) if (Date.now() > until) throw new Error('it did not come true within 15 s');
  }
});
