import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ZodType } from 'zod';
import * as api from '../../../src/http/storefront/schemas.js';
import { leaderboardsAnswer, shownNameAnswer } from '../../../src/http/storefront/leaderboard-schemas.js';
import { activities, boards, CREDIT, eur, history, program, standing } from './fake-answers.js';

/**
 * The storefront API as a browser sees it, for tests of the widget alone: it keeps one shopper in memory, holds every
 * answer against the API's own schemas, and can be told to be late, away or nasty.
 */
export interface FakeApi {
  url: string;
  /** What arrived, oldest first. */
  seen: { method: string; path: string; body: unknown; key: string | undefined; bearer: string | undefined }[];
  is: {
    customer: boolean;
    member: boolean;
    available: number;
    nasty: string | null;
    delay: number;
    /** Answers wait for it. */
    held: Promise<void> | null;
    /** Whose answers are late. */
    slow: RegExp;
    away: boolean;
    /** Answers of `redeem` are thrown away this many times, after they were carried out. */
    lose: number;
    codeAfter: number;
    /** Points that are given back are back after as many questions. */
    backAfter: number;
    orderSeen: boolean;
    answered: boolean;
    shownAs: string | null;
    /** Points can be had as store credit too. */
    credit: boolean;
    dir: 'ltr' | 'rtl';
    page: (lang: string) => string;
  };
  close(): Promise<void>;
}

interface Holding {
  id: string;
  /** Questions until points that were given back are there. */
  backIn?: number;
  points: number;
  reward: string;
  off: number;
  polls: number;
  gone: boolean;
}

const SCHEMAS: [RegExp, ZodType][] = [
  [/^GET program$/, api.programAnswer],
  [/^(GET member|POST join)$/, api.memberAnswer],
  [/^GET history/, api.historyAnswer],
  [/^POST preview$/, api.previewAnswer],
  [/^GET leaderboards$/, leaderboardsAnswer],
  [/^PUT shown-name$/, shownNameAnswer],
  [/^GET activities$/, api.activitiesAnswer],
  [/^POST (check-in|survey-answer)$/, api.deedAnswer],
  [/^POST follow$/, api.followAnswer],
  [/^(POST redeem|(GET|DELETE) redemptions)/, api.redemptionAnswer],
];

const fresh = (): FakeApi['is'] => ({
  customer: true,
  member: true,
  available: 1240,
  nasty: null,
  delay: 0,
  held: null,
  slow: /./,
  away: false,
  lose: 0,
  codeAfter: 1,
  backAfter: 0,
  orderSeen: true,
  answered: false,
  shownAs: null,
  credit: false,
  dir: 'ltr',
  page: () => '',
});

export async function startFakeApi(widgetFile: string): Promise<FakeApi> {
  const is = fresh();
  const seen: FakeApi['seen'] = [];
  const shopper = makeShopper(is);
  const server = createServer(
    (request, response) => void answer(request, response).catch((why) => response.destroy(why)),
  );

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const lang = url.searchParams.get('lang') ?? 'en';
    if (url.pathname === '/') return void response.setHeader('content-type', 'text/html').end(is.page(lang));
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'authorization, content-type, idempotency-key');
    response.setHeader('access-control-allow-methods', 'GET, POST, DELETE');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    if (url.pathname === '/demo/path') return void response.end(JSON.stringify(aPath()));
    if (url.pathname === '/tally-mark.js' || url.pathname === '/widget.js')
      return void response.setHeader('content-type', 'text/javascript').end(readFileSync(widgetFile));
    const prefix = '/storefront/v1/';
    if (!url.pathname.startsWith(prefix)) return void response.writeHead(404).end();

    const path = url.pathname.slice(prefix.length);
    const text = await readAll(request);
    const body: unknown = text ? JSON.parse(text) : null;
    const key = request.headers['idempotency-key']?.toString();
    seen.push({ method: request.method ?? '', path, body, key, bearer: request.headers.authorization });
    if (is.delay && is.slow.test(path)) await new Promise((done) => setTimeout(done, is.delay));
    if (is.slow.test(path)) await is.held;
    if (is.away) return void response.writeHead(503).end('<html>away</html>');
    const said = shopper(`${request.method} ${path}`, body, key, lang, url.searchParams.get('after'));
    if (path === 'redeem' && is.lose-- > 0) return void response.writeHead(504).end('<html>no answer</html>');
    if (said === null) return void response.writeHead(204).end();
    const schema = SCHEMAS.find(([route]) => route.test(`${request.method} ${path}`))?.[1] ?? api.errorAnswer;
    const failed = typeof said === 'object' && said !== null && 'error' in said;
    response.writeHead(failed ? 409 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify((failed ? api.errorAnswer : schema).parse(said)));
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    is,
    close: () => new Promise((done) => (server.closeAllConnections(), server.close(() => done()))),
  };
}

/** The way of one delivery, as the service's demo panel shows it. */
const aPath = () => ({
  delivery: { id: '9', topic: 'order.updated', store: 'roastery', receivedAt: Date.now() },
  steps: (
    [
      ['webhook', 0.4, '1,204 bytes'],
      ['signature', 0.2, 'HMAC-SHA256 over the raw body'],
      ['inbox', 2.1, 'committed, then 200'],
      ['queue', 0.8, 'shard 3'],
      ['engine', 3.6, 'one rule, 48 points'],
      ['ledger', 4.2, '2 entries'],
      ['outbox', 1.1, 'balance to mirror'],
      ['platform', 11.9, 'customer meta written'],
    ] as const
  ).map(([name, ms, detail]) => ({ name, at: Date.now(), ms, detail })),
});

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function makeShopper(is: FakeApi['is']) {
  const holdings = new Map<string, Holding>();
  const byKey = new Map<string, Holding>();
  const later = new Date(Date.now() + 86_400_000).toISOString();
  const heldNow = () => [...holdings.values()].filter((one) => !one.gone);
  const there = (one: Holding) => one.polls >= is.codeAfter;
  const redemption = (one: Holding) => (one.reward === CREDIT.id ? credited(one) : coded(one));
  const credited = (one: Holding) => ({
    ...coded(one),
    ...(there(one) && { state: 'captured', codeState: 'killed' }),
    ...{ off: eur(0), code: null },
  });
  const coded = (one: Holding) => ({
    id: one.id,
    state: one.gone ? 'released' : 'held',
    reward: one.reward,
    unit: 'points',
    points: String(one.points),
    off: eur(one.off),
    code: there(one) && !one.gone ? `BEANCLUB-${one.id}` : null,
    codeState: one.gone ? 'dying' : there(one) ? 'live' : 'wanted',
    expiresAt: later,
  });
  const member = () => ({
    member: is.member
      ? { id: '7', joined: later, referralCode: 'ANA123', referralLink: 'https://bean.example/?ref=ANA123' }
      : null,
    customer: is.customer ? '42' : null,
    balances: is.member
      ? {
          points: {
            available: String(is.available),
            pending: '48',
            held: String(heldNow().reduce((sum, one) => sum + one.points, 0)),
            debt: '0',
            worth: eur(is.available * 5),
            nextToEnd: { points: '212', at: '2026-12-31T23:00:00.000Z' },
            nextUsable: { points: '48', at: '2026-12-03T10:00:00.000Z' },
          },
        }
      : {},
    ...standing(is.nasty),
  });
  const redeem = (body: unknown, key: string | undefined) => {
    const asked = api.redeemRequest.parse(body);
    const known = byKey.get(key ?? '');
    if (known) return redemption(known);
    const points = asked.reward === 'five' ? 100 : Number(asked.points ?? 360);
    if (points > is.available)
      return { error: { code: 'not_enough_points', message: `You have ${is.available} points, not ${points}.` } };
    const one: Holding = {
      id: `R${holdings.size + 1}`,
      points,
      reward: asked.reward,
      off: points * 5,
      polls: 0,
      gone: false,
    };
    is.available -= points;
    holdings.set(one.id, one);
    byKey.set(key ?? '', one);
    return redemption(one);
  };
  const preview = (body: unknown) => {
    const { cart } = api.previewRequest.parse(body);
    const net = cart.lines.reduce((sum, line) => sum + line.net, 0);
    const most = Math.min(Math.floor(is.available / 20) * 20, Math.floor(net / 2 / 100) * 20);
    const sentence =
      is.nasty ??
      `You can use up to ${most} points (€${(most / 20).toFixed(2)}) here: points pay for at most 50% of an order.`;
    const offer = { unit: 'points', off: eur(most * 5), binding: 'share', min: '20', step: '20' };
    const all = {
      points: String(is.available - (is.available % 20)),
      off: eur(0),
      binding: 'balance',
      sentence: 'All.',
    };
    return {
      earn: { points: String(Math.floor(net / 100)) },
      earnSentence: is.nasty ?? `${Math.floor(net / 100)} points: 1 point per €1.00 of €${(net / 100).toFixed(2)}.`,
      redeem: is.member
        ? [
            { reward: 'any', points: String(most), sentence, ...offer },
            ...(is.credit ? [{ ...offer, ...all, reward: CREDIT.id }] : []),
            { ...offer, reward: 'five', points: '100', off: eur(500), sentence: '', min: null, step: null },
            {
              ...offer,
              reward: 'bag',
              points: '0',
              off: eur(0),
              binding: 'balance',
              sentence: 'You need 40 more points.',
              min: null,
              step: null,
            },
          ]
        : [],
      roundUp: null,
      held: heldNow()
        .filter(({ reward }) => reward !== CREDIT.id)
        .map((one) => ({
          redemption: one.id,
          reward: one.reward,
          points: String(one.points),
          off: eur(one.off),
          code: `BEANCLUB-${one.id}`,
          expiresAt: later,
        })),
    };
  };
  return (route: string, body: unknown, key: string | undefined, lang: string, after: string | null): unknown => {
    const one = holdings.get(route.split('/')[1] ?? '');
    if (route === 'GET program') {
      const said = program(lang, is.nasty);
      return is.credit ? { ...said, rewards: [...said.rewards, CREDIT] } : said;
    }
    if (route === 'POST join') is.member = true;
    if (route === 'GET member' || route === 'POST join') return member();
    if (route === 'POST preview') return preview(body);
    if (route === 'POST redeem') return redeem(body, key);
    if (route === 'GET leaderboards') return boards(is.nasty, is.shownAs);
    if (route === 'PUT shown-name') return { shownAs: (is.shownAs = (body as { name: string }).name) };
    if (route === 'DELETE shown-name') return (is.shownAs = null);
    if (route === 'GET activities') return activities(is.nasty, is.answered);
    if (route === 'POST survey-answer') is.answered = true;
    if (route === 'POST birthday' || route === 'POST visit') return null;
    if (route === 'POST check-in' && (body as { code: string }).code !== 'CANAL')
      return { error: { code: 'check-in_no-rule', message: is.nasty ?? 'This code is not known here.' } };
    if (/^POST (check-in|survey-answer|follow)$/.test(route)) {
      const deed = { rule: 'x', name: 'x', gives: { points: '15' }, sentence: is.nasty ?? '15 points, thank you' };
      return route === 'POST follow' ? { ...deed, url: 'https://example.test/' } : deed;
    }
    if (route === 'GET history' && !is.customer) return { error: { code: 'guest', message: 'Sign in first.' } };
    if (route === 'GET history') {
      const lines = is.member && is.orderSeen ? history(is.nasty, Date.now()) : [];
      return after
        ? { lines: lines.slice(2), next: null }
        : { lines: lines.slice(0, 2), next: lines.length > 2 ? 'p2' : null };
    }
    if (one && route.startsWith('DELETE')) one.backIn ??= is.backAfter;
    else if (one) one.polls++;
    if (one) {
      if (one.backIn !== undefined && one.backIn-- <= 0 && !one.gone) {
        is.available += one.points;
        one.gone = true;
      }
      return redemption(one);
    }
    return { error: { code: 'not_found', message: 'There is no such thing here.' } };
  };
}
