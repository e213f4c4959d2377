import type { ShopWords } from '../words/en.js';

/** What the page's server wrote into it. */
export interface Facts {
  lang: string;
  words: ShopWords;
  service: string;
  currency: string;
  exponent: number;
}
export const facts = JSON.parse(document.body.dataset['facts'] ?? '{}') as Facts;
export const { words } = facts;

export interface CartLine {
  product: string;
  title: string;
  quantity: number;
  before: { net: number; tax: number };
}
export interface Cart {
  lines: CartLine[];
  shipping: { after: { net: number; tax: number } } | null;
  codes: { code: string; off: number }[];
  refused: { code: string; message: string }[];
  items: number;
  discount: number;
  total: number;
  attributes: Record<string, string>;
  loyalty: unknown;
}
export interface Session {
  customer: { id: string; email: string; firstName: string; lastName: string } | null;
}
export interface Order {
  id: string;
  number: number;
  status: string;
  total: number;
  created: number;
}

/** The shop's own JSON API; throws with the shop's words when it says no. */
export async function call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const answer = await fetch(path.startsWith('/') ? path : `/shop/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const said = (text ? JSON.parse(text) : null) as T & { message?: string };
  if (!answer.ok) throw new Error(said?.message ?? String(answer.status));
  return said;
}

export const money = (minor: number): string =>
  new Intl.NumberFormat(facts.lang === 'en' ? 'en-GB' : facts.lang, {
    style: 'currency',
    currency: facts.currency,
    minimumFractionDigits: facts.exponent,
  }).format(minor / 10 ** facts.exponent);

export const fill = (sentence: string, slots: Record<string, string | number>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, slot: string) => String(slots[slot] ?? ''));

/** An element with text and children; text never becomes markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export const byId = <T extends HTMLElement>(id: string): T | null => document.getElementById(id) as T | null;

export function show(id: string, visible: boolean): void {
  const found = byId(id);
  if (found) found.hidden = !visible;
}

export const cookie = (name: string): string | null =>
  new RegExp(`(?:^|;\\s*)${name}=([^;]*)`).exec(document.cookie)?.[1] ?? null;
export const setCookie = (name: string, value: string): void => {
  document.cookie = `${name}=${value}; path=/; max-age=604800; samesite=lax`;
};

/** The loyalty blocks ask again. */
export const pointsMoved = (): void => void document.dispatchEvent(new CustomEvent('tally:changed'));

/** A step of "what to try" is done; the start page, on another port of the same host, sees the cookie. */
export function done(step: 'join' | 'buy' | 'refer' | 'redeem' | 'refund' | 'review'): void {
  const steps = new Set((cookie('demo_done') ?? '').split('.').filter(Boolean));
  steps.add(step);
  setCookie('demo_done', [...steps].join('.'));
}

/** What a failure says to a person. */
export const reason = (why: unknown): string => (why instanceof Error ? why.message : String(why));
