import { readFileSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { buildWidget, WIDGET_LIMIT } from '../../scripts/build-widget.mjs';
import { findChromium, launch, visit, type Look } from './support/chromium.js';
import { startFakeApi, type FakeApi } from './support/fake-api.js';
import { PAYLOADS } from './support/fake-answers.js';
import { shopPage } from './support/page.js';

const chromium = findChromium();
const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

interface Finding {
  id: string;
  impact: string;
  nodes: { html: string }[];
}

/** Serious and critical findings, as "rule: element". */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } }).axe
      .run()
      .then((all) => all.violations),
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

(chromium ? describe : describe.skip)('the widget in a shop’s page', () => {
  let browser: Browser;
  let api: FakeApi;
  let file: { file: string; gzipped: number };
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    file = await buildWidget(mkdtempSync(join(tmpdir(), 'tally-')));
    browser = await launch(chromium ?? '');
  });
  afterAll(async () => {
    await browser.close();
  });
  beforeEach(async () => {
    api = await startFakeApi(file.file);
  });
  afterEach(async () => {
    await page.context().close();
    await api.close();
  });

  async function open(views: string[], look: Partial<Look> = {}, attributes = ''): Promise<void> {
    const whole: Look = { width: 375, scheme: 'light', lang: 'en', ...look };
    api.is.page = () => shopPage(whole.lang ?? 'en', views, attributes);
    ({ page, errors } = await visit(browser, whole));
    await page.addInitScript(() => {
      const seen = window as unknown as { shifts: number; heard: unknown[] };
      seen.shifts = 0;
      seen.heard = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.shifts += (entry as unknown as { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
      for (const name of ['tally:redeemed', 'tally:undone', 'tally:joined'])
        document.addEventListener(name, (happening) => seen.heard.push([name, (happening as CustomEvent).detail]));
    });
    await page.goto(api.url);
  }
  const heard = () => page.evaluate(() => (window as unknown as { heard: [string, Record<string, unknown>][] }).heard);
  const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? '');
  const body = () => page.locator('tally-mark').first();

  it('is one file under its limit, with all four languages in it', async () => {
    await open(['product']);
    expect(file.gzipped).toBeLessThan(WIDGET_LIMIT);
  });

  describe.each(['light', 'dark'] as const)('in the %s', (scheme) => {
    it.each(['en', 'nl', 'nb', 'pl'])(
      'has no serious accessibility finding, shifts nothing, fits 320 px (%s)',
      async (lang) => {
        await open(['product', 'cart', 'account', 'order'], { lang, scheme, width: 320 });
        await page.locator('tally-mark[view=account] details.entry').first().waitFor();
        await page.locator('tally-mark[view=cart] input[type=range]').waitFor();
        expect(await page.evaluate(() => (window as unknown as { shifts: number }).shifts)).toBe(0);
        for (const summary of await page.locator('summary:visible').all()) await summary.click();
        expect(await findings(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
        expect(errors).toEqual([]);
      },
    );
  });

  it('D1: redeems by keyboard alone, waits for the code, says it once and undoes it', async () => {
    api.is.codeAfter = 2;
    await open(['cart']);
    await page.locator('input[type=range]').waitFor();
    await page.locator('input[type=range]').focus();
    await page.keyboard.press('End');
    expect(await page.locator('.equals').textContent()).toBe('360\u00a0points = €18.00 off');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.equals').textContent()).toBe('20\u00a0points = €1.00 off');
    for (let presses = 0; presses < 12 && !(await focused()).startsWith('Use 20'); presses++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove' }).waitFor();
    await expectText('€1.00 off with 20\u00a0points.');
    await expectSaid('€1.00 off with 20\u00a0points.');
    expect(await focused()).toBe('Remove');
    expect((await heard())[0]).toEqual([
      'tally:redeemed',
      expect.objectContaining({ code: 'BEANCLUB-R1', off: { minor: 100, currency: 'EUR', exponent: 2 } }),
    ]);

    await page.keyboard.press('Enter');
    await page.locator('input[type=range]').waitFor();
    await expectSaid('Back in your balance: 20\u00a0points.');
    expect((await heard()).map(([name]) => name)).toEqual(['tally:redeemed', 'tally:undone']);
    expect(api.is.available).toBe(1240);
  });

  async function expectText(text: string): Promise<void> {
    await page.getByText(text).first().waitFor({ timeout: 5000 });
  }

  /** It is the last thing said: a slider's own figure, still on its way, must not come after it. */
  async function expectSaid(text: string): Promise<void> {
    const voice = page.locator('[role=status]');
    await voice.getByText(text, { exact: true }).waitFor({ timeout: 5000 });
    await page.waitForTimeout(600);
    expect(await voice.textContent()).toBe(text);
  }

  it('T13: the limit that binds stands under the slider before anyone hits it', async () => {
    await open(['cart']);
    await expectText('points pay for at most 50% of an order.');
    await page.getByRole('textbox').fill('5000');
    await page.keyboard.press('Tab');
    expect(await page.locator('.equals').textContent()).toBe('360\u00a0points = €18.00 off');
  });

  it('D4: when the answer is lost, trying again is the same intention and counts once', async () => {
    api.is.lose = 1;
    await open(['cart']);
    await page.getByRole('button', { name: 'Most: 360' }).click();
    await page.getByRole('button', { name: 'Use 360 points for €18.00 off' }).click();
    await expectText("We can't tell yet whether that went through.");
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: 'Remove' }).waitFor();
    const keys = api.seen.filter(({ path }) => path === 'redeem').map(({ key }) => key);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
    expect(api.is.available).toBe(1240 - 360);
  });

  it('says that the points are safe when the service is away, and after 1.5 s when it is slow', async () => {
    api.is.away = true;
    await open(['product', 'cart']);
    await expectText("We can't reach your points right now. They're safe, and you can check out as usual.");
    expect(await page.locator('tally-mark[view=product]').evaluate((element) => element.shadowRoot?.textContent)).toBe(
      '',
    );
    api.is.away = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('input[type=range]').waitFor();

    await page.context().close();
    api.is.delay = 2500;
    await open(['cart']);
    const began = Date.now();
    await expectText("We can't reach your points right now.");
    expect(Date.now() - began).toBeLessThan(2400);
  });

  it('keeps a door behind every figure: the balance opens to its parts, each line to its reason', async () => {
    await open(['account'], { width: 1280 });
    await page.locator('details.balance summary').click();
    await expectText('from 3 December 2026');
    await page.getByText('120 points for order 1042').click();
    const parts = await page.locator('details[open].entry .row b').allTextContents();
    expect(parts).toEqual(['48', '24', '48', '1,256']);
    await page.getByRole('button', { name: 'Show more' }).click();
    await expectText('No points for order 1041: under €10.00.');
  });

  it('joins in one tap; a guest is asked to sign in and sees no balance', async () => {
    api.is.customer = false;
    api.is.member = false;
    await open(['join']);
    expect(await page.getByRole('link', { name: 'Sign in to see your points' }).getAttribute('href')).toBe('/login');
    await page.context().close();
    api.is.customer = true;
    await open(['join'], {}, 'referral="BOB1"');
    await page.getByRole('button', { name: "Join, it's free" }).click();
    await expectText('You are a member of Bean Club.');
    expect(api.seen.find(({ path }) => path === 'join')?.body).toEqual({ referral: 'BOB1' });
    expect(api.seen.filter(({ path }) => path === 'referral-visit')).toHaveLength(1);
    expect((await heard()).map(([name]) => name)).toEqual(['tally:joined']);
  });

  it.each(PAYLOADS)('T24: shows %s as text and never runs it', async (payload) => {
    api.is.nasty = payload;
    await open(['product', 'cart', 'account', 'order', 'join'], {}, `sign-in="javascript:window.__xss=1"`);
    await page.locator('tally-mark[view=account] details.entry').first().waitFor();
    await page.locator('tally-mark[view=cart] input[type=range]').waitFor();
    for (const summary of await page.locator('summary:visible').all()) await summary.click();
    expect(await page.evaluate(() => (window as unknown as { __xss?: number }).__xss)).toBeUndefined();
    const bred = 'img, script, iframe, svg[onload], [onerror], a[href^="javascript"]';
    for (const view of ['product', 'cart', 'account', 'order', 'join'])
      expect(
        await page
          .locator(`tally-mark[view=${view}]`)
          .evaluate((element, what) => element.shadowRoot?.querySelectorAll(what).length, bred),
      ).toBe(0);
    expect(await body().evaluate((element) => element.shadowRoot?.textContent)).toContain(payload);
  });
});
