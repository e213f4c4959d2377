import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, Handler, Request } from '../stores/serve.js';
import type { Shop } from '../stores/shop/shop.js';
import type { View } from './layout.js';
import { productPage, shelfPage } from './pages/browse.js';
import { cartPage, checkoutPage, orderPage } from './pages/buy.js';
import { accountPage, ownerPage } from './pages/people.js';
import type { Skin } from './skins.js';
import { isLang, SHOP_WORDS, type Lang } from './words/all.js';

export interface PagesOptions {
  /** Asked with each page, as the shop is there only after its server has started. */
  shop: () => Shop;
  skin: Skin;
  /** Our service as a browser reaches it. */
  service: () => string;
  /** Where the loyalty blocks ask: `<service>/storefront/v1`, or the proxy's path on this shop. */
  api: () => string;
  start?: () => string | null;
  /** Moves the demo's clock; absent = days pass at their own pace. */
  passDays?: (days: number) => Promise<void>;
  /** The program's own page of how it works, as the service sends it to a guest. */
  howItWorks?: (lang: Lang) => Promise<Answer>;
  /** Where scripts/build-widget.mjs put shop.js. */
  assets?: string;
}

const ASSETS = join(process.cwd(), 'dist/demo');
const page = (body: string, headers: Record<string, string> = {}): Answer => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body,
});

export function languageOf(request: Request): Lang {
  const chosen = request.query.get('lang') ?? /(?:^|;\s*)demo_lang=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
  if (isLang(chosen)) return chosen;
  const wished = (request.headers['accept-language'] ?? '').slice(0, 2).toLowerCase();
  return isLang(wished) ? wished : wished === 'no' ? 'nb' : 'en';
}

/** The pages of a demo shop, served from the shop's own address beside its JSON API (/shop/...). */
export function shopPages(options: PagesOptions): Handler {
  const folder = options.assets ?? ASSETS;
  const asset = (name: string, type: string): Answer => ({
    status: 200,
    headers: { 'content-type': type, 'cache-control': 'no-cache' },
    body: readFileSync(join(folder, name)),
  });
  return async (request) => {
    if (request.path === '/assets/shop.js') return asset('shop.js', 'text/javascript; charset=utf-8');
    if (request.path === '/assets/shop.css') return asset('shop.css', 'text/css; charset=utf-8');
    if (request.method === 'POST' && request.path === '/demo/days' && options.passDays) {
      const { days } = JSON.parse(request.body.toString()) as { days: number };
      await options.passDays(Math.min(400, Math.max(0, Math.trunc(days))));
      return { status: 204, body: '' };
    }
    if (request.method !== 'GET') return null;
    const lang = languageOf(request);
    if (request.path === '/how-it-works' && options.howItWorks) return options.howItWorks(lang);
    const view: View = {
      shop: options.shop(),
      skin: options.skin,
      lang,
      words: SHOP_WORDS[lang],
      service: options.service(),
      api: options.api(),
      start: options.start?.() ?? null,
      tellsHowItWorks: options.howItWorks !== undefined,
      mayPassDays: options.passDays !== undefined,
    };
    const text = pageOf(request, view);
    return text === null ? null : page(text);
  };
}

function pageOf(request: Request, view: View): string | null {
  const [, first = '', id = ''] = request.path.split('/');
  const product = view.shop.product(id);
  const order = view.shop.state.orders.find((each) => each.id === id);
  switch (first) {
    case '':
      return shelfPage(view);
    case 'product':
      return product ? productPage(view, product) : shelfPage(view);
    case 'cart':
      return cartPage(view);
    case 'checkout':
      return checkoutPage(view);
    case 'order':
      return order ? orderPage(view, order) : accountPage(view);
    case 'account':
    // where WooCommerce has it
    case 'my-account':
      return accountPage(view);
    case 'owner':
      return ownerPage(view);
    default:
      return null;
  }
}
