import type { ComponentChild } from 'preact';
import type { Program } from './answers.js';
import { Client, type Connection } from './client.js';
import { render } from './drawing.js';
import { told, tell } from './recall.js';
import { makeAsk, type Scene } from './scene.js';
import css from './tally-mark.css';
import { account } from './views/account.js';
import { cartBlock } from './views/cart.js';
import { joinBlock } from './views/join.js';
import { launcher } from './views/launcher.js';
import { orderBlock } from './views/order.js';
import { waiting } from './views/pieces.js';
import { productLine } from './views/product.js';
import { wordsFor } from './words.js';

const VIEWS: Record<string, (scene: Scene) => ComponentChild> = {
  product: productLine,
  cart: cartBlock,
  account,
  page: account,
  launcher,
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
  static observedAttributes =
    'view api lang token-url product cart currency order referral sign-in check-in card place hide'.split(' ');
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
    window.addEventListener('online', this.#again);
    window.addEventListener('pagehide', this.#measure);
    this.#reserve();
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
    window.removeEventListener('online', this.#again);
    window.removeEventListener('pagehide', this.#measure);
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

  /** A block that was here before takes the room that it took then; one in a corner takes none. */
  #reserve(): void {
    const height = told(this.#place());
    if (height && !this.style.minHeight && this.getAttribute('view') !== 'launcher')
      this.style.minHeight = `${Number(height)}px`;
  }

  #measure = () => {
    const { offsetHeight } = (this.#shade.firstElementChild ?? this) as HTMLElement;
    tell(this.#place(), String(offsetHeight));
  };

  #place = () => `tally:height:${this.getAttribute('view')}:${this.offsetWidth >> 6}`;

  /** Once a day: that this member came by. */
  #visit(): void {
    const today = new Date().toDateString();
    if (told('tally:visit') === today) return;
    tell('tally:visit', today);
    this.#client()
      .came()
      .catch(() => {});
  }

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
    const ask = makeAsk(draw, (name) => this.#client().last(name));
    return {
      ask: (name, key, load) => ask(name, key + this.#round, load),
      emit: (name, detail) => this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true })),
      changed: () => document.dispatchEvent(new CustomEvent(CHANGED)),
      again: this.#again,
      alive: () => this.isConnected,
      draw,
      stage: { is: 'choosing' },
      points: {},
      told: {},
      shown: false,
      room: this.getAttribute('card') ?? 'home',
    } as Partial<Scene> as Scene;
  }

  /** The owner's colour, where the shop's own style names none; no room where there is nothing to be seen. */
  #wear(looks: Program['looks']): void {
    if (looks?.visible === false) this.style.minHeight = '0';
    if (!looks?.accent || getComputedStyle(this).getPropertyValue('--tally-accent')) return;
    this.style.setProperty('--tally-accent', looks.accent);
    this.style.setProperty('--tally-on-accent', looks.onAccent);
  }

  #draw(): void {
    if (!this.isConnected) return;
    const scene = (this.#scene ??= this.#makeScene());
    const client = this.#client();
    const program = scene.ask('program', this.#language(), client.program);
    const read = (name: string) => this.getAttribute(name);
    const view = read('view') ?? 'account';
    const quiet = view === 'product' || view === 'launcher';
    // asked side by side: one answer waits for the other only where both are drawn
    if (view !== 'product' && scene.ask('member', '', client.member).value?.member) this.#visit();
    const words = wordsFor(this.#language(), program.value?.units);
    const looks = program.value?.looks;
    this.#wear(looks);
    Object.assign(scene, {
      client,
      words,
      program: program.value,
      facts: {
        view,
        cart: parsed(read('cart')),
        product: parsed(read('product')),
        currency: read('currency') ?? 'EUR',
        order: read('order'),
        referral: read('referral'),
        signIn: read('sign-in'),
        checkIn: read('check-in'),
        place: read('place') ?? looks?.corner ?? 'start',
        hidden: read('hide') !== null,
      },
    });
    render(
      looks?.visible === false ? null : program.value ? (
        VIEWS[view]?.(scene)
      ) : quiet ? (
        <div class={view === 'product' ? 'line' : ''} />
      ) : (
        waiting(program, words, this.#again)
      ),
      this.#shade,
    );
  }
}

if (!customElements.get('tally-mark')) customElements.define('tally-mark', TallyMark);
