import { describe, expect, it } from '@jest/globals';
import { seriousFindings } from './support/axe.js';
import { findChromium } from './support/chromium.js';
import { WidgetStage } from './support/widget-stage.js';

const chromium = findChromium();

(chromium ? describe : describe.skip)('what a member sees and does in the widget', () => {
  const w = new WidgetStage(chromium);

  it('C15: draws level, cards, goals and badges, and says each in a sentence of the service', async () => {
    await w.open(['account']);
    await w.page.locator('.ladder [aria-current=step]').waitFor();
    expect(await w.page.locator('.ladder [aria-current=step]').textContent()).toBe('Silver');
    await w.expectText('Spend €188.00 more by 31 December 2026 to reach Gold.');
    expect(await w.page.locator('.punch').first().locator('.stamps .on').count()).toBe(7);
    expect(await w.page.locator('.punch').first().locator('.stamps i').count()).toBe(10);
    await w.expectText('3 more stamps: 1 free coffee');
    expect(await w.page.locator('.badges .on').allTextContents()).toEqual(['RRegular3 Mar 2026']);
    expect(await w.page.locator('.ring').count()).toBe(5);
  });

  it('D8: says what the member gave to causes this year, beside the balance', async () => {
    await w.open(['account']);
    const hero = w.page.locator('.hero');
    await hero.waitFor();
    expect(await hero.textContent()).toContain('Given in 2026: the food bank €2.14 and new trees €0.65.');
  });

  it('T1: a line opens to the lines of its order, the rules, and the rule that came nearest', async () => {
    await w.open(['account']);
    await w.page.getByText('120 points for order 1042').click();
    const opened = w.page.locator('details[open].entry');
    expect(await opened.locator('h4').allTextContents()).toEqual([
      'What was in it',
      'How it was counted',
      "What didn't count",
    ]);
    expect(await opened.locator('.row').first().textContent()).toBe('3 × Yirgacheffe 250 g110');
    expect(await opened.locator('p').last().textContent()).toBe('Triple on Ethiopia: not in this order');
  });

  it('C16, C6, C7: checks in by a code from a link, answers a survey, tells a birthday; refusals are the service’s words', async () => {
    await w.open(['account'], {}, 'check-in="NOWHERE"');
    const code = w.page.locator('[name=code]');
    await code.waitFor();
    expect(await code.inputValue()).toBe('NOWHERE');
    await w.page.getByRole('button', { name: 'Check in' }).click();
    await w.expectText('This code is not known here.');
    await code.fill('CANAL');
    await code.press('Enter');
    await w.expectText('15 points, thank you');

    await w.page.getByText('How do you drink it?').click();
    await w.page.getByLabel('Sometimes').check();
    await w.page.getByLabel('Morning').check();
    await w.page.getByLabel('Night').check();
    await w.page.getByRole('button', { name: 'Send' }).click();
    await w.page.getByRole('button', { name: 'Send' }).waitFor({ state: 'detached' });
    expect(w.api.seen.find(({ path }) => path === 'survey-answer')?.body).toEqual({
      survey: 'taste',
      answers: { milk: ['Sometimes'], when: ['Morning', 'Night'] },
    });

    await w.page.locator('[name=day]').fill('9');
    await w.page.locator('[name=month]').selectOption({ label: 'March' });
    await w.page
      .locator('form', { has: w.page.locator('[name=day]') })
      .getByRole('button')
      .click();
    await w.expectText('Saved.');
    expect(w.api.seen.find(({ path }) => path === 'birthday')?.body).toEqual({ birthday: '03-09' });
    expect(w.api.seen.filter(({ path }) => path === 'visit')).toHaveLength(1);
  });

  it('B4, D6: points become store credit in the account, without a cart: as many as are chosen, said to be for good', async () => {
    w.api.is.credit = true;
    w.api.is.codeAfter = 2;
    await w.open(['account']);
    await w.page.locator('tally-mark').evaluate((block) => block.removeAttribute('cart'));
    await w.expectText("Once given it can't be turned back.");
    await w.page.getByRole('textbox', { name: '€1.00 as store credit' }).fill('200');
    // something is drawn while it is being typed
    await w.page.locator('tally-mark').evaluate((block) => block.setAttribute('place', 'end'));
    await w.page.keyboard.press('Tab');
    await w.expectText('200\u00a0points = €10.00 store credit');
    await w.page.getByRole('button', { name: 'Turn 200\u00a0points into €10.00 store credit' }).click();
    await w.expectText('Done: €10.00 store credit for 200\u00a0points.');
    await w.expectSaid('Done: €10.00 store credit for 200\u00a0points.');
    await w.expectText('1,040\u00a0points');
    expect(w.api.seen.find(({ path }) => path === 'redeem')?.body).toEqual({
      reward: 'credit',
      points: '200',
      cart: { currency: 'EUR', lines: [] },
    });
    expect(await w.heard()).toEqual([]);
    expect(await seriousFindings(w.page)).toEqual([]);
  });

  it('points that are not usable yet are said, and from when, without opening anything', async () => {
    await w.open(['account', 'order']);
    for (const view of ['account', 'order'])
      await w.page
        .locator(`tally-mark[view=${view}]`)
        .getByText('48\u00a0points on the way, usable on 3 December 2026.')
        .waitFor();
  });

  describe.each([375, 1280])('the launcher, %d px wide', (width) => {
    it('opens, walks its parts and closes by keyboard alone, and gives the focus back', async () => {
      await w.open(['launcher'], { width });
      const fab = w.page.getByRole('button', { name: 'Bean Club, 1,240\u00a0points' });
      await fab.focus();
      await w.page.keyboard.press('Enter');
      await w.page.locator('dialog .hero').waitFor();
      expect(await w.focused()).toBe('Bean Club');
      for (let presses = 0; presses < 30 && (await w.focused()) !== 'History'; presses++)
        await w.page.keyboard.press('Tab');
      await w.page.keyboard.press('Enter');
      await w.page.locator('dialog details.entry').first().waitFor();
      expect(await seriousFindings(w.page)).toEqual([]);
      await w.page.keyboard.press('Escape');
      await w.page.locator('dialog').waitFor({ state: 'detached' });
      expect(await w.focused()).toContain('1,240');
      expect(await w.shifts()).toBe(0);
    });
  });

  it('on a phone, Back leads out of the sheet and stays on the page', async () => {
    await w.open(['launcher']);
    await w.page.locator('.fab').click();
    await w.page.locator('dialog .hero').waitFor();
    await w.page.goBack();
    await w.page.locator('dialog').waitFor({ state: 'detached' });
    expect(w.page.url()).toBe(`${w.api.url}/`);
  });

  it('S13: without a network it shows the last that was known, says of when, and comes back by itself', async () => {
    await w.open(['account']);
    await w.page.locator('details.entry').first().waitFor();
    await w.page.context().setOffline(true);
    await w.page.evaluate(() => document.dispatchEvent(new CustomEvent('tally:changed')));
    await w.expectText("You're offline. Balance at");
    expect(await w.page.locator('.balance strong').first().textContent()).toBe('1,240\u00a0points');
    expect(await w.page.locator('details.entry').count()).toBe(2);
    w.api.is.available = 1300;
    await w.page.context().setOffline(false);
    await w.expectText('1,300\u00a0points');
    await w.page.getByText("You're offline").waitFor({ state: 'detached' });
  });

  it('keeps nothing of a shopper for the next one at the same browser', async () => {
    await w.open(['account']);
    await w.page.locator('details.entry').first().waitFor();
    const remembered = () =>
      w.page.evaluate(() => Object.keys(localStorage).filter((name) => name.endsWith(':history')).length);
    expect(await remembered()).toBe(1);
    w.api.is.customer = false;
    w.api.is.member = false;
    await w.page.evaluate(() => document.dispatchEvent(new CustomEvent('tally:changed')));
    await w.expectText('Collect with every order');
    expect(await remembered()).toBe(0);
    w.api.is.away = true; // who was a guest then may have signed in since: nobody is told that they are one
    await w.page.reload();
    await w.expectText("We can't reach your points right now.");
  });

  it('a block that was here before takes its room at once', async () => {
    await w.open(['account']);
    await w.page.locator('details.entry').first().waitFor();
    w.api.is.held = new Promise(() => {});
    await w.page.evaluate(() => document.querySelector('style')?.remove());
    const tall = await w.page
      .locator('tally-mark')
      .evaluate((element) => (element.shadowRoot?.firstElementChild as HTMLElement).offsetHeight);
    await w.page.reload();
    expect(await w.page.locator('tally-mark').evaluate((element) => element.style.minHeight)).toBe(`${tall}px`);
  });
  it('C14: shows who leads; a member is shown only once they said as whom, and no more when they say so', async () => {
    await w.open(['account']);
    const ranks = w.page.locator('.ranks li');
    await ranks.first().waitFor();
    expect(await ranks.allTextContents()).toEqual(['1Jo2,120\u00a0points', '2Kim1,400\u00a0points']);
    await w.page.getByLabel('Show me on it as').fill('Ana');
    await w.page.getByLabel('Show me on it as').press('Enter');
    await w.expectText('You are shown as Ana.');
    expect(await w.page.locator('.ranks [aria-current]').textContent()).toBe('3Ana1,240\u00a0points');
    await w.page.getByRole('button', { name: 'Remove' }).click();
    await w.page.getByLabel('Show me on it as').waitFor();
    expect(await ranks.count()).toBe(2);
  });
});
