import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { asOwner } from './support/at-the-desk.js';
import { seriousFindings } from './support/axe.js';
import { findChromium, launch, visit } from './support/chromium.js';
import { type Hands, handsOn, tabTo } from './support/keyboard.js';
import { until } from '../support/redis.js';
import { startDemo, type StartedDemo } from './support/started-demo.js';

/** G4: an owner makes double points, sees what they would have cost, publishes, pauses and stops them; with the keyboard alone. */
const chromium = findChromium();
let browser: Browser;
let demo: StartedDemo;
let page: Page;
let errors: string[];
let hands: Hands;
const button = (name: string) => page.getByRole('button', { name, exact: true });
const enter = async (place: Locator) => {
  await hands.to(place);
  await hands.press('Enter');
};
/** Past the rail, as somebody does who works without a mouse. */
const skipToContent = () => enter(page.getByRole('link', { name: 'Skip to the content' }));
/** What somebody presses in a minute who is no fast typist, with half of it left to read. */
const HALF_A_MINUTE_OF_PRESSES = 90;

(chromium ? describe : describe.skip)('promotions at the desk, by keyboard alone', () => {
  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(), launch(chromium ?? '')]);
    ({ page, errors } = await visit(browser, { width: 1280, scheme: 'light' }));
    page.setDefaultTimeout(45_000);
    await page.goto(`${demo.start.replace(/\/$/, '')}/desk/1`);
    await page.getByRole('button').first().click();
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    await page.goto(`${new URL(page.url()).origin}/admin/promotions`);
    await page.getByText('No promotions yet').waitFor();
    hands = handsOn(page);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  it('writes the sentence, and a wrong one says what is missing', async () => {
    await skipToContent();
    await enter(page.getByRole('link', { name: 'New promotion' }).first());
    await page.locator('[aria-label=Name]:focus').waitFor();
    await page.keyboard.press('Control+Enter');
    expect(await page.getByRole('alert').textContent()).toContain('the name');
    await hands.type('Double Saturday');
    await hands.to(page.getByLabel('Days', { exact: true }));
    await hands.press('ArrowDown');
    await enter(button('Sat'));
    await hands.to(page.getByLabel('Ceiling'));
    await hands.type('700');
    await hands.press('Enter');
    await page.waitForURL(/promotions\/draft/);
  });

  it('is simulated before anybody sees it: eight blocks in their order', async () => {
    await page.locator('.blocks').waitFor();
    expect(await page.locator('.block').evaluateAll((all) => all.map((one) => one.getAttribute('data-block')))).toEqual(
      ['1', '2', '3', '4', '5', '6', '7', '8'],
    );
    expect(await page.locator('[data-block="8"]').textContent()).toContain('Equal.');
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('is published from the check page in half a minute of presses from the first, and stands in the month', async () => {
    // from the heading of the draft, to which the focus came by itself
    await enter(page.getByRole('link', { name: 'Check and publish' }));
    await page.getByText('Double Saturday: stops by itself at €700.00.').waitFor();
    await enter(button('Publish now'));
    await page
      .getByRole('link', { name: /^Double Saturday: / })
      .first()
      .waitFor();
    expect(hands.presses()).toBeLessThan(HALF_A_MINUTE_OF_PRESSES);
    // what was said aloud while it was published is gone after it
    await page.reload();
    await button('Pause: Double Saturday').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('a copy of it meets it on one order: both are named before it is published', async () => {
    await skipToContent();
    await enter(button('More for Double Saturday'));
    await page.getByRole('menuitem', { name: 'Copy', exact: true }).waitFor();
    while (!(await page.locator('[role=menuitem]:focus', { hasText: /^Copy$/ }).count()))
      await hands.press('ArrowDown');
    await hands.press('Enter');
    await page.locator('[aria-label=Name]:focus').waitFor();
    await hands.press('Enter');
    await page.waitForURL(/promotions\/draft/);
    const met = page.locator('[data-block="5"] .note', { hasText: 'Copy of Double Saturday' });
    expect(await met.first().textContent()).toContain(
      '“Double Saturday” and “Copy of Double Saturday” are worth the same where both apply',
    );
  });

  it('is paused with a way back, and stopped', async () => {
    await page.goto(`${new URL(page.url()).origin}/admin/promotions`);
    await button('Pause: Double Saturday').waitFor();
    await skipToContent();
    await enter(button('Pause: Double Saturday'));
    await page.getByText('Double Saturday is paused.').waitFor();
    await page.locator('[aria-label="Resume: Double Saturday"]:focus').waitFor();
    await enter(page.getByRole('status').getByRole('button', { name: 'Undo' }).last());
    await page.getByText('Double Saturday goes on.').waitFor();
    await skipToContent();
    await enter(button('More for Double Saturday'));
    await page.getByRole('menu').waitFor();
    await hands.press('End');
    await hands.press('Enter');
    await page.getByRole('dialog').waitFor();
    await enter(button('End it now'));
    await page.getByText('Double Saturday has ended.').waitFor();
    expect(errors).toEqual([]);
  });

  it('what is begun is found by name, not lost by going back, and put beside what somebody else did meanwhile', async () => {
    await page.goto(`${new URL(page.url()).origin}/admin/promotions?month=2027-03`);
    await page.getByText('March 2027').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Find or do something' }).fill('new promotion');
    await page.keyboard.press('Enter');
    await page.locator('[aria-label=Name]:focus').waitFor();
    await page.keyboard.type('Spring');
    await page.goBack();
    await page.getByRole('dialog', { name: 'What you changed is not saved.' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Spring');
    await page.evaluate(async () => {
      const { hash } = (await (await fetch('/api/v1/draft')).json()) as { hash: string };
      await fetch(`/api/v1/draft?hash=${hash}`, { method: 'DELETE' });
    });
    await page.getByLabel('Name', { exact: true }).press('Enter');
    await page.getByText('The draft was published or let go meanwhile.').waitFor();
    await hands.to(button('Put this promotion into what is there now'));
    await hands.press('Enter');
    await page.waitForURL(/promotions\/draft/);
    await page.getByRole('heading', { name: 'Spring', level: 1 }).waitFor();
    await page.goBack();
    await page.goBack();
    await page.getByText('March 2027').waitFor();
  });

  it('a simulation that was stopped stays stopped, beside the one before it, and is begun again from where it is shown', async () => {
    const desk = `${new URL(page.url()).origin}/admin/promotions`;
    await page.goto(`${desk}/draft`);
    type Kept = { id: string; status: string; askedAt: string };
    const kept = async () => (await asOwner<{ simulations: Kept[] }>(page, 'GET', '/simulations')).simulations;
    // it begins by itself, of what was written last
    const { at } = await asOwner<{ at: string }>(page, 'GET', '/draft');
    const isDone = async () => (await kept()).some(({ status, askedAt }) => status === 'done' && askedAt > at);
    await until(isDone, 45_000, 'the newest draft is simulated');
    const simulations = await kept();
    const list = /\/api\/v1\/simulations$/;
    const stopped = { ...simulations[0], id: 'stopped', status: 'cancelled', report: null };
    await page.route(list, (route) =>
      route.request().method() === 'GET'
        ? route.fulfill({ json: { simulations: [stopped, ...simulations] } })
        : route.continue(),
    );
    await page.route('**/simulations/stopped', (route) => route.fulfill({ json: stopped }));
    await page.reload();
    await page.getByText('The simulation was stopped').waitFor();
    await page.getByText('Below is the one before it').waitFor();
    await page.locator('.blocks').waitFor();
    await page.goto(`${desk}/publish`);
    await page.getByText('The simulation was stopped').waitFor();
    await button('Run again').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.unroute(list);
    await button('Run again').click();
    await page.locator('main .facts').waitFor();
  });

  it('is set up and switched on by keyboard alone, and lets nobody’s focus get lost', async () => {
    const { page, errors } = await visit(browser, { width: 1280, scheme: 'light' });
    page.setDefaultTimeout(45_000);
    await page.goto(`${demo.start.replace(/\/$/, '')}/desk/0`);
    await page.getByRole('button').first().click();
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    await page.goto(`${new URL(page.url()).origin}/admin/set-up?step=connected`);
    const press = async (name: string) => {
      await tabTo(page, page.getByRole('button', { name, exact: true }));
      await page.keyboard.press('Enter');
    };
    await press('Continue');
    await tabTo(page, page.getByRole('radio').first());
    await page.keyboard.press('ArrowDown');
    await page.getByText('A coffee stamp card').waitFor();
    await press('Continue');
    await tabTo(page, page.getByLabel('What the program is called'));
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('Yarn Card');
    await press('Continue');
    await page.getByText('What members get for their points').waitFor();
    await press('Continue');
    await press('Switch on for customers');
    await page.getByText('The program is on for customers.').first().waitFor();
    // around and out again: nothing holds on to it
    await tabTo(page, page.getByRole('link', { name: 'Skip to the content' }));
    expect(errors).toEqual([]);
  }, 120_000);

  it('is entered by the device itself, once somebody has added it', async () => {
    const there = await visit(browser, { width: 390, scheme: 'dark' });
    const cdp = await there.page.context().newCDPSession(there.page);
    await cdp.send('WebAuthn.enable');
    const kind = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true } as const;
    await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { ...kind, isUserVerified: true } });
    const link = await fetch(`${demo.start.replace(/\/$/, '')}/desk/0`, { redirect: 'manual' });
    // devices keep keys for names
    const desk = (link.headers.get('location') ?? '').replace('127.0.0.1', 'localhost');
    await there.page.goto(desk);
    await there.page.getByRole('button').first().click();
    const me = there.page.getByRole('button', { name: 'Kari Owner' });
    await me.click();
    await there.page.getByRole('button', { name: 'Add a passkey' }).click();
    await there.page.getByText('not used yet').waitFor();
    expect(await seriousFindings(there.page)).toEqual([]);
    await there.page.getByRole('button', { name: 'Sign out' }).click();
    await there.page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await me.click();
    await there.page.getByText(/last used/).waitFor();
    await there.page.getByRole('button', { name: 'Remove This device' }).click();
    await there.page.getByText('Passkey removed.').waitFor();
    expect(there.errors).toEqual([]);
    await there.page.context().close();
  }, 120_000);
});
