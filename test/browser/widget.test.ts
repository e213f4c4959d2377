import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { buildWidget, WIDGET_LIMIT } from '../../scripts/build-widget.mjs';
import { seriousFindings } from './support/axe.js';
import { findChromium, launch, visit, type Look } from './support/chromium.js';
import { startFakeApi, type FakeApi } from './support/fake-api.js';
import { PAYLOADS } from './support/fake-answers.js';
import { shopPage } from './support/page.js';
import { witness } from './support/witness.js';

const chromium = findChromium();

(chromium ? describe : describe.skip)('the widget in a shop’s page', () => {
  let browser: Browser;
  let api: FakeApi;
  let file: { file: string; gzipped: number };
  let page: Page;
  let errors: string[];
  let shifts: () => Promise<number>;
  let heard: Awaited<ReturnType<typeof witness>>['heard'];

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
    api.is.page = () => shopPage(whole.lang ?? 'en', views, attributes, api.is.dir);
    ({ page, errors } = await visit(browser, whole));
    ({ shifts, heard } = await witness(page));
    await page.goto(api.url);
  }
  const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? '');
  const body = () => page.locator('tally-mark').first();

  it('is one file under its limit, with all four languages in it', async () => {
    await open(['product']);
    expect(file.gzipped).toBeLessThan(WIDGET_LIMIT);
  });

  /** Everything that can be opened is open, everything that loads is there. */
  async function openAll(): Promise<void> {
    await page.locator('tally-mark[view=account] details.entry').first().waitFor();
    await page.locator('tally-mark[view=account] [name=code]').waitFor();
    await page.locator('tally-mark[view=cart] input[type=range]').waitFor();
    expect(await shifts()).toBe(0);
    for (const summary of await page.locator('summary:visible').all()) await summary.click();
  }

  it.each(['en', 'nl', 'nb', 'pl'])(
    'has no serious accessibility finding, shifts nothing, fits a phone by day and a desk by night (%s)',
    async (lang) => {
      await open(['product', 'cart', 'account', 'order'], { lang, width: 320 });
      await openAll();
      for (const [width, colorScheme] of [
        [320, 'light'],
        [1280, 'dark'],
      ] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        expect(await seriousFindings(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      }
      expect(errors).toEqual([]);
    },
  );

  it('reads the other way round where the page does: nothing is cut off, figures keep their order', async () => {
    api.is.dir = 'rtl';
    await open(['account'], { width: 375 });
    await page.locator('details.entry').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
    const side = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => element.getBoundingClientRect().left);
    expect(await side('.hero .chip')).toBeLessThan(await side('.hero strong'));
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
    expect(parts).toEqual(['110', '10', '48', '24', '48', '1,256']);
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

  it('C15: draws level, cards, goals and badges, and says each in a sentence of the service', async () => {
    await open(['account']);
    await page.locator('.ladder [aria-current=step]').waitFor();
    expect(await page.locator('.ladder [aria-current=step]').textContent()).toBe('Silver');
    await expectText('Spend €188.00 more by 31 December 2026 to reach Gold.');
    expect(await page.locator('.punch').first().locator('.stamps .on').count()).toBe(7);
    expect(await page.locator('.punch').first().locator('.stamps i').count()).toBe(10);
    await expectText('3 more stamps: 1 free coffee');
    expect(await page.locator('.badges .on').allTextContents()).toEqual(['RRegular3 Mar 2026']);
    expect(await page.locator('.ring').count()).toBe(5);
  });

  it('T1: a line opens to the lines of its order, the rules, and the rule that came nearest', async () => {
    await open(['account']);
    await page.getByText('120 points for order 1042').click();
    const opened = page.locator('details[open].entry');
    expect(await opened.locator('h4').allTextContents()).toEqual([
      'What was in it',
      'How it was counted',
      "What didn't count",
    ]);
    expect(await opened.locator('.row').first().textContent()).toBe('3 × Yirgacheffe 250 g110');
    expect(await opened.locator('p').last().textContent()).toBe('Triple on Ethiopia: not in this order');
  });

  it('C16, C6, C7: checks in by a code from a link, answers a survey, tells a birthday; refusals are the service’s words', async () => {
    await open(['account'], {}, 'check-in="NOWHERE"');
    const code = page.locator('[name=code]');
    await code.waitFor();
    expect(await code.inputValue()).toBe('NOWHERE');
    await page.getByRole('button', { name: 'Check in' }).click();
    await expectText('This code is not known here.');
    await code.fill('CANAL');
    await code.press('Enter');
    await expectText('15 points, thank you');

    await page.getByText('How do you drink it?').click();
    await page.getByLabel('Sometimes').check();
    await page.getByLabel('Morning').check();
    await page.getByLabel('Night').check();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('button', { name: 'Send' }).waitFor({ state: 'detached' });
    expect(api.seen.find(({ path }) => path === 'survey-answer')?.body).toEqual({
      survey: 'taste',
      answers: { milk: ['Sometimes'], when: ['Morning', 'Night'] },
    });

    await page.locator('[name=day]').fill('9');
    await page.locator('[name=month]').selectOption({ label: 'March' });
    await page.getByRole('button', { name: 'Save' }).click();
    await expectText('Saved.');
    expect(api.seen.find(({ path }) => path === 'birthday')?.body).toEqual({ birthday: '03-09' });
    expect(api.seen.filter(({ path }) => path === 'visit')).toHaveLength(1);
  });

  describe.each([375, 1280])('the launcher, %d px wide', (width) => {
    it('opens, walks its parts and closes by keyboard alone, and gives the focus back', async () => {
      await open(['launcher'], { width });
      const fab = page.getByRole('button', { name: 'Bean Club, 1,240\u00a0points' });
      await fab.focus();
      await page.keyboard.press('Enter');
      await page.locator('dialog .hero').waitFor();
      expect(await focused()).toBe('Bean Club');
      for (let presses = 0; presses < 30 && (await focused()) !== 'History'; presses++)
        await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.locator('dialog details.entry').first().waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' });
      expect(await focused()).toContain('1,240');
      expect(await shifts()).toBe(0);
    });
  });

  it('on a phone, Back leads out of the sheet and stays on the page', async () => {
    await open(['launcher']);
    await page.locator('.fab').click();
    await page.locator('dialog .hero').waitFor();
    await page.goBack();
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(page.url()).toBe(`${api.url}/`);
  });

  it('S13: without a network it shows the last that was known, says of when, and comes back by itself', async () => {
    await open(['account']);
    await page.locator('details.entry').first().waitFor();
    await page.context().setOffline(true);
    await page.evaluate(() => document.dispatchEvent(new CustomEvent('tally:changed')));
    await expectText("You're offline. Balance at");
    expect(await page.locator('.balance strong').first().textContent()).toBe('1,240\u00a0points');
    expect(await page.locator('details.entry').count()).toBe(2);
    api.is.available = 1300;
    await page.context().setOffline(false);
    await expectText('1,300\u00a0points');
    await page.getByText("You're offline").waitFor({ state: 'detached' });
  });

  it('keeps nothing of a shopper for the next one at the same browser', async () => {
    await open(['account']);
    await page.locator('details.entry').first().waitFor();
    const remembered = () =>
      page.evaluate(() => Object.keys(localStorage).filter((name) => name.endsWith(':history')).length);
    expect(await remembered()).toBe(1);
    api.is.customer = false;
    api.is.member = false;
    await page.evaluate(() => document.dispatchEvent(new CustomEvent('tally:changed')));
    await expectText('Collect with every order');
    expect(await remembered()).toBe(0);
  });

  it('a block that was here before takes its room at once', async () => {
    await open(['account']);
    await page.locator('details.entry').first().waitFor();
    api.is.delay = 1000;
    await page.evaluate(() => document.querySelector('style')?.remove());
    const tall = await page
      .locator('tally-mark')
      .evaluate((element) => (element.shadowRoot?.firstElementChild as HTMLElement).offsetHeight);
    await page.reload();
    expect(await page.locator('tally-mark').evaluate((element) => element.style.minHeight)).toBe(`${tall}px`);
  });

  it.each(PAYLOADS)('T24: shows each of 25 nasty texts as text and never runs it (%#)', async (payload) => {
    api.is.nasty = payload;
    await open(['product', 'cart', 'account', 'order', 'join'], {}, `sign-in="javascript:window.__xss=1" check-in="x"`);
    await openAll();
    await page.getByRole('button', { name: 'Check in' }).click();
    await page.locator('tally-mark[view=account] form .reached').first().waitFor();
    expect(await page.evaluate(() => (window as unknown as { __xss?: number }).__xss)).toBeUndefined();
    const bred =
      'img, script, iframe, video, object, base, style, tally-mark, svg[onload], [onerror], [onmouseover], a[href]';
    for (const view of ['product', 'cart', 'account', 'order', 'join'])
      expect(
        await page
          .locator(`tally-mark[view=${view}]`)
          .evaluate((element, what) => element.shadowRoot?.querySelectorAll(what).length, bred),
      ).toBe(0);
    expect(await body().evaluate((element) => element.shadowRoot?.textContent)).toContain(payload);
  });
});
