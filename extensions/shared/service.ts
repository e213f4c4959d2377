import type { CartFacts, Failure, History, Member, Preview, Program, Redemption } from '../../widget/answers.js';

/** The service understood and said no; `message` is its sentence for whoever stands there. Anything else = it could not be asked. */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface Wish {
  reward: string;
  /** Slider only; absent = the most that is possible. */
  points?: string;
  cart: CartFacts;
}

/** What an extension asks of the service for one shopper. */
export interface Service {
  program(): Promise<Program>;
  member(): Promise<Member>;
  history(): Promise<History>;
  preview(cart: CartFacts): Promise<Preview>;
  /** With the order that it was offered after, if any: it counts then. */
  join(order?: string): Promise<Member>;
  redeem(wish: Wish, key: string): Promise<Redemption>;
  redemption(id: string): Promise<Redemption>;
  undo(id: string): Promise<Redemption>;
}

export interface Connection {
  /** What stands in front of /program, /member, ... */
  base: string;
  /** A session token of Shopify; it lives for a minute, so each request gets one. */
  token(): Promise<string | undefined>;
  lang: string;
}

/** Nobody waits longer for something to read; what moves points may take as long as the platform needs. */
const READ_MS = 1_500;
const WRITE_MS = 8_000;

export function serviceFor(connection: Connection): Service {
  const ask = <T>(method: string, path: string, body?: unknown, key?: string) =>
    send<T>(connection, { method, path, body, key });
  const at = (id: string) => `redemptions/${encodeURIComponent(id)}`;
  let program: Promise<Program> | null = null;
  return {
    // the same for as long as the page is open; asked again only after a failure
    program: () =>
      (program ??= ask<Program>('GET', 'program').catch((error: unknown) => {
        program = null;
        throw error;
      })),
    member: () => ask('GET', 'member'),
    history: () => ask('GET', 'history'),
    preview: (cart) => ask('POST', 'preview', { cart }),
    join: (order) => ask('POST', 'join', order === undefined ? {} : { order }),
    redeem: (wish, key) => ask('POST', 'redeem', wish, key),
    redemption: (id) => ask('GET', at(id)),
    undo: (id) => ask('DELETE', at(id)),
  };
}

interface Question {
  method: string;
  path: string;
  body: unknown;
  key: string | undefined;
}

async function send<T>({ base, token, lang }: Connection, { method, path, body, key }: Question): Promise<T> {
  const proof = await token();
  const headers: Record<string, string> = {
    ...(proof === undefined ? {} : { authorization: `Bearer ${proof}` }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const reads = method === 'GET' || path === 'preview';
  const answer = await fetch(`${base}/${path}?lang=${encodeURIComponent(lang)}`, {
    method,
    headers,
    signal: AbortSignal.timeout(reads ? READ_MS : WRITE_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (answer.status >= 500 || answer.status === 429) throw new Error(`the service answered ${answer.status}`);
  const said: unknown = JSON.parse((await answer.text()) || 'null');
  if (answer.ok) return said as T;
  const { error } = (said ?? {}) as Partial<Failure>;
  throw new Refused(error?.code ?? 'refused', error?.message ?? '');
}

/** Names one intention: sent again with every retry of it, so that it counts once. */
export const newKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');
