import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { seriousFindings } from './support/axe.js';
import { joinAndBuy } from './support/buy-through-shop.js';
import { findChromium } from './support/chromium.js';
import { frameIn, launchForAdmin, type OpenDesk, openAlone, openInAdmin, SHOP } from './support/desk-hosts.js';
import { startDemo, type StartedDemo } from './support/started-demo.js';
import { until } from '../support/redis.js';

/**
 * Every place of the desk, by itself and inside Shopify's admin, light and dark, at a desk and in a hand: nothing serious for axe,
 * nothing in the console, nothing that scrolls sideways. TALLYMARK_SHOTS=<folder> keeps a picture of each.
 */
const PLACES = [
  '',
  'program',
  'program/draft',
  'promotions',
  'promotions/new',
  'rewards',
  'rewards/redemptions',
  'members',
  'ledger',
  'ledger/proof',
  'reports',
  'reports/use',
  'settings/stores',
  'settings/staff',
  'set-up?step=connected',
] as const;
const LOOKS = [
  { width: 1280, height: 800, scheme: 'light' },
  { width: 390, height: 844, scheme: 'dark' },
  { width: 390, height: 844, scheme: 'light' },
  { width: 1280, height: 800, scheme: 'dark' },
] as const;
const SHOTS = process.env['TALLYMARK_SHOTS'];

const chromium = findChromium();
let browser: Browser;
let demo: StartedDemo;

(chromium ? describe : describe.skip)('the desk, everywhere', () => {
  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(), launchForAdmin(chromium ?? '')]);
    await joinAndBuy(demo.woocommerce, 'Anna', 3);
    await joinAndBuy(demo.shopify, 'Piotr', 2);
  }, 150_000);
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  it('is as it should be in a window of its own, one member to the last line included', async () => {
    const there = await openAlone(browser, demo.start, 0);
    const wrong: string[] = [];
    for (const place of PLACES) {
      await there.go(place);
      wrong.push(...(await lookAt(there, 'alone', place)));
    }
    // who somebody is may come with a later delivery than that they joined
    const anna = there.page.getByRole('link', { name: /Anna/ }).first();
    const isListed = async () => {
      await there.go('members');
      return anna.isVisible();
    };
    await until(isListed, 60_000, 'Anna is listed by name');
    await anna.click();
    await there.page.getByText('Welcome').first().waitFor();
    wrong.push(...(await lookAt(there, 'alone', 'one-member')));
    expect(wrong).toEqual([]);
    expect(there.errors).toEqual([]);
    await there.page.context().close();
  }, 300_000);

  it('is as it should be inside Shopify’s admin, whose menu it fills and whose choice it follows', async () => {
    const there = await openInAdmin(browser, demo.start);
    const { page, desk } = there;
    const menu = page.getByRole('navigation', { name: 'Tallymark' }).getByRole('link');
    expect(await menu.allTextContents()).toEqual([
      'Home',
      'Program',
      'Promotions',
      'Rewards',
      'Members',
      'Ledger',
      'Reports',
      'Settings',
    ]);
    await menu.filter({ hasText: 'Ledger' }).click();
    await desk.getByRole('heading', { name: 'Ledger', level: 1 }).waitFor();
    const wrong: string[] = [];
    for (const place of PLACES.filter((one) => !one.includes('/'))) {
      await there.go(place);
      wrong.push(...(await lookAt(there, 'in-admin', place)));
    }
    expect(wrong).toEqual([]);
    expect(there.errors).toEqual([]);
    await page.context().close();
  }, 300_000);

  it('lets nobody frame it but the shop’s own admin', async () => {
    const { page, errors } = await frameIn(browser, demo.start, 'https://elsewhere.example');
    const refused = `frame-ancestors https://${SHOP} https://admin.shopify.com`;
    await until(() => errors.join().includes(refused), 30_000, 'the browser says why');
    expect(errors.join()).toContain(refused);
    expect(page.frames().some((frame) => frame.url().includes('/shopify/app'))).toBe(false);
    await page.context().close();
  }, 60_000);
});

/** All looks of what is shown; what is wrong, in words. All that axe knows once, the contrast of the dark colours too. */
async function lookAt({ page, desk }: OpenDesk, host: string, place: string): Promise<string[]> {
  const wrong: string[] = [];
  for (const [at, { width, height, scheme }] of LOOKS.entries()) {
    const name = `${place.replaceAll(/\W+/g, '-') || 'home'}-${scheme}-${width}-${host}`;
    await page.setViewportSize({ width, height });
    // a colour on its way from light to dark is neither
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const rules = [undefined, ['color-contrast']][at];
    const findings = at < 2 ? await seriousFindings(desk, rules) : [];
    wrong.push(...findings.map((one) => `${name}: ${one}`));
    const over = await desk.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) wrong.push(`${name}: ${over} px too wide`);
    if (SHOTS) {
      mkdirSync(SHOTS, { recursive: true });
      await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: host === 'alone' });
    }
  }
  return wrong;
}
