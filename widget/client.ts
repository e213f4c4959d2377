import type {
  Activities,
  Boards,
  CartFacts,
  Deed,
  Failure,
  History,
  Member,
  Preview,
  Program,
  Redemption,
} from './answers.js';
import { Recall } from './recall.js';

/**
 * The service understood and said no; `message` is its sentence for the shopper, `code` its stable name. Any other
 * failure means that it could not be asked or did not answer in time: what happened is not known.
 */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface Connection {
  /** Path or URL in front of /program, /member, ...: `/apps/tallymark` or `https://.../storefront/v1`. */
  api: string;
  lang: string;
  /** Null = the platform in front of the service vouches for the shopper. */
  token: ((fresh: boolean) => Promise<string | null>) | null;
}

/** Who waits for it is told that nobody answers long before (scene.ts): what comes after that is still shown. */
const READ_LIMIT = 20_000;
const WRITE_LIMIT = 8000;

export class Client {
  private readonly connection: Connection;
  private kept = new Map<string, Promise<unknown>>();
  private readonly recall: Recall;
  /** Since when what is shown stands, where it is the last that was known; 0 = it is of now. */
  staleAt = 0;

  constructor(connection: Connection) {
    this.connection = connection;
    this.recall = new Recall(`${connection.api}:${connection.lang}`);
  }

  program = () => this.keep<Program>('program');
  member = () => this.keep<Member>('member');
  history = (after?: string) =>
    after
      ? this.ask<History>('GET', `history?after=${encodeURIComponent(after)}`)
      : this.remembered<History>('history');
  activities = () => this.ask<Activities>('GET', 'activities');
  checkIn = (code: string) => this.ask<Deed>('POST', 'check-in', { code });
  answer = (survey: string, answers: Record<string, string[]>) =>
    this.ask<Deed>('POST', 'survey-answer', { survey, answers });
  follow = (link: string) => this.ask<Deed & { url: string }>('POST', 'follow', { link });
  birthday = (birthday: string) => this.ask<null>('POST', 'birthday', { birthday });
  boards = () => this.ask<Boards>('GET', 'leaderboards');
  showAs = (name: string) => this.ask<unknown>('PUT', 'shown-name', { name });
  hideMe = () => this.ask<unknown>('DELETE', 'shown-name');
  came = () => this.ask<null>('POST', 'visit');
  preview = (cart: CartFacts) => this.ask<Preview>('POST', 'preview', { cart });
  redeem = (body: { reward: string; points?: string; cart: CartFacts }, key: string) =>
    this.ask<Redemption>('POST', 'redeem', body, key);
  redemption = (id: string) => this.ask<Redemption>('GET', `redemptions/${encodeURIComponent(id)}`);
  undo = (id: string) => this.ask<Redemption>('DELETE', `redemptions/${encodeURIComponent(id)}`);
  join = (referral: string | null, order: string | null) =>
    this.ask<Member>('POST', 'join', { ...(referral && { referral }), ...(order && { order }) });
  visit = (code: string) => this.ask<unknown>('POST', 'referral-visit', { code });

  /** What was read of the shopper is read anew next time; the program stays. */
  forget(): void {
    this.kept.delete('member');
  }

  private keep<T>(path: string): Promise<T> {
    const known = this.kept.get(path) as Promise<T> | undefined;
    if (known) return known;
    const asked = this.remembered<T>(path);
    this.kept.set(path, asked);
    asked.catch(() => this.kept.delete(path));
    return asked;
  }

  /** Kept for when nobody answers. */
  private async remembered<T>(path: string): Promise<T> {
    const said = await this.ask<T>('GET', path);
    this.recall.write(path, said);
    if (path === 'member') this.staleAt = 0;
    return said;
  }

  /** What was last said of this; null = nothing that is known. */
  last(path: string): unknown {
    const { at, said } = this.recall.read(path) ?? {};
    if (at && path === 'member') this.staleAt = at;
    return said;
  }

  private async ask<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
    let answer = await this.send(method, path, body, key, false);
    if (answer.status === 401 && this.connection.token) answer = await this.send(method, path, body, key, true);
    if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
    if (answer.status < 300) return answer.said as T;
    const error = (answer.said as Failure | null)?.error;
    throw new Refused(error?.code ?? 'refused', error?.message ?? '');
  }

  private async send(method: string, path: string, body: unknown, key: string | undefined, fresh: boolean) {
    const { api, lang, token } = this.connection;
    const limit = method === 'GET' || path === 'preview' ? READ_LIMIT : WRITE_LIMIT;
    const signal = AbortSignal.timeout(limit);
    const headers = new Headers();
    const bearer = token && (await token(fresh));
    if (bearer) headers.set('authorization', `Bearer ${bearer}`);
    if (key) headers.set('idempotency-key', key);
    if (body) headers.set('content-type', 'application/json');
    const response = await fetch(`${api}/${path}${path.includes('?') ? '&' : '?'}lang=${lang}`, {
      method,
      signal,
      headers,
      body: body ? JSON.stringify(body) : null,
    });
    return { status: response.status, said: JSON.parse((await response.text()) || 'null') as unknown };
  }
}

/** A key of one intention: sent again with every retry of it, so that it can count only once. */
export const newKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');
