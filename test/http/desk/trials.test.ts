import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../../src/db/database.js';
import { offeredTo, readTrials, sideOf, type Trial } from '../../../src/loyalty/trials.js';
import { isShownTo, readPilots } from '../../../src/loyalty/showing.js';
import { redeem, type RedeemWish } from '../../../src/loyalty/redeem.js';
import { trialVerdict } from '../../../src/reports/read-trials.js';
import type { Cart } from '../../../src/rules/cart.js';
import { programRules } from '../../../src/rules/program-rules.js';
import { type OwnerClient, ownerOf } from '../../support/owner-client.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';

/** H7, H6: what chance divided (two variants of a reward, who sees the program), and whether the difference is real. */
const stage = ledgerStage();
const [five] = LEDGER_RULES.rewards;
const RULES = programRules.parse({ ...LEDGER_RULES, rewards: [five, { ...five, id: 'cheap', points: 10 }] });
const BEGAN = Date.UTC(2026, 8, 1);
const DAY = 86_400_000;
const MEMBERS = 120;
let api: OwnerClient;
let program: string;
let store: string;
let trial: Trial;

beforeAll(async () => {
  const { service, db } = stage;
  service.clock.set(BEGAN);
  program = await service.program(RULES, 'Bean Club');
  ({ id: store } = await service.store(program, 'woocommerce'));
  api = await ownerOf(db, service);
  await db.sql(
    `with made as (
       insert into member (program_id, joined_at, referral_code) select $1, '2026-01-01', 'R' || g from generate_series(1, $3::int) g returning id
     ) insert into customer_link (program_id, store_id, customer, member_id, linked_at) select $1, $2, 'c' || id, id, '2026-01-01' from made`,
    [program, store, MEMBERS],
  );
});
afterAll(() => api.close());

interface Shown {
  id: string;
  verdict: string;
  sides: { reward: string; members: number; taken: number; off: number; bought: number; brought: number }[];
  differences: { measure: string; difference: { value: number; low: number; high: number } | null }[];
}
const ask = (method: string, path = '', body?: object) =>
  api.ask<{ trials: Shown[]; rewards: object[]; error?: { code: string } }>(
    program,
    method,
    `/reports/trials${path}`,
    body,
  );
const shown = async (day: number) => {
  stage.service.clock.set(BEGAN + day * DAY);
  const [first] = (await ask('GET')).body.trials;
  return first as Shown;
};
const members = () =>
  stage.db.sql<{ id: string }>('select id from member where program_id = $1 order by id', [program]);
const onSide = async (side: 0 | 1) => (await members()).filter(({ id }) => sideOf(trial, id) === side);
const cart: Cart = {
  ...{ store: '1', channel: 'web', money: { code: 'EUR', exponent: 2 }, lines: [] },
  shipping: { net: 0, tax: 0 },
};
const wish = (member: string, reward: string): RedeemWish => ({
  ...{ program, store, customer: `c${member}`, reward, points: null, cart },
  ...{ key: `${member}/${reward}`, hash: Buffer.from(reward) },
});
const ended = (error: unknown) => (error as { code: string }).code;

describe('H7: which of two rewards works better', () => {
  test('a trial is of two rewards that are there, and of none that is in another one', async () => {
    const wanted = { name: 'Cheaper', one: 'five', other: 'cheap', measure: 'brought', days: 30 };
    expect((await ask('POST', '', { ...wanted, other: 'gone' })).status).toBe(404);
    expect((await ask('POST', '', { ...wanted, other: 'five' })).status).toBe(400);
    expect((await ask('POST', '', { ...wanted, days: 3 })).status).toBe(400);
    expect((await ask('POST', '', wanted)).status).toBe(204);
    expect((await ask('POST', '', { ...wanted, name: 'Again' })).status).toBe(409);
    expect((await ask('GET')).body.rewards).toHaveLength(2);
    const [found] = await inTransaction(stage.db.app, { programs: [program] }, (tx) =>
      readTrials(tx, program, { open: true }),
    );
    trial = found as Trial;
  });

  test('chance decides, for good, and the database says the same as the service', async () => {
    const rows = await stage.db.sql<{ id: string; side: 0 | 1 }>(
      `select id, get_byte(sha256(convert_to($2 || '/' || id, 'UTF8')), 0) & 1 as side from member where program_id = $1`,
      [program, trial.salt],
    );
    expect(rows.map(({ id }) => sideOf(trial, id))).toEqual(rows.map(({ side }) => side));
    const ones = rows.filter(({ side }) => side === 0).length;
    expect(ones).toBeGreaterThan(MEMBERS * 0.3);
    expect(ones).toBeLessThan(MEMBERS * 0.7);
  });

  test('a member is offered the reward of their side and refused the other; who is none yet is promised neither', async () => {
    const offered = (member: string | null, trials = [trial], rules = RULES) =>
      offeredTo(trials, rules, member).rewards.map(({ id }) => id);
    const [one] = await onSide(0);
    const [other] = await onSide(1);
    expect([offered(one?.id ?? ''), offered(other?.id ?? ''), offered(null)]).toEqual([['five'], ['cheap'], []]);
    // it ends with one of the rewards, or when it is closed
    expect(offered(null, [trial], { ...RULES, rewards: RULES.rewards.slice(0, 1) })).toEqual(['five']);
    expect(offered(null, [])).toEqual(['five', 'cheap']);
    const take = (reward: string) =>
      inTransaction(stage.db.app, { programs: [program] }, (tx) =>
        redeem(tx, wish(one?.id ?? '', reward), stage.service.clock.now(), stage.service.loyalty),
      ).then(() => 'held', ended);
    // their own is only a matter of points
    expect([await take('cheap'), await take('five')]).toEqual(['no_reward', 'not_redeemable']);
  });

  test('no verdict before the day that was set; then by the measure that was chosen, with the range in which it lies', async () => {
    const buys = async (side: 0 | 1, cents: number) => {
      for (const [nth, { id }] of (await onSide(side)).entries()) {
        const line = { id: 'a', kind: 'product', net: cents + (nth % 5) * 100, tax: 0 };
        const more = { paid: BEGAN, cancelled: null, test: false, refunds: [], money: { code: 'EUR', exponent: 2 } };
        await stage.db.sql(
          `insert into order_state (program_id, store_id, order_id, version, snapshot, placed_at, customer, member_id)
           values ($1, $2, $3, now(), $4, $5, $6, $7)`,
          [program, store, `${id}-${cents}`, JSON.stringify({ ...more, lines: [line] }), '2026-09-05', `c${id}`, id],
        );
      }
    };
    await buys(0, 5000);
    await buys(1, 5000);
    const [{ id: taker = '' } = {}] = await onSide(0);
    await stage.db.sql(
      `insert into redemption (program_id, store_id, member_id, reward, unit, points, off, net_points, code, state, code_state,
         made_at, expires_at, cart) values ($1, $2, $3, 'five', 'points', 20, 500, 20, 'C-1', 'captured', 'live', $4, $4, '{}')`,
      [program, store, taker, '2026-09-06'],
    );
    const running = await shown(10);
    const sizes = [(await onSide(0)).length, (await onSide(1)).length];
    expect(running.verdict).toBe('running');
    expect(running.sides).toMatchObject([
      { reward: 'five', members: sizes[0], taken: 1, off: 500, bought: sizes[0] },
      { reward: 'cheap', members: sizes[1], taken: 0, off: 0, bought: sizes[1] },
    ]);
    // all bought about as much: what differs may be chance
    expect((await shown(31)).verdict).toBe('none');
    await buys(0, 2000);
    const told = await shown(31);
    expect(told.verdict).toBe('one');
    const difference = told.differences.find(({ measure }) => measure === 'brought')?.difference;
    expect(difference?.low).toBeGreaterThan(1800);
    expect(difference?.high).toBeLessThan(2600);
    // what comes after the end changes nothing
    await stage.db.sql(
      `update order_state set placed_at = '2026-10-20' where program_id = $1 and order_id like '%-2000'`,
      [program],
    );
    expect((await shown(60)).verdict).toBe('none');
  });

  test('ended before its day it says nothing; of few neither', async () => {
    const { id } = await shown(60);
    expect((await ask('POST', `/${id}/closed`)).status).toBe(204);
    expect((await shown(60)).verdict).toBe('none');
    const early = { ...trial, closed: new Date(trial.ends.getTime() - DAY) };
    const side = { members: 10, taken: 1, times: 1, off: 1, bought: 1, brought: { n: 10, sum: 10, squares: 20 } };
    const after = trial.ends.getTime() + DAY;
    expect(trialVerdict(early, [side, side], after)).toBe('cut-short');
    expect(trialVerdict(trial, [side, side], after)).toBe('too-few');
    const log = await stage.db.sql(`select 1 from audit_event where program_id = $1 and what = 'reward.trial'`, [
      program,
    ]);
    expect(log).toHaveLength(2);
  });
});

describe('H6: the pilot beside the rest', () => {
  test('chance divides customers, joined or not; guests and members of before are on no side; an answer after ninety days', async () => {
    const { service, db } = stage;
    const club = await service.program(LEDGER_RULES, 'Pilot Club');
    const { id: shop } = await service.store(club, 'woocommerce');
    const ref = { program: club, store: shop };
    const shownAt = (share: number) => (customer: string) =>
      isShownTo({ accent: null, corner: 'end', share }, service.loyalty, ref, customer);
    const customers = Array.from({ length: 200 }, (_, nth) => `${nth}`);
    const [shown, rest] = [customers.filter(shownAt(50)), customers.filter((one) => !shownAt(50)(one))];
    const old = await service.member(club, shop, shown[0] ?? '', { email: 'old@example.test' }, Date.UTC(2026, 0, 1));
    const change = (at: string, before: number, after: number) =>
      db.sql(
        `insert into audit_event (program_id, at, actor, what, facts) values ($1, $2, 'staff:1', 'store.showing', $3)`,
        [...[club, at], JSON.stringify({ store: shop, before: { share: before }, after: { share: after } })],
      );
    const snapshot = JSON.stringify({
      ...{ paid: 1, cancelled: null, test: false, money: { code: 'EUR', exponent: 2 }, refunds: [] },
      lines: [{ id: 'a', kind: 'product', net: 1000, tax: 0 }],
    });
    const orders = (who: readonly string[], placed: string) =>
      db.sql(
        `insert into order_state (program_id, store_id, order_id, version, snapshot, placed_at, customer, member_id)
         select $1, $2, c || '@' || $4, now(), $5, $4::timestamptz, nullif(c, ''), case when c = $6 then $7::bigint end
         from unnest($3::text[]) c`,
        [club, shop, who, placed, snapshot, shown[0], old],
      );
    interface Shown {
      share: number;
      verdict: string;
      sides: { customers: number; bought: number; again: number; orders: number; brought: number }[];
      differences: { measure: string; difference: { low: number; high: number } }[];
    }
    const pilots = async (at: string) => {
      service.clock.set(at);
      return (await api.ask<{ pilots: Shown[] }>(club, 'GET', '/reports/pilots')).body.pilots;
    };
    expect(await pilots('2026-03-01T00:00:00Z')).toEqual([]);
    await change('2026-03-01T00:00:00Z', 100, 50);
    // all but ten of each side had bought before; these buy first meanwhile, and once more
    const fresh = [...shown.slice(1, 11), ...rest.slice(0, 10)];
    await orders(
      customers.filter((one) => !fresh.includes(one)),
      '2026-01-10T10:00:00Z',
    );
    await orders([...fresh, ''], '2026-03-05T10:00:00Z');
    await orders([...fresh, ...shown.slice(11, 61), ...rest.slice(10, 25)], '2026-04-05T10:00:00Z');
    await orders(shown.slice(0, 6), '2026-05-05T10:00:00Z');
    const [early] = await pilots('2026-05-29T00:00:00Z');
    expect(early).toMatchObject({ share: 50, verdict: 'running' });
    // what comes after its ninety days counts no more
    await orders(rest, '2026-06-10T10:00:00Z');
    const [told] = await pilots('2026-07-01T00:00:00Z');
    expect(told).toMatchObject({
      verdict: 'one',
      sides: [
        { customers: shown.length - 1, bought: 60, again: 5, orders: 65 / (shown.length - 1) },
        { customers: rest.length, bought: 25, again: 0, brought: 25_000 / rest.length },
      ],
    });
    expect(told?.differences[0]?.difference.low).toBeGreaterThan(0);
    // open to all before its day: the next one gives no answer, and leaves out whom the first one showed the program
    await change('2026-07-02T00:00:00Z', 50, 80);
    await change('2026-07-20T00:00:00Z', 80, 100);
    const [next, first] = await pilots('2026-12-01T00:00:00Z');
    expect([first?.verdict, next?.verdict, next?.sides.map((side) => side.customers)]).toEqual([
      'one',
      'cut-short',
      [rest.filter(shownAt(80)).length, rest.filter((one) => !shownAt(80)(one)).length],
    ]);
    await inTransaction(db.app, { programs: [program] }, async (tx) => expect(await readPilots(tx, ref)).toEqual([]));
  });
});
