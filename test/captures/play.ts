import { expect } from '@jest/globals';
import { inTransaction } from '../../src/db/database.js';
import { readBalancesAt } from '../../src/ledger/balances.js';
import { verify } from '../../src/ledger/verify.js';
import { replayProgram } from '../../src/loyalty/replay-program.js';
import { type ProgramRules, programRules } from '../../src/rules/program-rules.js';
import type { TestDatabase } from '../support/database.js';
import type { TestService } from '../support/service.js';
import { shardOf } from '../../webhooks/find-store.js';
import { processShard } from '../../webhooks/process.js';
import { runEffects } from '../../src/jobs/run-effects.js';
import {
  customers,
  newestBodies,
  RECORDED_REVIEWS,
  type Person,
  type Recorded,
  type Scenario,
  scenarios,
} from './recorded.js';
import { RecordedStore } from './recorded-store.js';

export const ALL = scenarios();
const NEWEST = newestBodies(ALL);
const CUSTOMERS = customers(ALL);

const EUR = { code: 'EUR', exponent: 2 };
const YEN = { code: 'JPY', exponent: 0 };

/** One point for each whole unit of the shop's money that is left net, no joining bonus, 20 for a review. */
const rulesIn = (money: typeof EUR): ProgramRules =>
  programRules.parse({
    zone: 'UTC',
    money,
    units: { points: { rounding: 'floor', value: '1', expiry: { kind: 'none' }, clawback: 'debt' } },
    earning: [{ id: 'base', kind: 'rate', points: '1', per: 10 ** money.exponent }],
    reviews: { gives: 20 },
    rewards: [],
  });
const RULES = { EUR: rulesIn(EUR), JPY: rulesIn(YEN) };

/** One way to play a scenario. `meanwhile` = the store answers as it stood after each delivery, else as it ended. */
export interface Playing {
  order: readonly Recorded[];
  meanwhile: boolean;
  /** After which deliveries the worker works; it always does at the end. */
  worksAfter: (index: number) => boolean;
  money?: 'EUR' | 'JPY';
}

export interface Outcome {
  /** By customer: what can be used, what is pending, what is owed. */
  points: Record<string, string>;
  /** By order or review, without the store: the reason, and what it gives. */
  decisions: Record<string, string>;
}

/** Who is named in the scenario, or has a review that the store lists by then. */
function concerns({ deliveries, until }: Scenario, { id, email }: Person): boolean {
  const inReviews = RECORDED_REVIEWS.some(
    (one) => one['reviewer_email'] === email && String(one['date_created_gmt']) <= until,
  );
  return (
    inReviews ||
    ORDERLESS.test(deliveries.map(({ topic }) => topic).join(' ')) ||
    deliveries.some(({ body, text }) => String(body?.['customer_id']) === id || text.includes(`"${email}"`))
  );
}
/** Pokes name no customer. */
const ORDERLESS = /^(action\.\w+ ?)+$/;

export class Stage {
  private readonly stores = new Map<string, RecordedStore>();
  private readonly db: TestDatabase;
  private readonly service: () => TestService;

  constructor(db: TestDatabase, service: () => TestService) {
    this.db = db;
    this.service = service;
  }

  readonly platforms = (store: string) => {
    const found = this.stores.get(store);
    if (!found) throw new Error(`no store ${store} in this test`);
    return found.platform();
  };

  /** A new program with the store and all its customers as members; the scenario through receiver and worker. */
  async play(scenario: Scenario, playing: Playing): Promise<Outcome> {
    const service = this.service();
    const code = playing.money ?? 'EUR';
    service.clock.set('2026-01-01T00:00:00Z');
    const program = await service.program(RULES[code]);
    const store = await service.store(program, 'woocommerce', { money: code });
    const members = new Map<string, Person>();
    for (const person of CUSTOMERS.filter((one) => concerns(scenario, one)))
      members.set(await service.member(program, store.id, person.id, { email: person.email }), person);
    service.clock.set('2026-12-01T00:00:00Z');
    const recorded = new RecordedStore({
      newest: new Map([...NEWEST, ...newestBodies([scenario])]),
      money: RULES[code].money,
      now: () => service.clock.now(),
      until: scenario.until,
    });
    this.stores.set(store.id, recorded);
    if (!playing.meanwhile) recorded.showAll(scenario);
    const told = new Set<Recorded>();
    for (const [i, delivery] of playing.order.entries()) {
      if (playing.meanwhile) recorded.show(delivery);
      expect([delivery.name, await this.deliver(store, delivery, told.has(delivery))]).toEqual([delivery.name, 200]);
      told.add(delivery);
      if (playing.worksAfter(i)) await this.work(program);
    }
    await this.work(program);
    await this.expectSound(program);
    return this.outcomeOf(program, store.id, members);
  }

  /** The worker on the one shard that has anything. */
  private async work(program: string): Promise<void> {
    const { parts, work } = this.service();
    const shard = shardOf(program, work.shards);
    for (let again = true; again;)
      again = (await processShard(parts, shard)) > 0 || (await runEffects(work, shard)) > 0;
  }

  /** Signed anew with the test store's secret. What comes again comes from another webhook of the store, so that it is no mere repetition. */
  private async deliver(store: { key: string }, delivery: Recorded, again: boolean): Promise<number> {
    const service = this.service();
    if (delivery.body === null) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const url = `${service.url}/webhooks/woocommerce/${store.key}`;
      return (await fetch(url, { method: 'POST', headers, body: delivery.text })).status;
    }
    const webhook = again ? `9${delivery.webhook}` : delivery.webhook;
    return (await service.woo(store, delivery.topic, delivery.text, { 'x-wc-webhook-id': webhook })).status;
  }

  private async expectSound(program: string): Promise<void> {
    const waiting = await this.db.sql('select topic, error from inbox where program_id = $1 and status <> 1', [
      program,
    ]);
    expect(waiting).toEqual([]);
    expect(await verify(this.db.owner, { program })).toEqual([]);
    expect((await replayProgram(this.db.app, program, this.service().clock.now())).differences).toEqual([]);
  }

  private async outcomeOf(program: string, store: string, members: Map<string, Person>): Promise<Outcome> {
    const refs = [...members.keys()].map((member) => ({ program, member }));
    const balances = await inTransaction(this.db.app, { programs: [program] }, (tx) =>
      readBalancesAt(tx, refs, this.service().clock.now()),
    );
    const points: Outcome['points'] = {};
    for (const { member, available, pending, debt } of balances) {
      const customer = members.get(member)?.id ?? member;
      if (available !== 0n || pending !== 0n || debt !== 0n)
        points[customer] =
          `${available}${pending === 0n ? '' : ` pending ${pending}`}${debt === 0n ? '' : ` debt ${debt}`}`;
    }
    const rows = await this.db.sql<{ activity: string; reason: string; gives: Record<string, string> }>(
      `select activity, reason, gives from decision where program_id = $1 and (activity like 'order:%' or activity like 'review:%')
       order by activity`,
      [program],
    );
    const decisions = Object.fromEntries(
      rows.map(({ activity, reason, gives }) => [
        activity.replace(`${store}/`, ''),
        gives['points'] === undefined ? reason : `${reason} ${gives['points']}`,
      ]),
    );
    return { points, decisions };
  }
}

/** Reviews that gave nothing may never have been seen in another order: only orders have a decision whatever happens. */
export const withoutIdleReviews = ({ points, decisions }: Outcome): Outcome => ({
  points,
  decisions: Object.fromEntries(
    Object.entries(decisions).filter(([key, decision]) => key.startsWith('order:') || /\d$/.test(decision)),
  ),
});

export const always = (): boolean => true;
export const never = (): boolean => false;

/** A small generator of its own: the same seed plays the same everywhere. */
export function shuffled<T>(
  deliveries: readonly T[],
  seed: number,
): { order: readonly T[]; worksAfter: Playing['worksAfter'] } {
  let state = seed * 2654435761 + 1;
  const next = (below: number) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) >>> 0;
    return state % below;
  };
  const order = deliveries.flatMap((one) => (next(2) === 0 ? [one, one] : [one]));
  for (let i = order.length - 1; i > 0; i--) {
    const j = next(i + 1);
    [order[i], order[j]] = [order[j] as T, order[i] as T];
  }
  const works = order.map(() => next(2) === 0);
  return { order, worksAfter: (i) => works[i] ?? false };
}
