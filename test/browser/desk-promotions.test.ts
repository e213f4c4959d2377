import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { seriousFindings } from './support/axe.js';
import { findChromium, launch, visit } from './support/chromium.js';
import { tabTo } from './support/keyboard.js';
import { startDemo, type StartedDemo } from './support/started-demo.js';

/** G4: an owner makes double points, sees what they would have cost, publishes and pauses them; with the keyboard where it is written. */
const chromium = findChromium();
let browser: Browser;
let demo: StartedDemo;
let page: Page;
let errors: string[];

(chromium ? describe : describe.skip)('promotions at the desk', () => {
  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(), launch(chromium ?? '')]);
    ({ page, errors } = await visit(browser, { width: 1280, scheme: 'light' }));
    page.setDefaultTimeout(20_000);
    await page.goto(`${demo.start.replace(/\/$/, '')}/desk/1`);
    await page.getByRole('button').first().click();
    await page.getByRole('link', { name: 'Promotions' }).click();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  it('writes the sentence without a mouse, and a wrong one says what is missing', async () => {
    await page.getByRole('link', { name: 'New promotion' }).first().click();
    await page.getByLabel('Name', { exact: true }).waitFor();
    await page.keyboard.press('Control+Enter');
    expect(await page.getByRole('alert').textContent()).toContain('the name');
    await page.keyboard.type('Double Saturday');
    await page.getByLabel('Days', { exact: true }).selectOption('week');
    await page.getByRole('button', { name: 'Sat' }).focus();
    await page.keyboard.press('Space');
    await page.getByLabel('Ceiling').fill('700');
    await page.keyboard.press('Control+Enter');
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

  it('is published from the check page, stands in the month, and is paused with a way back', async () => {
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/promotions\/publish/);
    await page.getByText('Double Saturday: stops by itself at €700.00.').waitFor();
    await page.getByRole('button', { name: 'Publish now' }).click();
    await page
      .getByRole('link', { name: /^Double Saturday: / })
      .first()
      .waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Pause: Double Saturday' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Pause: Double Saturday' }).click();
    await page.getByText('Double Saturday is paused.').waitFor();
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).last().click();
    await page.getByText('Double Saturday goes on.').waitFor();
    await page.getByRole('button', { name: 'Pause: Double Saturday' }).waitFor();
    expect(errors).toEqual([]);
  });

  it('is set up and switched on by keyboard alone, and lets nobody’s focus get lost', async () => {
    const { page, errors } = await visit(browser, { width: 1280, scheme: 'light' });
    page.setDefaultTimeout(20_000);
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
