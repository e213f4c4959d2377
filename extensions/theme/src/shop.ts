import { REFERRAL_ATTRIBUTE } from '../../../src/commerce/referral-attribute.js';
import { codesIn, factsOf, holds, type ThemeCart } from './theme-cart.js';

/** What joins the blocks to a theme: codes go into the cart and out of it, blocks follow the cart, a friend's link is kept. */
interface ShopifyWindow {
  Shopify?: { routes?: { root?: string } };
}

const root = (window as ShopifyWindow).Shopify?.routes?.root ?? '/';
const all = (view: string) => [...document.querySelectorAll<HTMLElement>(`tally-mark[view="${view}"]`)];

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const answer = await fetch(root + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()) as T;
}

const cart = () => ask<ThemeCart>('cart.js');

function show(now: ThemeCart): void {
  for (const block of all('cart'))
    block.setAttribute('cart', JSON.stringify(factsOf(now, Number(block.dataset['tallyTax'] ?? 0))));
}

/** A theme that takes no codes through its cart takes them by their link, which sets them for the whole visit. */
async function putCode(code: string): Promise<void> {
  const before = codesIn(await cart());
  if (holds(before, code)) return;
  const after = await ask<ThemeCart>('cart/update.js', { discount: [...before, code].join(',') });
  if (!holds(codesIn(after), code)) await fetch(`${root}discount/${encodeURIComponent(code)}`);
  await redraw();
}

async function dropCode(code: string): Promise<void> {
  const before = codesIn(await cart());
  if (!holds(before, code)) return;
  const left = before.filter((one) => !holds([one], code));
  await ask('cart/update.js', { discount: left.join(',') });
  await redraw();
}

/** The theme's own sections with the cart in them, as the theme draws them; our blocks stay as they are, alive. */
async function redraw(): Promise<void> {
  const sections = [...document.querySelectorAll<HTMLElement>('[id^="shopify-section-"]')].filter(
    (section) => /cart/.test(section.id) || section.querySelector('tally-mark[view="cart"]'),
  );
  const names = sections.map(({ id }) => id.slice('shopify-section-'.length)).slice(0, 5);
  if (names.length > 0) {
    const path = location.pathname.slice(root.length - 1) || '/';
    const drawn = await ask<Record<string, string | null>>(`${path.slice(1)}?sections=${names.join(',')}`);
    for (const section of sections) replace(section, drawn[section.id.slice('shopify-section-'.length)] ?? null);
  }
  show(await cart());
}

function replace(section: HTMLElement, html: string | null): void {
  const parsed = html === null ? null : new DOMParser().parseFromString(html, 'text/html').getElementById(section.id);
  if (!parsed) return;
  // of this document from here on: a block that visits another one loses its styles
  const fresh = document.importNode(parsed, true);
  const alive = [...section.querySelectorAll('tally-mark')];
  for (const [i, place] of [...fresh.querySelectorAll('tally-mark')].entries())
    if (alive[i]) place.replaceWith(alive[i]);
  section.replaceChildren(...fresh.childNodes);
}

const ours = (run: (code: string) => Promise<void>) => (happening: Event) => {
  const { code } = (happening as CustomEvent<{ code: string | null }>).detail;
  if (code) run(code).catch(() => undefined);
};

/** Themes tell nobody when their cart changes; the browser tells of each request that they make. */
function followCart(): void {
  new PerformanceObserver((list) => {
    if (
      list.getEntries().some(({ name }) => /\/cart\/(add|change|clear)(\.js)?(\?|$)/.test(name)) &&
      all('cart').length
    )
      cart().then(show, () => undefined);
  }).observe({ type: 'resource' });
}

/** Another variant costs another price, so it earns something else. */
function followVariant(): void {
  document.addEventListener('change', ({ target }) => {
    const form = (target as HTMLElement).closest('form[action*="/cart/add"], [data-product-form], product-info');
    const id = form?.querySelector<HTMLInputElement>('[name="id"]')?.value;
    if (id) setTimeout(() => all('product').forEach((block) => choose(block, chosenIn(form) ?? id)));
  });
}

const chosenIn = (form: Element | null): string | undefined =>
  form?.querySelector<HTMLInputElement>('[name="id"]')?.value;

function choose(block: HTMLElement, id: string): void {
  const prices = JSON.parse(block.dataset['tallyVariants'] ?? '{}') as Record<string, number>;
  const net = prices[id];
  if (net === undefined) return;
  const before = JSON.parse(block.getAttribute('product') ?? '{}') as object;
  block.setAttribute('product', JSON.stringify({ ...before, id, variant: id, net }));
}

const KEPT = 'tally:friend';

/** `?ref=CODE`: told to the program by the blocks, and written into the cart, so that the order carries it. */
function keepFriend(): void {
  const code = new URLSearchParams(location.search).get('ref') ?? sessionStorage.getItem(KEPT);
  if (!code || !/^[\w-]{1,64}$/.test(code)) return;
  for (const block of document.querySelectorAll('tally-mark')) block.setAttribute('referral', code);
  if (sessionStorage.getItem(KEPT) === code) return;
  sessionStorage.setItem(KEPT, code);
  ask('cart/update.js', { attributes: { [REFERRAL_ATTRIBUTE]: code } }).catch(() => sessionStorage.removeItem(KEPT));
}

document.addEventListener('tally:redeemed', ours(putCode));
document.addEventListener('tally:undone', ours(dropCode));
followCart();
followVariant();
keepFriend();
