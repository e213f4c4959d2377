import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tellEvent } from '../../src/loyalty/tell-event.js';
import { programRules } from '../../src/rules/program-rules.js';
import { RetryLater } from '../../src/lib/errors.js';
import { processShard } from '../../webhooks/process.js';
import { testDatabase } from '../support/database.js';
import { SHARDS } from '../support/service.js';
import { HOUR, NOON, type World, type Worlds, aRefund, anOrder, inWorld, worldsOn } from '../support/world.js';

const db = testDatabase();
let worlds: Worlds;
let next = 300_000;
const anId = () => String(++next);
const PATIENCE = 900_000;
const MANY = 500;
const MEMBERS = Array.from({ length: MANY }, (_, i) => String(10_000 + i));

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());

const PERIODS = ['day', 'week', 'month', 'year', 'lifetime'] as const;
/** Seven points an order, until all together have so many of the rule, or so many orders had something of it. */
const MOST = {
  points: { day: 100, week: 205, month: 1004, year: 1750, lifetime: 3333 },
  times: { day: 30, week: 40, month: 99, year: 250, lifetime: 499 },
};
const BARE = { zone: 'Europe/Amsterdam', money: { code: 'EUR', exponent: 2 }, units: { points: { value: '1' } } };
const RULES = programRules.parse({
  ...BARE,
  earning: [
    { id: 'order', kind: 'fixed', gives: 7, limits: [{ per: 'order', points: 6 }] },
    ...PERIODS.flatMap((per) => [
      { id: `points-${per}`, kind: 'fixed', gives: 7, limits: [{ per, of: 'all', points: MOST.points[per] }] },
      { id: `times-${per}`, kind: 'fixed', gives: 7, limits: [{ per, of: 'all', times: MOST.times[per] }] },
    ]),
  ],
});

/** Many workers at once; who was in another's way comes again, as the queue has it. */
async function workAtOnce(workers: number, atOnce: number): Promise<void> {
  const taken = (shard: number): Promise<number> =>
    processShard(worlds.service.parts, shard, atOnce).catch((error: unknown) => {
      if (error instanceof RetryLater) return 1;
      throw error;
    });
  const work = async () => {
    for (let more = 1; more > 0;) {
      more = 0;
      for (let shard = 0; shard < SHARDS; shard++) more += await taken(shard);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  await worlds.service.drain();
}

/** What was granted under each limit of all together, by its first words ("points-day/points"). */
async function granted({ program }: World): Promise<Record<string, number>> {
  const rows = await db.sql<{ promotion: string; granted: string }>(
    'select promotion, granted from ceiling where program_id = $1 and granted > 0',
    [program],
  );
  return Object.fromEntries(rows.map((row) => [row.promotion.split('/').slice(0, 2).join('/'), Number(row.granted)]));
}

/** Looks again and again, while others work, for the most that was granted under each. */
function watch(shop: World): { end(): Promise<Record<string, number>> } {
  let over = false;
  const most: Record<string, number> = {};
  const lookOnce = async () => {
    for (const [name, n] of Object.entries(await granted(shop))) most[name] = Math.max(most[name] ?? 0, n);
  };
  const look = async () => {
    while (!over) {
      await lookOnce();
      await new Promise((done) => setTimeout(done, 100));
    }
  };
  const looking = look();
  return {
    async end() {
      over = true;
      await looking;
      // the last one may have begun before the last grant
      await lookOnce();
      return most;
    },
  };
}

const FULL = Object.fromEntries(
  PERIODS.flatMap((per) => [
    [`points-${per}/points`, MOST.points[per]],
    [`times-${per}/times`, MOST.times[per]],
  ]),
);
const SUM = 6 * MANY + PERIODS.reduce((sum, per) => sum + MOST.points[per] + 7 * MOST.times[per], 0);

async function given({ program }: World): Promise<number> {
  const [row] = await db.sql<{ points: string }>(
    "select coalesce(sum((gives ->> 'points')::bigint), 0) as points from decision where program_id = $1",
    [program],
  );
  return Number(row?.points);
}

/** How many goals were decided how. */
async function reasons({ program }: World): Promise<Record<string, number>> {
  const rows = await db.sql<{ reason: string; n: number }>(
    "select reason, count(*)::int as n from decision where program_id = $1 and activity like 'goal:%' group by 1",
    [program],
  );
  return Object.fromEntries(rows.map(({ reason, n }) => [reason, n]));
}

/** The customers whose goal was decided so. */
async function having({ program }: World, reason: string): Promise<Set<string>> {
  const rows = await db.sql<{ customer: string }>(
    `select l.customer from decision d join customer_link l on l.program_id = d.program_id and l.member_id = d.member_id
     where d.program_id = $1 and d.activity like 'goal:%' and d.reason = $2`,
    [program, reason],
  );
  return new Set(rows.map(({ customer }) => customer));
}

describe('C1, T9: limits of all together, while 500 members come at the same moment', () => {
  it(
    'no order, day, week, month, year or life is ever passed, in points or in orders; what goes back is there for who comes next',
    async () => {
      worlds.service.clock.set(NOON);
      const shop = await worlds.make(RULES);
      for (const customer of MEMBERS) await shop.joins(customer);
      const orders = MEMBERS.map((customer) => anOrder({ id: anId(), customer, cents: 1000 }));
      await Promise.all(orders.map((order) => shop.tells(order)));
      const watching = watch(shop);
      await workAtOnce(8, 8);
      expect([await watching.end(), await granted(shop)]).toEqual([FULL, FULL]);
      expect(await given(shop)).toBe(SUM);
      await shop.isSound();
      // half of them go back; then as many others come
      worlds.service.clock.set(NOON + HOUR);
      const gone = orders.filter((_, i) => i % 2 === 0);
      const back = () => [aRefund(anId(), NOON + HOUR, { amount: 1000 })];
      await Promise.all(gone.map((order) => shop.tells({ ...order, at: NOON + HOUR, refunds: back() })));
      await workAtOnce(8, 8);
      const left = await granted(shop);
      for (const [name, most] of Object.entries(FULL)) expect(left[name] ?? 0).toBeLessThan(most);
      const placed = { placed: NOON + HOUR, at: NOON + HOUR, cents: 1000 };
      const others = MEMBERS.slice(0, 300).map((customer) => anOrder({ id: anId(), customer, ...placed }));
      await Promise.all(others.map((order) => shop.tells(order)));
      await workAtOnce(8, 8);
      expect(await granted(shop)).toEqual(FULL);
      await shop.isSound();
    },
    PATIENCE,
  );

  it(
    'nor are those of deeds: the first so many of a day and of all have their turn, told through the API at once',
    async () => {
      worlds.service.clock.set(NOON);
      const rule = { kind: 'event', gives: 5 };
      const shop = await worlds.make(
        programRules.parse({
          ...BARE,
          deeds: [
            { ...rule, id: 'today', inAll: { day: 120 } },
            { ...rule, id: 'both', inAll: { week: 200, lifetime: 90 } },
          ],
        }),
      );
      for (const customer of MEMBERS.slice(0, 320)) await shop.joins(customer);
      const tell = async (event: string, customer: string, id: string): Promise<string> => {
        for (;;) {
          try {
            const of = { store: shop.store.id, customer };
            const { clock, loyalty } = worlds.service;
            const now = clock.now();
            const told = await inWorld(db, shop, (tx) =>
              tellEvent(tx, shop.program, { id, event, of, at: now }, loyalty, now),
            );
            return told.reason;
          } catch (error) {
            if (!(error instanceof RetryLater)) throw error;
          }
        }
      };
      const watching = watch(shop);
      const reasons: string[] = [];
      const waiting = [...MEMBERS.slice(0, 320).entries()];
      const caller = async (): Promise<void> => {
        for (let one = waiting.shift(); one; one = waiting.shift()) {
          const [i, customer] = one;
          reasons[i] = await tell(i % 2 === 0 ? 'today' : 'both', customer, `${i}`);
        }
      };
      await Promise.all(Array.from({ length: 12 }, caller));
      const counts = [true, false].map(
        (even) => reasons.filter((reason, i) => (i % 2 === 0) === even && reason === 'earned').length,
      );
      expect(counts).toEqual([120, 90]);
      expect(new Set(reasons)).toEqual(new Set(['earned', 'all-taken']));
      expect(Math.max(...Object.values(await watching.end()))).toBe(120);
      expect(await given(shop)).toBe(5 * 210);
      // told again, it is what it was; on another day there are turns again, but none of all
      expect(await tell('today', MEMBERS[0] ?? '', '0')).toBe(reasons[0]);
      worlds.service.clock.set(NOON + 24 * HOUR);
      expect(await tell('today', MEMBERS[0] ?? '', 'tomorrow')).toBe('earned');
      expect(await tell('both', MEMBERS[0] ?? '', 'tomorrow-both')).toBe('all-taken');
      await shop.isSound();
    },
    PATIENCE,
  );

  it(
    'nor are those of goals: the first sixty finishers are sixty; whose order goes back makes room for who finishes next',
    async () => {
      worlds.service.clock.set(NOON);
      const challenge = { id: 'spring', counts: { kind: 'orders' }, needs: 1, gives: 50, badge: 'Early bird' };
      const shop = await worlds.make(
        programRules.parse({ ...BARE, goals: [{ ...challenge, inAll: { lifetime: 60 } }] }),
      );
      const [first, second] = [MEMBERS.slice(0, 110), MEMBERS.slice(110, 140)];
      for (const customer of [...first, ...second]) await shop.joins(customer);
      const finish = async (customers: readonly string[], at: number) => {
        const orders = customers.map((customer) => anOrder({ id: anId(), customer, placed: at, at, cents: 1000 }));
        await Promise.all(orders.map((order) => shop.tells(order)));
        await workAtOnce(8, 8);
        return orders;
      };
      const watching = watch(shop);
      const orders = await finish(first, NOON);
      const seen = [await watching.end(), await granted(shop)];
      expect(seen).toEqual([{ 'goal spring/ever': 60 }, { 'goal spring/ever': 60 }]);
      expect([await reasons(shop), await given(shop)]).toEqual([{ earned: 60, 'all-taken': 50 }, 3000]);
      await shop.isSound();
      // of ten finishers and ten who were too late everything goes back; nobody who was too late moves up
      const late = NOON + HOUR;
      worlds.service.clock.set(late);
      const winners = await having(shop, 'earned');
      const isWinner = ({ customer }: { customer: string | null }) => winners.has(customer ?? '');
      const gone = [...orders.filter(isWinner).slice(0, 10), ...orders.filter((one) => !isWinner(one)).slice(0, 10)];
      const back = () => [aRefund(anId(), late, { amount: 1000 })];
      await Promise.all(gone.map((order) => shop.tells({ ...order, at: late, refunds: back() })));
      await workAtOnce(8, 8);
      expect([await reasons(shop), await granted(shop)]).toEqual([
        { earned: 50, 'goal-lost': 20, 'all-taken': 40 },
        { 'goal spring/ever': 50 },
      ]);
      // then thirty more finish, and one who had lost it: whoever is there first
      worlds.service.clock.set(late + HOUR);
      await finish([...second, gone[0]?.customer ?? ''], late + HOUR);
      expect(await granted(shop)).toEqual({ 'goal spring/ever': 60 });
      expect([(await reasons(shop))['earned'], await given(shop)]).toEqual([60, 3000]);
      await shop.isSound();
    },
    PATIENCE,
  );

  it(
    'nor are those of reviews and of friends, each of whom brought the next; a review that goes makes room for who writes next',
    async () => {
      worlds.service.clock.set(NOON);
      const shop = await worlds.make(
        programRules.parse({
          ...BARE,
          reviews: { gives: 5, inAll: { day: 15, lifetime: 20 } },
          referral: { advocate: 20, inAll: { lifetime: 9 } },
        }),
      );
      const circle = MEMBERS.slice(0, 24);
      let referral: string | null = null;
      for (const customer of circle) {
        await shop.joins(customer, { email: `${customer}@mail.test`, ...(referral !== null && { referral }) });
        const { ok } = await shop.storefront.member({ shop: shop.store.key, customer });
        referral = ok?.member?.referralCode ?? null;
      }
      const review = async (customer: string, id: number, curated: string, at: number) => {
        const [external_id, when] = [Number(customer), new Date(at).toISOString()];
        const of = {
          product_external_id: 9000 + id,
          created_at: new Date(NOON).toISOString(),
          updated_at: when,
          curated,
        };
        const told = { review: { id, ...of, reviewer: { external_id, email: `${customer}@mail.test` }, pictures: [] } };
        expect((await worlds.service.judgeme(shop.store, told)).status).toBe(200);
      };
      const decided = async (kind: string): Promise<Record<string, number>> => {
        const rows = await db.sql<{ reason: string; n: number }>(
          'select reason, count(*)::int as n from decision where program_id = $1 and activity like $2 group by 1',
          [shop.program, `${kind}:%`],
        );
        return Object.fromEntries(rows.map(({ reason, n }) => [reason, n]));
      };
      const watching = watch(shop);
      const orders = circle.map((customer) => shop.tells(anOrder({ id: anId(), customer, cents: 5000 })));
      await Promise.all([...orders, ...circle.map((customer, i) => review(customer, i, 'ok', NOON))]);
      await workAtOnce(8, 8);
      const most = Math.max(...Object.values(await watching.end()));
      expect([await decided('review'), await decided('referral'), most]).toEqual([
        { earned: 15, 'all-taken': 9 },
        { earned: 9, 'all-taken': 14 },
        15,
      ]);
      expect(await given(shop)).toBe(15 * 5 + 9 * 20);
      await shop.isSound();
      // five that were given for turn out to be spam: the same day has room for five others, and nobody who was too late moves up
      const earned = await db.sql<{ activity: string }>(
        "select activity from decision where program_id = $1 and activity like 'review:%' and reason = 'earned' limit 5",
        [shop.program],
      );
      const ids = earned.map(({ activity }) => Number(activity.split(':').at(-1)));
      worlds.service.clock.set(NOON + HOUR);
      await Promise.all(ids.map((id) => review(circle[id] ?? '', id, 'spam', NOON + HOUR)));
      await workAtOnce(8, 8);
      await Promise.all(circle.slice(0, 12).map((customer, i) => review(customer, 100 + i, 'ok', NOON + HOUR)));
      await workAtOnce(8, 8);
      expect(await decided('review')).toEqual({ earned: 15, 'not-approved': 5, 'all-taken': 9 + 7 });
      await shop.isSound();
    },
    PATIENCE,
  );
});
