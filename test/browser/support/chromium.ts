import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

/** Where a Chromium is, or null after one line that says so. With TALLYMARK_REQUIRE_ALL=1 its absence is a failure. */
export function findChromium(): string | null {
  const found = [process.env['CHROMIUM'], ...PLACES].find((path) => path && existsSync(path));
  if (found) return found;
  if (process.env['TALLYMARK_REQUIRE_ALL'] === '1')
    throw new Error('browser tests were asked for, but no Chromium is installed: apt-get install chromium');
  process.stderr.write(
    'browser tests not run: no Chromium found (apt-get install chromium, or set CHROMIUM to its path)\n',
  );
  return null;
}

export const launch = (executablePath: string, more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu', '--disable-dev-shm-usage', ...more],
  });

export interface Look {
  width: number;
  scheme: 'light' | 'dark';
  lang?: string;
}

/** A fresh visitor: own cookies, given width and colour scheme. Page errors and blocked requests are collected. */
export async function visit(
  browser: Browser,
  look: Look,
  more: BrowserContextOptions = {},
): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.width < 500 ? 812 : 900 },
    colorScheme: look.scheme,
    locale: look.lang ?? 'en-GB',
    ...more,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('request', (request) => {
    const host = new URL(request.url()).hostname;
    if (host && host !== '127.0.0.1' && host !== 'localhost') errors.push(`left the machine: ${request.url()}`);
  });
  return { page, errors };
}
