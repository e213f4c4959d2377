import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { rejudgeMembers } from '../../src/jobs/rejudge-members.js';
import { publishRules } from '../../src/loyalty/publish-rules.js';
import { tellBirthday } from '../../src/loyalty/tell-birthday.js';
import { type ProgramRules, programRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { PLAIN_RULES } from '../support/service.js';
import { DAY, HOUR, NOON, type World, type Worlds, anOrder, inWorld, worldsOn } from '../support/world.js';

/** T4: rules that are published with a start in the past judge what lies behind it anew, for whomever it concerns, once. */
const db = testDatabase();
const { joining: _joining, ...BARE } = PLAIN_RULES;
const ONCE = programRules.parse(BARE);
const TWICE = programRules.parse({ ...BARE, earning: [{ id: 'base', kind: 'rate', points: '2', per: 100 }] });
const CUSTOMERS = ['501', '502', '503', '504', '505'];
let worlds: Worlds;
let shop: World;
let next = 8000;
const anId = () => String(++next);

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());
beforeEach(async () => {
  worlds.service.clock.set(NOON - 5 * DAY);
  shop = await worlds.make(ONCE);
  for (const customer of CUSTOMERS) await shop.joins(customer);
  // each has bought for 30.00; three of them for 10.00 since
  for (const [i, customer] of CUSTOMERS.entries()) {
    worlds.service.clock.set(NOON - 4 * DAY + i * HOUR);
    await shop.has(anOrder({ id: anId(), customer, cents: 3_000, at: NOON - 4 * DAY + i * HOUR }));
  }
  for (const customer of CUSTOMERS.slice(0, 3)) {
    worlds.service.clock.set(NOON - HOUR);
    await shop.has(anOrder({ id: anId(), customer, cents: 1_000, at: NOON - HOUR }));
  }
  worlds.service.clock.set(NOON);
});

const balances = () => Promise.all(CUSTOMERS.map(async (customer) => (await shop.balance(customer)).available));
const publish = (rules: ProgramRules, from: number) =>
  inWorld(db, shop, (tx) => publishRules(tx, shop.program, rules, from, worlds.service.clock.now()));
const rejudged = (leaving?: AbortSignal, page?: number) => rejudgeMembers(worlds.service.work, leaving, page);
/** As the process that is told to leave while it works on its first page. */
function leavesAfterOnePage(): AbortSignal {
  let asked = 0;
  return Object.defineProperty(new AbortController().signal, 'aborted', { get: () => ++asked > 2 });
}
const progress = async () =>
  (
    await db.sql<{ total: number | null; done: number; finished: boolean }>(
      'select total, done, finished_at is not null as finished from rejudging where program_id = $1',
      [shop.program],
    )
  )[0];
const transfers = async () =>
  (
    await db.sql<{ member: string; n: number }>(
      'select member_id as member, count(*)::int as n from transfer where program_id = $1 group by 1 order by 1',
      [shop.program],
    )
  ).map(({ n }) => n);

describe('rules that begin earlier', () => {
  it('give what they would have given, to those with anything since then; the others are not looked at', async () => {
    await publish(TWICE, NOON - DAY);
    expect(await balances()).toEqual([40, 40, 40, 30, 30]);
    await rejudged();
    expect([await balances(), await progress()]).toEqual([[50, 50, 50, 30, 30], { total: 3, done: 3, finished: true }]);
    await shop.isSound();
    // and once: a further run finds nothing
    const posted = await transfers();
    await rejudged();
    expect(await transfers()).toEqual(posted);
  });

  it('stop and go on where they were: nobody twice, nobody forgotten, though orders come in between', async () => {
    await publish(TWICE, NOON - 5 * DAY);
    const page = 2;
    for (const [left, done] of [
      [5, 2],
      [5, 4],
    ] as const) {
      await rejudged(leavesAfterOnePage(), page);
      expect(await progress()).toEqual({ total: left, done, finished: false });
      const customer = done === 2 ? '505' : '501';
      await shop.has(anOrder({ id: anId(), customer, cents: 500, at: NOON }));
    }
    await rejudged(undefined, page);
    expect([await balances(), await progress()]).toEqual([[90, 80, 80, 60, 70], { total: 5, done: 5, finished: true }]);
    await shop.isSound();
  });

  it('take back what they would not have given; what was spent of it is owed', async () => {
    const { ok } = await shop.redeem('501', 'slide', 10_000);
    expect(ok?.state).toBe('held');
    const used = anOrder({
      id: anId(),
      customer: '501',
      cents: 100,
      at: NOON + 1,
      codes: [{ code: ok?.code ?? '', off: 400 }],
    });
    worlds.service.clock.set(NOON + 1);
    await shop.has(used);
    expect(await shop.balance('501')).toMatchObject({ available: 1, held: 0, debt: 0 });
    await publish(programRules.parse({ ...BARE, earning: [] }), NOON - DAY);
    await rejudged();
    // 10 of the 40 that were spent were for the order of an hour ago
    expect(await shop.balance('501')).toMatchObject({ available: 0, debt: 10 });
    expect(await balances()).toEqual([0, 30, 30, 30, 30]);
    await shop.isSound();
  });

  it('an earlier end of the program: what was bought after it gives nothing, and nothing can be used beyond its last day', async () => {
    const ends = { earn: '2026-02-27', redeem: '2026-03-02' };
    await publish(programRules.parse({ ...BARE, ends }), NOON - 5 * DAY);
    await rejudged();
    expect(await balances()).toEqual([30, 30, 30, 30, 30]);
    await shop.isSound();
    await shop.passes(3 * DAY);
    expect(await balances()).toEqual([0, 0, 0, 0, 0]);
    await shop.isSound();
  });
});

describe('rules that concern nobody’s past', () => {
  it('that begin later, with the same that happens by itself: nobody is asked for, nothing is looked at', async () => {
    await publish(TWICE, NOON + DAY);
    expect(await progress()).toBeUndefined();
  });

  it('that begin in the past, when nothing has happened since: done at once, with nobody', async () => {
    const posted = await transfers();
    await publish(TWICE, NOON - 1);
    await rejudged();
    expect([await progress(), await transfers()]).toEqual([{ total: 0, done: 0, finished: true }, posted]);
  });

  it('that begin later and change what happens by itself: everybody’s next day is known', async () => {
    const [member = ''] = (
      await db.sql<{ id: string }>('select id from member where program_id = $1 order by id', [shop.program])
    ).map(({ id }) => id);
    const { clock, loyalty } = worlds.service;
    await inWorld(db, shop, (tx) =>
      tellBirthday(tx, { program: shop.program, member }, '03-04', NOON, clock.now(), loyalty.shards),
    );
    await publish(programRules.parse({ ...BARE, birthday: { gives: 25, knownDays: 0 } }), NOON + DAY);
    await rejudged();
    expect([await progress(), await balances()]).toEqual([{ total: 5, done: 5, finished: true }, [40, 40, 40, 30, 30]]);
    await shop.passes(4 * DAY);
    expect(await balances()).toEqual([65, 40, 40, 30, 30]);
    await shop.isSound();
  });

  it('a second publication before the first is done begins again for both', async () => {
    await publish(TWICE, NOON - 5 * DAY);
    await publish(ONCE, NOON - DAY);
    await rejudged();
    // 30.00 by the second version, 10.00 by the third
    expect([await balances(), await progress()]).toEqual([[70, 70, 70, 60, 60], { total: 5, done: 5, finished: true }]);
    await shop.isSound();
  });

  it('who brought a friend is concerned by what becomes of the friend’s order, though nothing of their own lies so late', async () => {
    const withFriends = (counts: 'paid' | 'fulfilled') =>
      programRules.parse({ ...BARE, counts, referral: { advocate: 100, friend: 0, returnDays: 0 } });
    const start = NOON - 5 * DAY;
    worlds.service.clock.set(start);
    shop = await worlds.make(withFriends('paid'));
    await shop.joins('501');
    const { ok } = await worlds.storefront.member({ shop: shop.store.key, customer: '501' });
    await shop.joins('502', { referral: ok?.member?.referralCode ?? '' });
    worlds.service.clock.set(start + DAY);
    await shop.has(anOrder({ id: anId(), customer: '502', cents: 3_000, at: start + DAY }));
    await shop.passes(3 * DAY);
    expect((await shop.balance('501')).available).toBe(100);
    await publish(withFriends('fulfilled'), start + DAY / 2);
    await rejudged();
    // the friend's order was paid and never sent
    expect((await shop.balance('501')).available).toBe(0);
    await shop.isSound();
  });

  it('of a program whose own cannot be read hold up no other program', async () => {
    const broken = shop.program;
    await publish(TWICE, NOON - 5 * DAY);
    await db.sql("insert into rule_set (program_id, version, in_force_from, rules) values ($1, 99, now(), '{}')", [
      broken,
    ]);
    shop = await worlds.make(ONCE);
    await shop.joins('501');
    worlds.service.clock.set(NOON + HOUR);
    await shop.has(anOrder({ id: anId(), customer: '501', cents: 3_000, at: NOON + HOUR }));
    await publish(TWICE, NOON);
    await expect(rejudged()).rejects.toThrow();
    expect([(await shop.balance('501')).available, await progress()]).toEqual([
      60,
      { total: 1, done: 1, finished: true },
    ]);
    await db.sql('update rejudging set finished_at = now() where program_id = $1', [broken]);
  });
});
