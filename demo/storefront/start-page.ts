import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Faults } from '../stores/faults.js';
import { type Answer, type Handler, serve, type Serving } from '../stores/serve.js';
import { html } from './html.js';
import { languageOf } from './pages.js';
import { picture } from './pictures.js';
import type { Skin } from './skins.js';
import { LANGUAGES, SHOP_WORDS, type Lang } from './words/all.js';
import { START_WORDS } from './words/start.js';

export interface StartFacts {
  shops: { skin: Skin; url: string; sku: string }[];
  /** Where the service answers. */
  service: string;
}

const startPage = ({ shops, service }: StartFacts, lang: Lang): string => {
  const words = START_WORDS[lang];
  return html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Tallymark</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/shop.css" />
      </head>
      <body>
        <div class="strip">
          <div class="wrap">
            <b>Tallymark</b
            ><label
              >${SHOP_WORDS[lang].language}<select id="language">
                ${Object.entries(LANGUAGES).map(([code, name]) => html`<option value="${code}" ${code === lang && html`selected`}>${name}</option>`)}
              </select></label
            >
          </div>
        </div>
        <main class="wrap">
          <h1>${words.title}</h1>
          <p class="lead">${words.lead}</p>
          <div class="doors">
            ${shops.map(
              ({ skin, url, sku }) =>
                html`<a class="card ${skin.id}" href="${url}"
                  >${picture(sku, skin.name)}
                  <h2>${skin.name}</h2>
                  <p>${skin.line[lang]}</p>
                  <p class="quiet">${skin.platform} · ${url}</p>
                  <span class="button primary">${words.enter}</span></a
                >`,
            )}
          </div>
          <div class="two" style="margin-top:40px">
            <section>
              <h2>${SHOP_WORDS[lang].steps}</h2>
              <ol class="steps">
                ${words.steps.map(
                  ({ done, text, more }) =>
                    html`<li data-step="${done}">
                      <div>
                        <b>${text}</b>
                        <p class="quiet">${more}${done === 'refer' && ` ${words.friend}`}</p>
                      </div>
                    </li>`,
                )}
              </ol>
            </section>
            <section>
              <h2>${words.running}</h2>
              <ul class="ledger">
                <li><span>${words.service}</span><code>${service}</code></li>
                ${shops.map(
                  ({ skin }, at) =>
                    html`<li><span>${skin.name}: ${words.desk}</span><a href="/desk/${at}">${words.open}</a></li>`,
                )}
              </ul>
            </section>
          </div>
        </main>
        <script src="/assets/start.js" defer></script>
      </body>
    </html>`.text;
};

interface StartPage {
  facts(): StartFacts;
  /** The folder of what is built for the pages. */
  assets: string;
  /** A way into the desk of the shop at this place in the list. */
  desk(shop: number): Promise<string | null>;
}

/** Serves the page that says what runs and what to try, on a port of its own. */
export function serveStartPage(port: number, { facts, assets, desk }: StartPage): Promise<Serving> {
  const file = (name: string, type: string): Answer => ({
    status: 200,
    headers: { 'content-type': type, 'cache-control': 'no-cache' },
    body: readFileSync(join(assets, name)),
  });
  const pages: Handler = async (request) => {
    const [, shop] = /^\/desk\/(\d)$/.exec(request.path) ?? [];
    if (shop !== undefined) {
      const location = await desk(Number(shop));
      return location === null ? null : { status: 303, headers: { location, 'cache-control': 'no-store' }, body: '' };
    }
    if (request.path === '/assets/shop.css') return file('shop.css', 'text/css; charset=utf-8');
    if (request.path === '/assets/start.js') return file('start.js', 'text/javascript; charset=utf-8');
    if (request.path !== '/') return null;
    const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
    return { status: 200, headers, body: startPage(facts(), languageOf(request)) };
  };
  return serve([pages], port, new Faults(), () => null);
}
