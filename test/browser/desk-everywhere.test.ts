import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { seriousFindings } from './support/axe.js';
import { joinAndBuy } from './support/buy-through-shop.js';
import { findChromium } from './support/chromium.js';
import { type Drawn, drawn } from './support/layout.js';
import { frameIn, launchForAdmin, type OpenDesk, openAlone, openInAdmin, settled, SHOP } from './support/desk-hosts.js';
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
    await isCounted(there);
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
    wrong.push(...(await inAnotherLanguage(there)));
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
    await isCounted(there);
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

/** What the one member ordered has been counted, so that every place has what it shows. */
async function isCounted({ go, desk }: OpenDesk): Promise<void> {
  const more = desk.getByRole('cell', { name: /^(?!50 )[0-9]+ points$/ });
  const counted = async () => {
    await go('members');
    return (await more.count()) > 0;
  };
  await until(counted, 60_000, 'the first order is counted');
}

/**
 * All looks of what is shown; what is wrong, in words. All that axe knows once, the contrast of the dark colours too; the same
 * layout in the same width, the same colours by the same light; and both as they were written down.
 */
async function lookAt({ page, desk }: OpenDesk, host: string, place: string): Promise<string[]> {
  const wrong: string[] = [];
  const seen: Drawn[] = [];
  const touch = await page.context().newCDPSession(page);
  for (const [at, { width, height, scheme }] of LOOKS.entries()) {
    const name = `${place.replaceAll(/\W+/g, '-') || 'home'}-${scheme}-${width}-${host}`;
    await page.setViewportSize({ width, height });
    await touch.send('Emulation.setTouchEmulationEnabled', { enabled: width < 500 });
    // a colour on its way from light to dark is neither
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const rules = [undefined, ['color-contrast']][at];
    // inside the admin a place may still be on its way when its address is there
    await settled(desk);
    const findings = at < 2 ? await seriousFindings(desk, rules) : [];
    wrong.push(...findings.map((one) => `${name}: ${one}`));
    const over = await desk.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) wrong.push(`${name}: ${over} px too wide`);
    const now = await drawn(desk);
    wrong.push(...now.faults.map((one) => `${name}: ${one}`));
    seen.push(now);
    if (SHOTS) {
      mkdirSync(SHOTS, { recursive: true });
      await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: host === 'alone' });
    }
  }
  await touch.detach();
  const [lightDesk, darkPhone, lightPhone, darkDesk] = seen;
  const shape = (of: Drawn | undefined) => of?.layout.join('\n');
  if (shape(lightDesk) !== shape(darkDesk)) wrong.push(`${place}: at a desk the dark one is laid out otherwise`);
  if (shape(lightPhone) !== shape(darkPhone)) wrong.push(`${place}: on a phone the dark one is laid out otherwise`);
  expect({
    desk: lightDesk?.layout,
    phone: darkPhone?.layout,
    light: lightDesk?.colours,
    dark: darkDesk?.colours,
  }).toMatchSnapshot(`${place || 'home'}, ${host}`);
  return wrong;
}

/** The places once more in the language with the longest words, on a phone: what is cut off, and what was left in English. */
async function inAnotherLanguage({ page, desk, go }: OpenDesk): Promise<string[]> {
  const wrong: string[] = [];
  const english = new Map<string, readonly string[]>();
  await page.setViewportSize({ width: 390, height: 844 });
  for (const language of ['en', 'pl']) {
    await page.evaluate(async (wish) => {
      const answer = await fetch('/api/v1/me', {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ language: wish }),
      });
      if (!answer.ok) throw new Error(`the language could not be changed: ${answer.status}`);
    }, language);
    for (const place of [...PLACES.slice(1), 'settings/audit', 'set-up?step=on']) {
      await go(place);
      const { texts, faults } = await drawn(desk);
      wrong.push(...faults.map((one) => `${place} in ${language}: ${one}`));
      if (language === 'en') english.set(place, texts);
      else
        wrong.push(
          ...texts
            .filter((text) => english.get(place)?.includes(text) && TWO_WORDS.test(text) && !NAMES.test(text))
            .map((text) => `${place} in ${language} says the same as in English: ${text}`),
        );
    }
  }
  return wrong;
}
/** One word may be the same in two languages; a sentence is not. */
const TWO_WORDS = /\p{L}{2,}[^\p{L}]+\p{L}{2,}/u;
const NAMES = /^(Kari Owner|Anna( Test)?|\S+@\S+|[\w-]+\.\w+(:\d+)?)$/;
