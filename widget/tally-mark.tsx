import { type ComponentChild, render } from 'preact';
import { Client, type Connection } from './client.js';
import { makeAsk, type Scene } from './scene.js';
import css from './tally-mark.css';
import { account } from './views/account.js';
import { cartBlock } from './views/cart.js';
import { joinBlock } from './views/join.js';
import { orderBlock } from './views/order.js';
import { waiting } from './views/pieces.js';
import { productLine } from './views/product.js';
import { wordsFor } from './words.js';

const VIEWS: Record<string, (scene: Scene) => ComponentChild> = {
  product: productLine,
  cart: cartBlock,
  account,
  join: joinBlock,
  order: orderBlock,
};
const CHANGED = 'tally:changed';
const clients = new Map<string, Client>();
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

/** JSON that the page wrote into an attribute; null when there is none or it is not JSON. */
function parsed<T>(text: string | null): T | null {
  try {
    return JSON.parse(text ?? 'null') as T | null;
  } catch {
    return null;
  }
}

/** The page's own answer is kept until the service finds it too old. */
function askToken(url: string): NonNullable<Connection['token']> {
  let kept: Promise<string | null> | null = null;
  return (fresh) => {
    if (fresh) kept = null;
    return (kept ??= fetch(url).then(
      async (answer) => ((await answer.json()) as { token: string | null }).token,
      () => null,
    ));
  };
}

/**
 * `<tally-mark view="cart" api="/apps/tallymark" lang="nl" cart='{...}'>`: one block of the loyalty program in a shop's
 * page. Who the shopper is comes from the platform (app proxy) or from `getToken` (a property, or `token-url` answering
 * `{"token": "..."}`). Dispatches tally:redeemed {code, off}, tally:undone, tally:joined, tally:arrived; asks again when
 * the page dispatches `tally:changed` on the document.
 */
class TallyMark extends HTMLElement {
  static observedAttributes = 'view api lang token-url product cart currency order referral sign-in'.split(' ');
  #round = 0;
  #token: Connection['token'] = null;
  #own: Client | null = null;
  #shade = this.attachShadow({ mode: 'open' });
  #scene: Scene | null = null;

  set getToken(token: Connection['token']) {
    this.#token = token;
    this.#own = null;
    this.#draw();
  }

  connectedCallback(): void {
    this.#shade.adoptedStyleSheets = [sheet];
    document.addEventListener(CHANGED, this.#again);
    this.#draw();
    const code = this.getAttribute('referral');
    const told = `tally:${code}`;
    if (!code || sessionStorage.getItem(told)) return;
    sessionStorage.setItem(told, '1');
    this.#client()
      .visit(code)
      .catch(() => sessionStorage.removeItem(told));
  }

  disconnectedCallback(): void {
    document.removeEventListener(CHANGED, this.#again);
    render(null, this.#shade);
  }

  attributeChangedCallback(): void {
    this.#draw();
  }

  #again = () => {
    this.#client().forget();
    this.#round++;
    this.#draw();
  };

  #language(): string {
    return this.getAttribute('lang') ?? this.closest('[lang]')?.getAttribute('lang') ?? navigator.language;
  }

  /** Blocks that ask the same service for the same shopper share what was answered. */
  #client(): Client {
    const api = (this.getAttribute('api') ?? '/apps/tallymark').replace(/\/$/, '');
    const url = this.getAttribute('token-url');
    const { lang } = wordsFor(this.#language());
    const key = [api, url, lang].join(' ');
    const known = this.#token ? this.#own : clients.get(key);
    if (known) return known;
    const client = new Client({ api, lang, token: this.#token ?? (url ? askToken(url) : null) });
    if (this.#token) this.#own = client;
    else clients.set(key, client);
    return client;
  }

  #makeScene(): Scene {
    const draw = () => this.#draw();
    const ask = makeAsk(draw);
    return {
      ask: (name, key, load) => ask(name, key + this.#round, load),
      emit: (name, detail) => this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true })),
      changed: () => document.dispatchEvent(new CustomEvent(CHANGED)),
      again: this.#again,
      alive: () => this.isConnected,
      draw,
      stage: { is: 'choosing' },
      points: 0,
    } as Partial<Scene> as Scene;
  }

  #draw(): void {
    if (!this.isConnected) return;
    const scene = (this.#scene ??= this.#makeScene());
    const client = this.#client();
    const program = scene.ask('program', this.#language(), client.program);
    const told = (name: string) => this.getAttribute(name);
    const view = told('view') ?? 'account';
    const quiet = view === 'product';
    // asked side by side: one answer waits for the other only where both are drawn
    if (!quiet) scene.ask('member', '', client.member);
    const words = wordsFor(this.#language(), program.value?.units);
    Object.assign(scene, {
      client,
      words,
      program: program.value,
      facts: {
        view,
        cart: parsed(told('cart')),
        product: parsed(told('product')),
        currency: told('currency') ?? 'EUR',
        order: told('order'),
        referral: told('referral'),
        signIn: told('sign-in'),
      },
    });
    render(
      program.value ? VIEWS[view]?.(scene) : quiet ? <div class="line" /> : waiting(program, words, this.#again),
      this.#shade,
    );
  }
}

if (!customElements.get('tally-mark')) customElements.define('tally-mark', TallyMark);
