import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { asOwner, passDays, publishFromGallery } from './support/at-the-desk.js';
import { seriousFindings } from './support/axe.js';
import { joinAndBuy } from './support/buy-through-shop.js';
import { findChromium, launch } from './support/chromium.js';
import { type OpenDesk, openAlone } from './support/desk-hosts.js';
import { startDemo, type StartedDemo } from './support/started-demo.js';

/** G: what an owner does now and then, from one end to the other, with data in it. */
const chromium = findChromium();
let browser: Browser;
let demo: StartedDemo;
let desk: OpenDesk;
const button = (name: string | RegExp) =>
  desk.page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) });

/** So many days go by; whoever was signed in for so long is not any more. */
async function later(days: number): Promise<void> {
  expect(desk.errors).toEqual([]);
  await passDays(demo.shopify, days);
  await desk.page.context().close();
  desk = await openAlone(browser, demo.start, 1);
}

(chromium ? describe : describe.skip)('flows at the desk', () => {
  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(), launch(chromium ?? '')]);
    desk = await openAlone(browser, demo.start, 1);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  describe('G2: the demo when days have passed', () => {
    it('was heard of on the day of its last order, however far its time is ahead', async () => {
      await later(40);
      await joinAndBuy(demo.shopify, 'Later', 1);
      await desk.go('');
      await desk.page.getByText('Later Test, Order').waitFor();
      expect(await desk.page.locator('main').innerText()).not.toContain('Nothing was heard');
      const { stores } = await asOwner<{ stores: { lastDelivery: string }[] }>(desk.page, 'GET', '/stores');
      const { now } = await asOwner<{ now: string }>(desk.page, 'GET', '/me');
      expect(Date.parse(now) - Date.parse(stores[0]?.lastDelivery ?? '')).toBeLessThan(10 * 60_000);
    });

    it('T4: a member who joined ahead of this machine has every day since to look back at', async () => {
      await later(3);
      await desk.go('members');
      await desk.page.getByRole('link', { name: /Later/ }).first().click();
      const slider = desk.page.getByRole('slider');
      await slider.waitFor();
      expect(await slider.getAttribute('max')).toBe('3');
    });
  });

  describe('D8: causes', () => {
    it('a program of round-ups wants no reward, and shows what each cause was given', async () => {
      const { products } = (await (await fetch(`${demo.shopify}/shop/products`)).json()) as {
        products: { id: string }[];
      };
      const [food = { id: '' }, trees = { id: '' }] = products;
      await publishFromGallery(desk.page, 'small-change', { 'round-up': food.id, 'round-up-trees': trees.id });
      await later(1);
      await joinAndBuy(demo.shopify, 'Giver', 1);
      await later(75);
      await desk.go('');
      expect(await desk.page.locator('main').innerText()).not.toContain('reward');
      await desk.go('rewards');
      expect(await desk.page.locator('main').innerText()).toContain('the food bank');
      expect(await desk.page.locator('main').innerText()).not.toContain('points cannot be used');
    });

    it('a month that nobody paid for is named, paid with Enter, and keeps its receipt', async () => {
      await button(/^[A-Z][a-z]+ 20\d\d: €8\.90$/).click();
      await button('Mark as paid').click();
      await desk.page.getByLabel('Reference').fill('SEPA 77');
      await desk.page.keyboard.press('Enter');
      await desk.page.getByText('Noted: €8.90 to the food bank.').waitFor();
      await desk.page.getByRole('cell', { name: 'SEPA 77' }).waitFor();
      await button('Mark as paid').waitFor({ state: 'detached' });
      // what was pressed is gone: the reader goes on from the part that it stood in
      await desk.page.waitForFunction(() => document.activeElement?.textContent === 'Paid to causes');
      expect(await desk.page.getByText('Other months are still to be paid').count()).toBe(0);
      expect(await seriousFindings(desk.page)).toEqual([]);
    });

    it('each reader has the causes in their own language', async () => {
      await asOwner(desk.page, 'PUT', '/me', { language: 'nl' });
      await desk.go('rewards');
      expect(await desk.page.locator('main').innerText()).toContain('de voedselbank');
      await asOwner(desk.page, 'PUT', '/me', { language: 'en' });
    });
  });

  it('nothing went wrong on the way', () => expect(desk.errors).toEqual([]));
});
