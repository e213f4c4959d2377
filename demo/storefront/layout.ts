import type { Shop } from '../stores/shop/shop.js';
import { html, type Markup } from './html.js';
import type { Skin } from './skins.js';
import { LANGUAGES, type Lang } from './words/all.js';
import type { ShopWords } from './words/en.js';

/** What every page of a demo shop is made of. */
export interface View {
  shop: Shop;
  skin: Skin;
  lang: Lang;
  words: ShopWords;
  /** Our service as a browser reaches it: the widget's script and the path of the last delivery come from there. */
  service: string;
  /** Where the loyalty blocks ask: our service with a shopper token, or the platform's proxy in front of it. */
  api: string;
  /** The page that lists both shops, when there is one. */
  start: string | null;
  tellsHowItWorks: boolean;
  mayPassDays: boolean;
}

export const money = (view: View, minor: number): string => {
  const { currency, exponent } = view.shop.settings;
  return new Intl.NumberFormat(view.lang === 'en' ? 'en-GB' : view.lang, {
    style: 'currency',
    currency,
    minimumFractionDigits: exponent,
  }).format(minor / 10 ** exponent);
};

export const day = (view: View, at: number): string =>
  new Intl.DateTimeFormat(view.lang === 'en' ? 'en-GB' : view.lang, { dateStyle: 'medium' }).format(new Date(at));

/** "1 day", "14 days". */
export const days = ({ lang }: View, n: number): string =>
  new Intl.NumberFormat(lang, { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(n);

/** A block of the loyalty program. Behind a proxy the platform says who the shopper is; else the shop hands out a token. */
export const tally = ({ api, lang }: View, view: string, attributes: Record<string, string> = {}): Markup =>
  html`<tally-mark
    view="${view}"
    api="${api}"
    lang="${lang}"
    ${!api.startsWith('/') && html`token-url="/shop/session"`}
    ${Object.entries(attributes).map(([name, value]) => html` ${name}="${value}"`)}
  ></tally-mark>`;

const navLink = (path: string, here: string, text: Markup | string): Markup =>
  here === path ? html`<a href="${path}" aria-current="page">${text}</a>` : html`<a href="${path}">${text}</a>`;

const shoppers = ({ shop, words }: View): Markup =>
  html` <label
    ><span>${words.shopper}</span>
    <select id="persona">
      <option value="">${words.guest}</option>
      ${shop.state.customers
        .filter((customer) => customer.password === 'demo')
        .slice(-8)
        .map(
          (customer) =>
            html`<option value="${customer.email}" data-id="${customer.id}">
              ${customer.firstName || customer.email}
            </option>`,
        )}
    </select>
  </label>`;

const languages = ({ lang, words }: View): Markup =>
  html` <label
    ><span>${words.language}</span>
    <select id="language">
      ${Object.entries(LANGUAGES).map(([code, name]) => html`<option value="${code}" ${code === lang && html`selected`}>${name}</option>`)}
    </select>
  </label>`;

const pathPanel = ({ words }: View): Markup =>
  html` <details class="path" id="path">
    <summary><b>${words.path}</b><span id="path-sum"></span></summary>
    <div class="inside">
      <p id="path-what" class="quiet">${words.pathNone}</p>
      <p id="path-total"></p>
      <ol id="path-steps"></ol>
    </div>
  </details>`;

/** A whole page. `name` tells the page's script what to bring to life, `here` which link is the current one. */
export function page(view: View, name: string, here: string, title: string, content: Markup): string {
  const { skin, words, lang, service, start } = view;
  const facts = { lang, words, service, exponent: view.shop.settings.exponent, currency: view.shop.settings.currency };
  return html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title === skin.name ? '' : `${title} · `}${skin.name}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/shop.css" />
      </head>
      <body class="${skin.id}" data-page="${name}" data-facts="${JSON.stringify(facts)}">
        <div class="strip"><div class="wrap">${shoppers(view)}${languages(view)}</div></div>
        <header class="masthead">
          <div class="wrap">
            <a class="wordmark" href="/">${skin.name}</a>
            <nav aria-label="${words.shop}">
              ${navLink('/', here, words.shop)}${navLink('/account', here, words.account)}${navLink('/owner', here, words.owner)}
              ${navLink('/cart', here, html`${words.cart} <span id="cart-count"></span>`)}
            </nav>
          </div>
        </header>
        <main class="wrap" id="main">
          <p class="note" id="invited" hidden>${words.invited}</p>
          ${content}
        </main>
        <footer>
          <div class="wrap">
            <span>${skin.name} · ${skin.platform}</span
            >${view.tellsHowItWorks && html`<a href="/how-it-works">${words.howItWorks}</a>`}${start && html`<a href="${start}">${words.start}</a>`}
          </div>
        </footer>
        ${here === '/owner' || name === 'checkout' ? null : tally(view, 'launcher', { 'sign-in': '/account#sign-in' })}
        ${pathPanel(view)}
        <script src="${service}/widget.js" defer></script>
        <script src="/assets/shop.js" defer></script>
      </body>
    </html>`.text;
}
