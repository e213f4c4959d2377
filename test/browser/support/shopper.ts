import type { Browser, Locator, Page } from 'playwright-core';
import { seriousFindings } from './axe.js';
import { type Look, visit } from './chromium.js';

/** Figures as the English page writes them: "+1,048 points" is 1048. */
export const figure = (text: string | null): number => Number((text ?? '').replace(/[^\d-]/g, ''));
export const sum = (figures: readonly number[]): number => figures.reduce((so, one) => so + one, 0);

/** Somebody with a browser of their own in one of the demo's shops. */
export interface Shopper {
  page: Page;
  /** What went wrong in the page, or left the machine. */
  errors: string[];
  block(view: string): Locator;
  go(path: string): Promise<void>;
  /** Makes an account (with an address of its own, or this one) and joins with one tap. */
  join(first: string, email?: string): Promise<void>;
  /** What one piece of the n-th product promises. */
  promiseOf(product: number): Promise<number>;
  add(product: number, times?: number): Promise<void>;
  /** Pays what is in the cart; gives the order's page. */
  buy(): Promise<string>;
  /** The points of an order's lines, newest first, once there are `count`. */
  linesOf(order: string, count: number): Promise<number[]>;
  available(): Promise<number>;
  /** Presses the first button of this name on the newest order (or review) in the owner's corner. */
  actAsOwner(name: RegExp): Promise<void>;
  /** Resolves when each block in sight shows what it has to say. */
  settled(): Promise<void>;
  seriousFindings(): Promise<string[]>;
  leave(): Promise<void>;
}

export async function enter(browser: Browser, shop: string, look: Look): Promise<Shopper> {
  const { page, errors } = await visit(browser, look);
  page.setDefaultTimeout(45_000);
  const block = (view: string) => page.locator(`tally-mark[view=${view}]`);
  const go = async (path: string) => void (await page.goto(path.startsWith('http') ? path : shop + path));
  const loaded = (act: Promise<void>) => Promise.all([page.waitForEvent('load'), act]);
  const join = (first: string, email = `c${Date.now()}${Math.floor(Math.random() * 1e6)}@example.test`) =>
    joinAs(page, block('account'), go, loaded, { first, email });

  async function add(product: number, times = 1): Promise<void> {
    await go('/');
    await Promise.all([page.waitForURL(/\/product\//), page.locator('.shelf h2 a').nth(product).click()]);
    for (let n = 0; n < times; n++) {
      const count = await page.locator('#cart-count').textContent();
      await page.click('#add');
      await page.waitForFunction((before) => document.getElementById('cart-count')?.textContent !== before, count);
    }
  }
  async function buy(): Promise<string> {
    if (!page.url().endsWith('/checkout')) await go('/checkout');
    await page.waitForFunction(() => /\d/.test(document.getElementById('pay-button')?.textContent ?? ''));
    await page.fill('[name=lastName]', 'Test');
    await Promise.all([page.waitForURL(/\/order\//), page.click('#pay-button')]);
    return page.url();
  }
  return {
    page,
    errors,
    block,
    go,
    join,
    add,
    buy,
    async promiseOf(product) {
      await go('/');
      return figure(await block('product').nth(product).locator('summary').textContent());
    },
    async linesOf(order, count) {
      if (page.url() !== order) await go(order);
      const entries = block('order').locator('.entry');
      await entries.nth(count - 1).waitFor();
      return (await entries.locator('summary b').allTextContents()).map(figure);
    },
    async available() {
      const account = block('account');
      for (let tries = 0; tries < 5; tries++) {
        await go('/account');
        const text = await account.locator('.balance strong').first().textContent();
        // what was known last, shown because the service was not in time, is not what there is
        if ((await account.locator('.trouble').count()) === 0) return figure(text);
      }
      throw new Error('the service did not answer in time, five times');
    },
    async actAsOwner(name) {
      await go('/owner');
      await loaded(page.locator('main').getByRole('button', { name }).first().click());
    },
    async settled() {
      await page.waitForFunction(() =>
        [...document.querySelectorAll('tally-mark')]
          .filter((block) => block.checkVisibility())
          .every(({ shadowRoot }) => shadowRoot?.firstElementChild && !shadowRoot.querySelector('.reserved')),
      );
    },
    seriousFindings: () => seriousFindings(page),
    leave: () => page.context().close(),
  };
}

async function joinAs(
  page: Page,
  account: Locator,
  go: Shopper['go'],
  loaded: (act: Promise<void>) => Promise<unknown>,
  { first, email }: { first: string; email: string },
): Promise<void> {
  await go('/account');
  await page.locator('#register [name=firstName]').fill(first);
  await page.locator('#register [name=email]').fill(email);
  await loaded(page.locator('#register button').click());
  await account.locator('button.primary').click();
  await account.locator('.balance strong').waitFor();
}
