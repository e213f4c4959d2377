import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { seriousFindings } from './support/axe.js';
import { findChromium } from './support/chromium.js';
import { frameIn, launchForAdmin, type OpenDesk, openAlone, openInAdmin, settled, SHOP } from './support/desk-hosts.js';
import { addressesIn, PLACES, routesOfDesk, WRITTEN_DOWN } from './support/desk-places.js';
import { type Drawn, drawn } from './support/layout.js';
import { type LivedIn, liveIn } from './support/lived-in.js';
import { startDemo, type StartedDemo } from './support/started-demo.js';
import { until } from '../support/redis.js';

/**
 * Every place of the desk, by itself and inside Shopify's admin, light and dark, at a desk and in a hand: nothing serious for axe,
 * nothing in the console, nothing that scrolls sideways. TALLYMARK_SHOTS=<folder> keeps a picture of each.
 */
const LOOKS = [
  { width: 1280, height: 800, scheme: 'light' },
  { width: 390, height: 844, scheme: 'dark' },
  { width: 390, height: 844, scheme: 'light' },
  { width: 1280, height: 800, scheme: 'dark' },
] as const;
/** Of these two the others differ in nothing that the host could change. */
const IN_A_FRAME = LOOKS.slice(0, 2);
const SHOTS = process.env['TALLYMARK_SHOTS'];

const chromium = findChromium();
let browser: Browser;
let demo: StartedDemo;
let lived: [LivedIn, LivedIn];

(chromium ? describe : describe.skip)('the desk, everywhere', () => {
  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(), launchForAdmin(chromium ?? '')]);
    lived = await Promise.all([liveIn(demo, 0), liveIn(demo, 1)]);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  it('has a place in this test for each of its routes', () => {
    expect([...new Set(PLACES.map(([route]) => route))].sort()).toEqual([...new Set(routesOfDesk())].sort());
  });

  it('is as it should be in a window of its own', async () => {
    const there = await openAlone(browser, demo.start, 0);
    const wrong: string[] = [];
    const english = new Map<string, readonly string[]>();
    for (const { address, name } of addressesIn(lived[0])) {
      await goTo(there, address);
      const { faults, texts } = await lookAt(there, 'alone', name);
      wrong.push(...faults);
      english.set(name, texts);
    }
    for (const language of SHOTS ? ['pl', 'nb', 'nl'] : ['pl'])
      wrong.push(...(await inAnotherLanguage(there, language, english)));
    expect(wrong).toEqual([]);
    expect(there.errors).toEqual([]);
    await there.page.context().close();
  }, 480_000);

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
    for (const { address, name } of addressesIn(lived[1])) {
      await goTo(there, address);
      wrong.push(...(await lookAt(there, 'in-admin', name)).faults);
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

/** To a place, and until all is there: a simulation begins by itself and takes its time. */
async function goTo({ desk, go }: OpenDesk, address: string): Promise<void> {
  await go(address);
  if (address === 'promotions/draft') await desk.locator('.blocks').first().waitFor();
  if (address === 'promotions/publish') await desk.locator('main .facts').first().waitFor();
}

/**
 * All looks of what is shown: what is wrong, in words, and what is to be read. All that axe knows once, the contrast of the dark
 * colours too; the same layout in the same width, the same colours by the same light; and both as they were written down. In a
 * frame, what the frame could change.
 */
async function lookAt(
  { page, desk }: OpenDesk,
  host: 'alone' | 'in-admin',
  place: string,
): Promise<{ faults: string[]; texts: readonly string[] }> {
  const wrong: string[] = [];
  const seen: Drawn[] = [];
  // inside the admin the first of each place is looked at wholly; of those beneath it, what a frame could change
  const wholly = host === 'alone' || !place.includes('/');
  const touch = await page.context().newCDPSession(page);
  for (const [at, { width, height, scheme }] of (wholly ? LOOKS : IN_A_FRAME).entries()) {
    const name = `${place.replaceAll(/\W+/g, '-')}-${scheme}-${width}-${host}`;
    await page.setViewportSize({ width, height });
    await touch.send('Emulation.setTouchEmulationEnabled', { enabled: width < 500 });
    // a colour on its way from light to dark is neither
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    // inside the admin a place may still be on its way when its address is there
    await settled(desk);
    const rules = wholly ? [undefined, ['color-contrast']][at] : FRAMED;
    const findings = at < 2 ? await seriousFindings(desk, rules) : [];
    wrong.push(...findings.map((one) => `${name}: ${one}`));
    const over = await desk.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) wrong.push(`${name}: ${over} px too wide`);
    const now = await drawn(desk);
    wrong.push(...now.faults.map((one) => `${name}: ${one}`));
    seen.push(now);
    await keepPicture(page, name, host);
  }
  await touch.detach();
  const [lightDesk, darkPhone, lightPhone, darkDesk] = seen;
  if (wholly) {
    const shape = (of: Drawn | undefined) => of?.layout.join('\n');
    if (shape(lightDesk) !== shape(darkDesk)) wrong.push(`${place}: at a desk the dark one is laid out otherwise`);
    if (shape(lightPhone) !== shape(darkPhone)) wrong.push(`${place}: on a phone the dark one is laid out otherwise`);
  }
  if (!WRITTEN_DOWN.has(place)) return { faults: wrong, texts: darkPhone?.texts ?? [] };
  expect({
    desk: lightDesk?.layout,
    phone: darkPhone?.layout,
    ...(wholly ? { light: lightDesk?.colours, dark: darkDesk?.colours } : {}),
  }).toMatchSnapshot(`${place}, ${host}`);
  return { faults: wrong, texts: darkPhone?.texts ?? [] };
}
/** What a heading, a name or a place in the page can lose by standing in a frame. */
const FRAMED = ['page-has-heading-one', 'landmark-one-main', 'region', 'bypass', 'document-title', 'html-has-lang'];

async function keepPicture(page: Page, name: string, host: string): Promise<void> {
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: host === 'alone' });
}

/** The places once more in a language with longer words, on a phone: what is cut off, and what was left in English. */
async function inAnotherLanguage(
  there: OpenDesk,
  language: string,
  english: ReadonlyMap<string, readonly string[]>,
): Promise<string[]> {
  const { page, desk } = there;
  const wrong: string[] = [];
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(async (wish) => {
    const answer = await fetch('/api/v1/me', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ language: wish }),
    });
    if (!answer.ok) throw new Error(`the language could not be changed: ${answer.status}`);
  }, language);
  for (const { address, name } of addressesIn(lived[0])) {
    await goTo(there, address);
    const { texts, faults } = await drawn(desk);
    wrong.push(...faults.map((one) => `${name} in ${language}: ${one}`));
    await keepPicture(page, `${name.replaceAll(/\W+/g, '-')}-${language}`, 'alone');
    wrong.push(
      ...texts
        .filter((text) => english.get(name)?.includes(text) && TWO_WORDS.test(text) && !NAMES.test(text))
        .map((text) => `${name} in ${language} says the same as in English: ${text}`),
    );
  }
  return wrong;
}
/** One word may be the same in two languages; a sentence is not. */
const TWO_WORDS = /\p{L}{2,}[^\p{L}]+\p{L}{2,}/u;
const NAMES = /^(Kari Owner|(Anna|Piotr)( Test)?|\S+@\S+|[\w-]+\.\w+(:\d+)?)$/;
