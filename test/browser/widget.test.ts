import { describe, expect, it } from '@jest/globals';
import { WIDGET_LIMIT } from '../../scripts/build-widget.mjs';
import { seriousFindings } from './support/axe.js';
import { findChromium } from './support/chromium.js';
import { PAYLOADS } from './support/fake-answers.js';
import { WidgetStage } from './support/widget-stage.js';

const chromium = findChromium();

(chromium ? describe : describe.skip)('the widget in a shop’s page', () => {
  const w = new WidgetStage(chromium);

  it('is one file under its limit, with all four languages in it', async () => {
    await w.open(['product']);
    expect(w.gzipped).toBeLessThan(WIDGET_LIMIT);
  });

  it.each(['en', 'nl', 'nb', 'pl'])(
    'has no serious accessibility finding, shifts nothing, fits a phone by day and a desk by night (%s)',
    async (lang) => {
      await w.open(['product', 'cart', 'account', 'order'], { lang, width: 320 });
      await w.openAll();
      for (const [width, colorScheme] of [
        [320, 'light'],
        [1280, 'dark'],
      ] as const) {
        await w.page.setViewportSize({ width, height: 900 });
        await w.page.emulateMedia({ colorScheme });
        expect(await seriousFindings(w.page)).toEqual([]);
        expect(await w.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      }
      expect(w.errors).toEqual([]);
    },
  );

  it('reads the other way round where the page does: nothing is cut off, figures keep their order', async () => {
    w.api.is.dir = 'rtl';
    await w.open(['account'], { width: 375 });
    await w.page.locator('details.entry').first().waitFor();
    expect(await w.page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
    const side = (selector: string) =>
      w.page
        .locator(selector)
        .first()
        .evaluate((element) => element.getBoundingClientRect().left);
    expect(await side('.hero .chip')).toBeLessThan(await side('.hero strong'));
  });

  it('D1: redeems by keyboard alone, waits for the code, says it once and undoes it', async () => {
    w.api.is.codeAfter = 2;
    await w.open(['cart']);
    await w.page.locator('input[type=range]').waitFor();
    await w.page.locator('input[type=range]').focus();
    await w.page.keyboard.press('End');
    expect(await w.page.locator('.equals').textContent()).toBe('360\u00a0points = €18.00 off');
    await w.page.keyboard.press('Home');
    await w.page.keyboard.press('ArrowRight');
    expect(await w.page.locator('.equals').textContent()).toBe('20\u00a0points = €1.00 off');
    for (let presses = 0; presses < 12 && !(await w.focused()).startsWith('Use 20'); presses++)
      await w.page.keyboard.press('Tab');
    await w.page.keyboard.press('Enter');
    await w.page.getByRole('button', { name: 'Remove' }).waitFor();
    await w.expectText('€1.00 off with 20\u00a0points.');
    await w.expectSaid('€1.00 off with 20\u00a0points.');
    expect(await w.focused()).toBe('Remove');
    expect((await w.heard())[0]).toEqual([
      'tally:redeemed',
      expect.objectContaining({ code: 'BEANCLUB-R1', off: { minor: 100, currency: 'EUR', exponent: 2 } }),
    ]);

    await w.page.keyboard.press('Enter');
    await w.page.locator('input[type=range]').waitFor();
    await w.expectSaid('Back in your balance: 20\u00a0points.');
    expect((await w.heard()).map(([name]) => name)).toEqual(['tally:redeemed', 'tally:undone']);
    expect(w.api.is.available).toBe(1240);
  });

  it('D1: where the shop is slow to let go of the code, the points are seen to come back all the same', async () => {
    w.api.is.available = 200;
    w.api.is.backAfter = 2;
    await w.open(['cart']);
    await w.page.getByRole('button', { name: 'Most: 200' }).click();
    await w.page.getByRole('button', { name: 'Use 200 points for €10.00 off' }).click();
    await w.page.getByRole('button', { name: 'Remove' }).click();
    const seesThem = () => {
      const paths = w.api.seen.map(({ path }) => path);
      return w.api.is.available === 200 && paths.lastIndexOf('member') > paths.lastIndexOf('redemptions/R1');
    };
    for (let n = 0; !seesThem() && n < 100; n++) await w.page.waitForTimeout(100);
    expect(seesThem()).toBe(true);
    await w.page.getByRole('button', { name: 'Most: 200' }).waitFor();
  });

  it('T13: the limit that binds stands under the slider before anyone hits it', async () => {
    await w.open(['cart']);
    await w.expectText('points pay for at most 50% of an order.');
    await w.page.getByRole('textbox').fill('5000');
    await w.page.keyboard.press('Tab');
    expect(await w.page.locator('.equals').textContent()).toBe('360\u00a0points = €18.00 off');
  });

  it('D4: when the answer is lost, trying again is the same intention and counts once', async () => {
    w.api.is.lose = 1;
    await w.open(['cart']);
    await w.page.getByRole('button', { name: 'Most: 360' }).click();
    await w.page.getByRole('button', { name: 'Use 360 points for €18.00 off' }).click();
    await w.expectText("We can't tell yet whether that went through.");
    await w.page.getByRole('button', { name: 'Try again' }).click();
    await w.page.getByRole('button', { name: 'Remove' }).waitFor();
    const keys = w.api.seen.filter(({ path }) => path === 'redeem').map(({ key }) => key);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
    expect(w.api.is.available).toBe(1240 - 360);
  });

  it('says that the points are safe when the service is away, and when it is slow, before it has answered', async () => {
    w.api.is.away = true;
    await w.open(['product', 'cart']);
    await w.expectText("We can't reach your points right now. They're safe, and you can check out as usual.");
    expect(
      await w.page.locator('tally-mark[view=product]').evaluate((element) => element.shadowRoot?.textContent),
    ).toBe('');
    w.api.is.away = false;
    await w.page.getByRole('button', { name: 'Try again' }).click();
    await w.page.locator('input[type=range]').waitFor();

    await w.page.context().close();
    let letGo = () => {};
    w.api.is.held = new Promise((done) => (letGo = done));
    await w.open(['cart']);
    await w.expectText("We can't reach your points right now.");
    letGo();
    await w.page.locator('input[type=range]').waitFor(); // by itself, when the answer is there
  });

  it('lists that are late come when they are there, asked for once', async () => {
    Object.assign(w.api.is, { delay: 1800, slow: /leaderboards|activities/ });
    await w.open(['account']);
    await w.page.locator('.ranks').waitFor();
    await w.page.locator('[name=code]').waitFor();
    expect(w.api.seen.filter(({ path }) => w.api.is.slow.test(path))).toHaveLength(2);
  });

  it('keeps a door behind every figure: the balance opens to its parts, each line to its reason', async () => {
    await w.open(['account'], { width: 1280 });
    await w.page.locator('details.balance summary').click();
    await w.expectText('from 3 December 2026');
    await w.page.getByText('120 points for order 1042').click();
    const parts = await w.page.locator('details[open].entry .row b').allTextContents();
    expect(parts).toEqual(['110', '10', '48', '24', '48', '1,256']);
    await w.page.getByRole('button', { name: 'Show more' }).click();
    await w.expectText('No points for order 1041: under €10.00.');
  });

  it('joins in one tap; a guest is asked to sign in and sees no balance', async () => {
    w.api.is.customer = false;
    w.api.is.member = false;
    await w.open(['join']);
    expect(await w.page.getByRole('link', { name: 'Sign in to see your points' }).getAttribute('href')).toBe('/login');
    await w.page.context().close();
    w.api.is.customer = true;
    await w.open(['join'], {}, 'referral="BOB1"');
    await w.page.getByRole('button', { name: "Join, it's free" }).click();
    await w.expectText('You are a member of Bean Club.');
    expect(w.api.seen.find(({ path }) => path === 'join')?.body).toEqual({ referral: 'BOB1', order: '1042' });
    expect(w.api.seen.filter(({ path }) => path === 'referral-visit')).toHaveLength(1);
    expect((await w.heard()).map(([name]) => name)).toEqual(['tally:joined']);
  });

  it.each(PAYLOADS)('T24: shows each of 25 nasty texts as text and never runs it (%#)', async (payload) => {
    w.api.is.nasty = payload;
    await w.open(
      ['product', 'cart', 'account', 'order', 'join'],
      {},
      `sign-in="javascript:window.__xss=1" check-in="x"`,
    );
    await w.openAll();
    await w.page.getByRole('button', { name: 'Check in' }).click();
    await w.page.locator('tally-mark[view=account] form .reached').first().waitFor();
    expect(await w.page.evaluate(() => (window as unknown as { __xss?: number }).__xss)).toBeUndefined();
    const bred =
      'img, script, iframe, video, object, base, style, tally-mark, svg[onload], [onerror], [onmouseover], a[href]';
    for (const view of ['product', 'cart', 'account', 'order', 'join'])
      expect(
        await w.page
          .locator(`tally-mark[view=${view}]`)
          .evaluate((element, what) => element.shadowRoot?.querySelectorAll(what).length, bred),
      ).toBe(0);
    expect(
      await w.page
        .locator('tally-mark')
        .first()
        .evaluate((element) => element.shadowRoot?.textContent),
    ).toContain(payload);
  });
});
