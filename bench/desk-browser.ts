import { type Browser, chromium, type Page } from 'playwright-core';
import { find } from '../test/support/machine.js';
import type { OpenDesk } from './desk-process.js';
import { madePerson } from './made-people.js';

/** Milliseconds from what somebody did to the next frame that the browser showed. */
export type Interactions = Record<string, number[]>;

const ARGUMENTS = ['--no-sandbox', '--disable-background-networking', '--disable-gpu', '--disable-dev-shm-usage'];
/** Says how the machine is. */
export const NOTHING = 'a click on nothing';
/** Shorter interactions are not told of: they count as this. */
const LEAST_TOLD = 16;

/** Where a Chromium is; null = none. */
export const chromiumHere = (): string | null => process.env['CHROMIUM'] ?? find('chromium') ?? find('google-chrome');

/** Does, in the list of all members and from there, what one does at a counter, `times` times over. */
export async function watchInteractions(
  executablePath: string,
  { url, cookie }: OpenDesk,
  { members, times, pages }: { members: number; times: number; pages: number },
): Promise<Interactions> {
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  try {
    const page = await openList(browser, url, cookie);
    const found: Interactions = {};
    const watch = async (what: string, act: () => Promise<unknown>) => {
      const durations = await during(page, act);
      (found[what] ??= []).push(...durations);
    };
    // what a click takes that does nothing: all else contains it
    for (let turn = 0; turn < times * 5; turn++) await watch(NOTHING, () => page.locator('main h1').click());
    for (let turn = 0; turn < times; turn++) await atCounter(page, watch, 1 + ((turn * 7919) % members));
    await thousandsOfRows(page, watch, pages);
    return found;
  } finally {
    await browser.close();
  }
}

type Watch = (what: string, act: () => Promise<unknown>) => Promise<void>;

async function openList(browser: Browser, url: string, cookie: OpenDesk['cookie']): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addCookies([{ ...cookie, url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.addInitScript(WATCHING);
  await page.goto(`${url}/admin/members`);
  await rows(page).first().waitFor();
  return page;
}

const rows = (page: Page) => page.locator('main tbody tr');
const searchField = (page: Page) => page.getByRole('searchbox');

/** Looks somebody up by name and by the end of their number, opens them, and goes back. */
async function atCounter(page: Page, watch: Watch, n: number): Promise<void> {
  const { name, phone } = madePerson(n);
  await searchField(page).click();
  await watch('typing a name', () => page.keyboard.type(name, { delay: 60 }));
  await page.getByRole('link', { name, exact: true }).first().waitFor();
  await watch('opening a member', () => page.getByRole('link', { name, exact: true }).first().click());
  await page
    .getByRole('tablist')
    .or(page.locator('main h1', { hasText: name }))
    .first()
    .waitFor();
  await watch('back to the list', () => page.getByRole('link', { name: 'Members' }).first().click());
  await rows(page).nth(20).waitFor();
  await searchField(page).click();
  await watch('typing a number', () => page.keyboard.type(phone.slice(-6), { delay: 60 }));
  await page.getByRole('link', { name, exact: true }).first().waitFor();
  await watch('clearing the search', () => page.keyboard.press('Escape'));
  await rows(page).nth(20).waitFor();
  await watch('the palette: opening it', () => page.keyboard.press('Control+k'));
  await watch('the palette: typing a name', () => page.keyboard.type(name, { delay: 60 }));
  await page.getByRole('option', { name }).first().waitFor();
  await watch('the palette: choosing', () => page.keyboard.press('Enter'));
  await page.locator('main h1', { hasText: name }).waitFor();
  await watch('back to the list', () => page.getByRole('link', { name: 'Members' }).first().click());
  await rows(page).nth(20).waitFor();
}

/** Page after page of all members, and a search with all of those in sight. */
async function thousandsOfRows(page: Page, watch: Watch, pages: number): Promise<void> {
  const more = page.locator('.more button');
  for (let n = 1; n <= pages; n++) {
    await watch('the next page', () => more.click());
    await rows(page)
      .nth(n * 50 + 1)
      .waitFor();
    // nobody presses again in the moment in which rows come to stand where the button was
    await page.waitForTimeout(500);
  }
  await searchField(page).click();
  await watch('typing above thousands of rows', () => page.keyboard.type('anna k', { delay: 60 }));
}

/** What was done while `act` ran, each as long as its slowest event. */
async function during(page: Page, act: () => Promise<unknown>): Promise<number[]> {
  await page.evaluate('watching.seen.clear()');
  await act();
  const told = await page.evaluate<number[]>('watching.told()');
  return told.length > 0 ? told : [LEAST_TOLD];
}

/** In the page, from its beginning; text, for what is compiled here names helpers that are not there. */
const WATCHING = `
  const seen = new Map();
  const note = (entries) => {
    for (const { interactionId: id, duration } of entries)
      if (id > 0) seen.set(id, Math.max(seen.get(id) ?? 0, duration));
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: 'event', durationThreshold: ${LEAST_TOLD}, buffered: true });
  window.watching = {
    seen,
    // two frames on, what was done has been painted, and a moment later it is told
    async told() {
      for (let frame = 0; frame < 2; frame++) await new Promise((then) => requestAnimationFrame(then));
      await new Promise((then) => setTimeout(then, 50));
      note(observer.takeRecords());
      return [...seen.values()];
    },
  };`;
