import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { asOwner, passDays, publishFromGallery } from './support/at-the-desk.js';
import { seriousFindings } from './support/axe.js';
import { joinAndBuy } from './support/buy-through-shop.js';
import { findChromium, launch, visit } from './support/chromium.js';
import { type OpenDesk, openAlone } from './support/desk-hosts.js';
import { startDemo, type StartedDemo } from './support/started-demo.js';

/** G: what an owner does now and then, from one end to the other, with data in it. */
const chromium = findChromium();
let browser: Browser;
let demo: StartedDemo;
let desk: OpenDesk;
const button = (name: string | RegExp) =>
  desk.page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) });

async function eventually(is: () => boolean): Promise<void> {
  const end = Date.now() + 45_000;
  while (!is() && Date.now() < end) await sleep(100);
  expect(is()).toBe(true);
}

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

  it('G9: everything is taken along: it is said when the file is there, and it is saved under its day', async () => {
    await desk.go('settings/data');
    await button('Make the file').click();
    await desk.page.getByText('The file is ready: save it.').waitFor();
    const { now } = await asOwner<{ now: string }>(desk.page, 'GET', '/me');
    const [saved] = await Promise.all([desk.page.waitForEvent('download'), button('Save the file').click()]);
    expect(saved.suggestedFilename()).toBe(`tallymark-${now.slice(0, 10)}.zip`);
  });

  describe('G6: a second pair of eyes', () => {
    let second: Page;
    const links = () => readFileSync(demo.log, 'utf8').match(/http[^\s"\\]*\/admin\/enter#[\w.-]+/g) ?? [];

    it('somebody on the staff comes in by the link in a mail, which opens the desk once', async () => {
      const support = { email: 'sam@shop.example', name: 'Sam Support', role: 'support', language: 'en' };
      await asOwner(desk.page, 'POST', '/staff', support);
      ({ page: second } = await visit(browser, { width: 390, scheme: 'dark' }));
      await second.goto(`${new URL(desk.page.url()).origin}/admin/members`);
      await second.getByLabel('E-mail').fill(support.email);
      const before = links().length;
      await second.keyboard.press('Enter');
      await second.getByText('a link is on its way').waitFor();
      await eventually(() => links().length > before);
      const link = links().at(-1) ?? '';
      await second.goto(link);
      await second.getByRole('button', { name: 'Open the desk' }).click();
      await second.getByText('Giver Test').waitFor();
      const other = await visit(browser, { width: 390, scheme: 'light' });
      await other.page.goto(link);
      await other.page.getByRole('button', { name: 'Open the desk' }).click();
      await other.page.getByText('This link was used already, or is too old').waitFor();
      await other.page.context().close();
    });

    it('points for many wait; who asked sees the answer of the other come by itself', async () => {
      await asOwner(desk.page, 'PUT', '/adjustment-limits', { role: 'support', alone: '1', atOnce: '50', aDay: '99' });
      const wish = { id: randomUUID(), unit: 'food', points: '5', reason: 'Late parcels', matching: {} };
      await asOwner(second, 'POST', '/bulk-adjustments', wish);
      await second.goto(`${new URL(second.url()).origin}/admin/members/together/${wish.id}`);
      await second.getByRole('button', { name: /^Ask/ }).click();
      await second.getByText('Asked by Sam Support').waitFor();
      await desk.go('members/waiting');
      await desk.page.getByRole('link', { name: /^\+5 for/ }).click();
      // what one agrees to is said where one agrees; to withdraw it is for who asked
      await button(/^Agree to \+\d/).waitFor();
      expect(await button('Withdraw').count()).toBe(0);
      await second.getByRole('button', { name: 'Withdraw' }).waitFor();
      await button('Refuse').click();
      await desk.page.getByRole('dialog').getByLabel('Why not').fill('Not all of them');
      await desk.page.getByRole('dialog').getByRole('button', { name: 'Refuse' }).click();
      await second.getByText('Refused by Kari Owner: Not all of them').waitFor();
      // the dialog and what opened it are gone: the reader goes on from the part that they were in
      await desk.page.waitForFunction(() => document.activeElement?.closest('main'));
    });

    it('what a shop did not do is one press from home; one that refuses us says how it is connected again', async () => {
      const [store] = (await asOwner<{ stores: { id: string; url: string }[] }>(desk.page, 'GET', '/stores')).stores;
      const troubled = async (path: string, change: (said: Record<string, unknown>) => object) =>
        desk.page.route(`**/api/v1/${path}`, async (route) => {
          const response = await route.fetch();
          const said = (await response.json()) as Record<string, unknown>;
          await route.fulfill({ response, json: { ...said, ...change(said) } });
        });
      await troubled('overview?*', () => ({
        needs: [
          { kind: 'store-refused', about: store?.url, n: 1, members: null },
          { kind: 'stuck', about: store?.url, n: 3, members: null },
        ],
      }));
      await troubled('stores', ({ stores }) => ({
        stores: (stores as object[]).map((one) => ({ ...one, status: 'suspended' })),
      }));
      await desk.go('');
      await desk.page.getByRole('link', { name: 'Look' }).nth(1).click();
      await desk.page
        .getByRole('heading', { name: 'What went wrong with' })
        .or(desk.page.getByText('Nothing is wrong with this store'))
        .first()
        .waitFor();
      await desk.go('settings/stores');
      await desk.page.getByText('Open Tallymark from the Apps menu').waitFor();
      expect(await seriousFindings(desk.page)).toEqual([]);
      await desk.page.unrouteAll({ behavior: 'wait' });
    });

    it('who is taken off the staff while their desk is open is told so, and what to do', async () => {
      const { staff } = await asOwner<{ staff: { id: string; name: string }[] }>(desk.page, 'GET', '/staff');
      const { id = '' } = staff.find(({ name }) => name === 'Sam Support') ?? {};
      await asOwner(desk.page, 'DELETE', `/staff/${id}`);
      await second.getByRole('link', { name: 'Promotions' }).click();
      await second.getByText('You are no longer on the staff').waitFor();
      await second.reload();
      await second.getByText('ask its owner to invite you again').waitFor();
      expect(await seriousFindings(second)).toEqual([]);
    });
  });

  it('nothing went wrong on the way', () => expect(desk.errors).toEqual([]));
});
