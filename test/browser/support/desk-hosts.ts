import { createHmac, randomUUID } from 'node:crypto';
import type { Browser, Frame, Page, Request } from 'playwright-core';
import { until } from '../../support/redis.js';
import { launch, type Look, visit } from './chromium.js';

/** The desk, open as its owner, where it stands. */
export interface OpenDesk {
  /** The window, whose size and colours are the look. */
  page: Page;
  /** Where the desk itself is: the window, or a frame in it. */
  desk: Page | Frame;
  /** Goes to a place ("program/draft?part=tiers") and waits until it has said all that it knows. */
  go(place: string): Promise<void>;
  /** What went wrong since it was opened. */
  errors: string[];
}

/** The demo's own app at the demo's own Shopify. */
const APP = { key: 'demo-app', secret: 'shpss_demo_on_loopback' };
export const SHOP = 'tallymark-demo.myshopify.com';
const ADMIN = 'https://admin.shopify.com';
const DESKTOP: Look = { width: 1280, scheme: 'light' };

/** What a window has asked for and has no answer to yet. */
const unanswered = new WeakMap<Page, Set<Request>>();
/** So long nothing may be asked: a place in the admin fetches a token before it asks. */
const QUIET_MS = 150;

const isShown = () =>
  document.querySelector('main h1') !== null &&
  !document.querySelector('.skeleton, [data-pending], .blocks [role=progressbar]');

/** Nothing that is shown waits for something. */
export async function settled(desk: Page | Frame): Promise<void> {
  await desk.waitForFunction(isShown);
}

/** All that was asked for is there: also what shows nothing while it is on its way. */
async function arrived(desk: Page | Frame): Promise<void> {
  const page = 'page' in desk ? desk.page() : desk;
  let since = performance.now();
  const isQuiet = async () => {
    const waits = (unanswered.get(page)?.size ?? 0) > 0 || !(await desk.evaluate(isShown).catch(() => false));
    if (waits) since = performance.now();
    return performance.now() - since >= QUIET_MS;
  };
  await until(isQuiet, 45_000, `${page.url()} has said all that it knows`);
}

/** The way in that the start page gives, and where it leads. */
async function linkOf(start: string, shop: number): Promise<URL> {
  const answer = await fetch(`${start.replace(/\/$/, '')}/desk/${shop}`, { redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '');
}

function listen(page: Page, errors: string[]): void {
  const waiting = new Set<Request>();
  unanswered.set(page, waiting);
  page.on('request', (request) => waiting.add(request));
  page.on('requestfinished', (request) => waiting.delete(request));
  page.on('requestfailed', (request) => waiting.delete(request));
  page.on('console', (said) => {
    // that there is no draft is an answer, of which the browser makes a line
    const noDraft = said.location().url.endsWith('/api/v1/draft') && said.text().includes('404');
    // so is that keys are an owner's, to whom comes from the admin as another
    const notTheirs = said.location().url.endsWith('/api/v1/api-keys') && said.text().includes('403');
    // a busy machine answers some of them so: the desk asks again
    const asksAgain = said.text().includes('503');
    if (said.type() === 'error' && !noDraft && !notTheirs && !asksAgain)
      errors.push(`${said.location().url}: ${said.text()}`);
  });
}

/** In a window of its own, by a link from a mail. */
export async function openAlone(browser: Browser, start: string, shop: number): Promise<OpenDesk> {
  const { page, errors } = await visit(browser, DESKTOP);
  listen(page, errors);
  page.setDefaultTimeout(45_000);
  const link = await linkOf(start, shop);
  await page.goto(link.href);
  await page.getByRole('button').first().click();
  // whoever goes on before the link is spent is asked to sign in
  await page.locator('header.top').waitFor();
  await arrived(page);
  return {
    ...{ page, desk: page, errors },
    async go(place) {
      await page.goto(`${link.origin}/admin/${place}`);
      await arrived(page);
    },
  };
}

/** A session token as Shopify's admin makes them: of one shop, for one app, for a minute. */
function sessionToken(user: string): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    ...{ iss: `https://${SHOP}/admin`, dest: `https://${SHOP}`, aud: APP.key, sub: user },
    ...{ exp: now + 60, nbf: now - 1, iat: now, jti: randomUUID(), sid: randomUUID() },
  };
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${createHmac('sha256', APP.secret).update(text).digest('base64url')}`;
}

/** What App Bridge does for the desk: tokens from the admin, the menu to it, and where its links lead from it. */
const APP_BRIDGE = `
  const asked = new Map();
  window.shopify = { idToken: () => new Promise((done) => {
    const id = crypto.randomUUID();
    asked.set(id, done);
    parent.postMessage({ ask: 'token', id }, '${ADMIN}');
  }) };
  addEventListener('message', ({ data, origin }) => {
    if (origin !== '${ADMIN}') return;
    if (data.token) asked.get(data.id)?.(data.token);
    if (data.open) {
      const link = document.querySelector('s-app-nav a').cloneNode();
      link.setAttribute('href', data.open);
      document.querySelector('s-app-nav').append(link);
      link.dispatchEvent(new CustomEvent('shopify:navigate', { bubbles: true }));
      link.remove();
    }
  });
  new MutationObserver(() => {
    const links = [...document.querySelectorAll('s-app-nav a')].map((a) => [a.getAttribute('href'), a.textContent]);
    if (links.length > 0) parent.postMessage({ menu: links }, '${ADMIN}');
  }).observe(document, { childList: true, subtree: true });`;

/** The admin around an app: its menu on the left, the app in a frame. */
const adminPage = (app: string) => `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">
<title>Admin</title><link rel="icon" href="data:,"><style>
body { margin: 0; height: 100dvh; display: flex; flex-wrap: wrap } nav { width: 180px } nav a { display: block }
iframe { border: 0; flex: 1; height: 100% } @media (max-width: 600px) { nav { display: none } }
</style><nav aria-label="Tallymark"></nav><iframe title="Tallymark" src="${app.replaceAll('&', '&amp;')}"></iframe><script>
const app = () => document.querySelector('iframe').contentWindow;
addEventListener('message', async ({ data, source }) => {
  if (source !== app()) return;
  if (data.ask === 'token') app().postMessage({ id: data.id, token: await mint() }, '*');
  if (data.menu) document.querySelector('nav').replaceChildren(...data.menu.map(([href, text]) => {
    const link = document.createElement('a');
    link.href = '#'; link.textContent = text;
    link.onclick = () => { open_(href); return false };
    return link;
  }));
});
function open_(href) { app().postMessage({ open: href }, '*') }
</script></html>`;

/** Where the frame's first request leads, with what Shopify adds to it. */
const appUrl = (service: string, user: string) => {
  const host = Buffer.from('admin.shopify.com/store/tallymark-demo').toString('base64url');
  const query = { embedded: '1', shop: SHOP, host, locale: 'en', id_token: sessionToken(user) };
  return `${service}/shopify/app?${String(new URLSearchParams(query))}`;
};

/** In a frame of an admin at `admin`: Shopify's, unless a test pretends to be another's. */
export async function frameIn(
  browser: Browser,
  start: string,
  admin = ADMIN,
): Promise<{ page: Page; errors: string[] }> {
  const { origin } = await linkOf(start, 1);
  const { page } = await visit(browser, DESKTOP);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  listen(page, errors);
  page.setDefaultTimeout(45_000);
  const minted: string[] = [];
  await page.exposeFunction('mint', () => {
    const token = sessionToken('4711');
    minted.push(token);
    return token;
  });
  await page.route(`${admin}/**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: adminPage(appUrl(origin, '4711')) }),
  );
  await page.route('https://cdn.shopify.com/**', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: APP_BRIDGE }),
  );
  await page.goto(`${admin}/store/tallymark-demo/apps/tallymark`);
  return { page, errors };
}

/** Inside the admin of a Shopify shop. */
export async function openInAdmin(browser: Browser, start: string): Promise<OpenDesk> {
  const { page, errors } = await frameIn(browser, start);
  await page.frameLocator('iframe').locator('main h1').waitFor();
  const desk = page.frames().find((frame) => frame.url().includes('/shopify/app'));
  if (!desk) throw new Error('there is no frame with the desk in it');
  await settled(desk);
  return {
    ...{ page, desk, errors },
    async go(place) {
      const path = `/shopify/app${place === '' ? '' : `/${place}`}`;
      await page.evaluate((href) => (globalThis as unknown as { open_(href: string): void }).open_(href), path);
      await desk.waitForURL((url) => url.pathname + url.search === path);
      await arrived(desk);
    },
  };
}

/** A Chromium that lets a page of the (pretended) internet frame one of this machine, as a tunnel would in development. */
export const launchForAdmin = (executable: string): Promise<Browser> =>
  launch(executable, ['--disable-features=LocalNetworkAccessChecks,PrivateNetworkAccessForNavigations']);
