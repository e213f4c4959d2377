import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { buildWidget } from '../../../scripts/build-widget.mjs';
import { launch, type Look, visit } from './chromium.js';
import { type FakeApi, startFakeApi } from './fake-api.js';
import { shopPage } from './page.js';
import { witness } from './witness.js';

/** The built widget in a page of a shop, before an API that does as it is told; a fresh one for each test of the file. */
export class WidgetStage {
  page!: Page;
  api!: FakeApi;
  errors: string[] = [];
  /** Of the built file, in bytes. */
  gzipped = 0;
  heard!: Awaited<ReturnType<typeof witness>>['heard'];
  shifts!: () => Promise<number>;
  private browser!: Browser;
  private file = '';

  constructor(chromium: string | null) {
    beforeAll(async () => {
      ({ file: this.file, gzipped: this.gzipped } = await buildWidget(mkdtempSync(join(tmpdir(), 'tally-'))));
      this.browser = await launch(chromium ?? '');
    });
    afterAll(() => this.browser.close());
    beforeEach(async () => {
      this.api = await startFakeApi(this.file);
    });
    afterEach(async () => {
      await this.page.context().close();
      await this.api.close();
    });
  }

  async open(views: string[], look: Partial<Look> = {}, attributes = ''): Promise<void> {
    const whole: Look = { width: 375, scheme: 'light', lang: 'en', ...look };
    this.api.is.page = () => shopPage(whole.lang ?? 'en', views, attributes, this.api.is.dir);
    ({ page: this.page, errors: this.errors } = await visit(this.browser, whole));
    ({ shifts: this.shifts, heard: this.heard } = await witness(this.page));
    await this.page.goto(this.api.url);
  }

  /** Everything of product, cart and account that loads is there, nothing shifted, all that can be opened is open. */
  async openAll(): Promise<void> {
    const { page } = this;
    await page.locator('tally-mark[view=account] details.entry').first().waitFor();
    await page.locator('tally-mark[view=account] [name=code]').waitFor();
    await page.locator('tally-mark[view=account] .ranks').waitFor();
    await page.locator('tally-mark[view=cart] input[type=range]').waitFor();
    expect(await this.shifts()).toBe(0);
    for (const summary of await page.locator('summary:visible').all()) await summary.click();
  }

  focused(): Promise<string> {
    return this.page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? '');
  }

  async expectText(text: string): Promise<void> {
    await this.page.getByText(text).first().waitFor({ timeout: 20_000 });
  }

  /** It is the last thing said: a slider's own figure, still on its way, must not come after it. */
  async expectSaid(text: string): Promise<void> {
    const voice = this.page.locator('[role=status]');
    await voice.getByText(text, { exact: true }).waitFor({ timeout: 20_000 });
    await this.page.waitForTimeout(600);
    expect(await voice.textContent()).toBe(text);
  }
}
