import { beforeEach, describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../src/db/database.js';
import { adjustmentVerbs } from '../../src/http/owner/adjustment-verbs.js';
import { bulkVerbs } from '../../src/http/owner/bulk-verbs.js';
import { overviewVerbs } from '../../src/http/owner/overview-verbs.js';
import type { OwnerParts } from '../../src/http/owner/within.js';
import { blockMember } from '../../src/loyalty/block-member.js';
import { forgetOldLooks, runBulkAdjustments } from '../../src/jobs/run-bulk-adjustments.js';
import { addStaff } from '../../src/staff/people.js';
import type { Role } from '../../src/staff/roles.js';
import { LEDGER_RULES, ledgerStage } from '../webhooks/ledger-stage.js';

/** G: points for many members at once: looked at first, given once whatever happens meanwhile, stopped, undone, within limits. */
const stage = ledgerStage();
/** Members of the first part: who came last is the first of the list, and on hold. */
const FIRST = 199;
let program: string;
let members: { id: string; public_id: string }[];
const staff = new Map<string, string>();

const as = (name: string, role: Role) => ({
  owner: { program, id: staff.get(name) ?? '', name, role, by: 'staff' as const },
  now: stage.service.clock.now(),
});
const sam = () => as('Sam', 'support');
const ada = () => as('Ada', 'admin');
const olga = () => as('Olga', 'owner');
const parts = (): OwnerParts => ({
  ...{ db: stage.db.app, loyalty: stage.service.loyalty },
  ...{ ringEffects: () => undefined, sendSignInLinks: async () => undefined },
});
const verbs = () => bulkVerbs(parts());
const work = () => runBulkAdjustments(stage.work);
const wish = (points: number, whom: object = { matching: {} }) => ({
  ...{ id: crypto.randomUUID(), unit: 'points', points: `${points}`, reason: 'ten years of us' },
  ...whom,
});
const holding = (hold: boolean, whom: object) => ({ id: crypto.randomUUID(), hold, reason: 'one address', ...whom });
/** Members on hold, by their place in the list. */
const held = async () =>
  (
    await stage.db.sql<{ id: string }>('select id from member where program_id = $1 and blocked_at is not null', [
      program,
    ])
  )
    .map(({ id }) => members.findIndex((one) => one.id === id))
    .sort((a, b) => a - b);
const first = (n: number) => ({ members: members.slice(0, n).map(({ public_id }) => public_id) });
/** Whoever has something, by the sum. */
const balances = async () =>
  Object.fromEntries(
    (
      await stage.db.sql<{ balance: string; n: number }>(
        `select balance, count(*)::int as n from account where program_id = $1 and member_id > 0 and kind = 'available' and balance <> 0
         group by 1 order by 1`,
        [program],
      )
    ).map(({ balance, n }) => [balance, n]),
  );
const acts = async () =>
  (
    await stage.db.sql<{ n: number }>(
      "select count(*)::int as n from activity where program_id = $1 and key like '%bulk:%'",
      [program],
    )
  )[0]?.n;

/** Somebody stops it while the first part is given. */
const stoppedAfterOnePart = () => changedAfterOnePart('cancelled := true');

async function changedAfterOnePart(change: string): Promise<void> {
  await stage.db.sql(
    `create function stop_bulk() returns trigger language plpgsql as $$ begin new.${change}; return new; end $$`,
  );
  await stage.db.sql(
    `create trigger stop_bulk before update on bulk_adjustment for each row
     when (new.given_members > 0 and new.state = 'giving') execute function stop_bulk()`,
  );
  await work();
  await stage.db.sql('drop trigger stop_bulk on bulk_adjustment');
  await stage.db.sql('drop function stop_bulk');
}

beforeEach(async () => {
  const { service, db } = stage;
  service.clock.set('2026-03-04T12:00:00Z');
  program = await service.program(LEDGER_RULES, 'Bean Club');
  members = await db.sql(
    `insert into member (program_id, joined_at, referral_code) select $1::bigint, '2026-01-01', $1::text || 'M' || n from generate_series(1, 450) n
     returning id, public_id`,
    [program],
  );
  await db.sql('update member set blocked_at = now() where id = $1', [members.at(-1)?.id]);
  for (const [name, role] of [
    ['Sam', 'support'],
    ['Ada', 'admin'],
    ['Olga', 'owner'],
  ] as const)
    await inTransaction(db.app, { programs: [program] }, async (tx) => {
      const person = { email: `${name}${program}@shop.test`, name, role, locale: 'en' };
      staff.set(name, (await addStaff(tx, program, person, 'test')).id);
    });
});

describe('G: many members at once', () => {
  test('a look moves nothing; killed between parts, run twice and asked twice everybody gets it once; undone all is as it was', async () => {
    const all = wish(100);
    const look = await verbs().lookAtBulk(olga(), all);
    expect(look).toMatchObject({
      state: 'looked',
      members: 449,
      leftOut: 1,
      total: '44900',
      worth: { minor: 44_900 },
    });
    expect([await balances(), await verbs().bulks(olga())]).toEqual([{}, { bulks: [] }]);

    await verbs().startBulk(olga(), all.id);
    expect((await verbs().startBulk(olga(), all.id)).state).toBe('giving');
    // the second part is killed half way through: nothing of it is kept
    const victim = `bulk:${all.id}:${members[100]?.id}`;
    await stage.db.sql(
      `create function kill_bulk() returns trigger language plpgsql as $$ begin if new.key = '${victim}' then raise 'killed'; end if; return new; end $$`,
    );
    await stage.db.sql('create trigger kill_bulk before insert on activity for each row execute function kill_bulk()');
    await expect(work()).rejects.toThrow('killed');
    const half = await verbs().bulk(olga(), all.id);
    expect([half.state, half.given.members, half.progress, await balances()]).toEqual([
      ...['giving', FIRST, 1 / 3],
      { 100: FIRST },
    ]);
    await stage.db.sql('drop trigger kill_bulk on activity');
    await stage.db.sql('drop function kill_bulk');
    await Promise.all([work(), work()]);
    await work();
    expect(await verbs().bulk(olga(), all.id)).toMatchObject({
      ...{ state: 'done', progress: null },
      given: { members: 449, points: '44900', worth: { minor: 44_900 } },
    });
    expect([await balances(), await acts()]).toEqual([{ 100: 449 }, 449]);
    await stage.expectSound(program);

    // one of them was undone alone already: it is undone once
    const one = { id: members[0]?.public_id ?? '', adjustment: `bulk:${all.id}:${members[0]?.id}` };
    await adjustmentVerbs(parts()).undoAdjustment(olga(), one, 'not hers');
    await verbs().undoBulk(olga(), all.id, 'the wrong year');
    await work();
    expect(await verbs().bulk(olga(), all.id)).toMatchObject({ state: 'undone', undone: 449 });
    expect([await balances(), await acts()]).toEqual([{}, 898]);
    await stage.expectSound(program);
    const log = await stage.db.sql<{ what: string; facts: Record<string, unknown> }>(
      "select what, facts from audit_event where program_id = $1 and what like 'bulk.%' order by id",
      [program],
    );
    expect(log.map(({ what }) => what)).toEqual(['bulk.started', 'bulk.finished', 'bulk.undone', 'bulk.finished']);
    expect(log[0]?.facts).toMatchObject({ members: 449, points: '100', total: '44900', reason: 'ten years of us' });
  });

  test('a worker that was slow does not say that what another ended, and somebody has undone, is undone already', async () => {
    const all = wish(10);
    await verbs().lookAtBulk(olga(), all);
    await verbs().startBulk(olga(), all.id);
    await changedAfterOnePart(`state := 'undoing'; new.undone_by := new.asked_by; new.undo_reason := 'the wrong year'`);
    expect(await verbs().bulk(olga(), all.id)).toMatchObject({ state: 'undoing', undone: 0 });
    await stage.db.sql('update bulk_adjustment set lease_until = null where program_id = $1', [program]);
    await work();
    expect(await verbs().bulk(olga(), all.id)).toMatchObject({ state: 'undone', undone: FIRST });
    expect(await balances()).toEqual({});
    await stage.expectSound(program);
  });

  test('stopped between parts, what was given stays, is said, and can be undone', async () => {
    const all = wish(10);
    await verbs().lookAtBulk(olga(), all);
    await verbs().startBulk(olga(), all.id);
    await stoppedAfterOnePart();
    const stopped = await verbs().bulk(olga(), all.id);
    expect([stopped.state, stopped.members, await balances()]).toEqual(['stopped', 449, { 10: stopped.given.members }]);
    expect(stopped.given.members).toBe(FIRST);
    await expect(verbs().cancelBulk(olga(), all.id)).rejects.toMatchObject({ code: 'bulk_ended' });
    await verbs().undoBulk(olga(), all.id, 'no');
    await work();
    expect(await balances()).toEqual({});
    await stage.expectSound(program);
  });

  test('of a stopped one, what was given counts towards the day, not what was asked for', async () => {
    const left = async () => (await adjustmentVerbs(parts()).adjustmentLimits(sam())).left;
    const { id } = await verbs().lookAtBulk(sam(), wish(1, first(240)));
    await verbs().startBulk(sam(), id);
    expect(await left()).toEqual({ points: '4760' });
    await stoppedAfterOnePart();
    expect((await verbs().bulk(sam(), id)).given.points).toBe('200');
    expect(await left()).toEqual({ points: '4800' });
    await verbs().undoBulk(sam(), id, 'no');
    await work();
    expect(await left()).toEqual({ points: '4800' });
  });

  test('many are put on hold or taken off it by the same job: stopped, undone, and what somebody did by hand meanwhile stays', async () => {
    const all = holding(true, { matching: {} });
    expect(await verbs().lookAtBulkHold(sam(), all)).toMatchObject({
      ...{ state: 'looked', kind: 'hold', unit: null, members: 449, leftOut: 1, worth: null },
    });
    expect(await held()).toEqual([449]);
    expect((await verbs().startBulk(sam(), all.id)).state).toBe('giving');
    await stoppedAfterOnePart();
    expect(await verbs().bulk(sam(), all.id)).toMatchObject({ state: 'stopped', given: { members: FIRST } });
    expect((await held()).length).toBe(FIRST + 1);
    // one of them is released by hand, another released and held anew: both stay as they are now
    stage.service.clock.set('2026-03-04T13:00:00Z');
    const [one = 0, two = 0] = await held();
    const hold = (n: number, blocked: boolean) =>
      inTransaction(stage.db.app, { programs: [program] }, (tx) =>
        blockMember(tx, { program, member: members[n]?.id ?? '' }, { blocked, reason: 'r', by: 'test' }, Date.now()),
      );
    for (const act of [() => hold(one, false), () => hold(two, false), () => hold(two, true)]) await act();
    await verbs().undoBulk(sam(), all.id, 'the wrong list');
    await Promise.all([work(), work()]);
    expect(await verbs().bulk(sam(), all.id)).toMatchObject({ state: 'undone', undone: FIRST - 2 });
    expect(await held()).toEqual([two, 449]);

    // the end of a hold, undone: they are on hold again, since when they were
    const since = () =>
      stage.db.sql('select id, blocked_at from member where program_id = $1 and blocked_at is not null order by id', [
        program,
      ]);
    const before = await since();
    const ending = holding(false, { matching: {} });
    expect(await verbs().lookAtBulkHold(sam(), ending)).toMatchObject({ kind: 'release', members: 2, leftOut: 448 });
    await verbs().startBulk(sam(), ending.id);
    await work();
    expect(await held()).toEqual([]);
    await expect(verbs().lookAtBulkHold(sam(), holding(false, { matching: {} }))).rejects.toMatchObject({
      code: 'nobody_chosen',
    });
    await verbs().undoBulk(sam(), ending.id, 'too early');
    await work();
    expect(await since()).toEqual(before);
    expect(await balances()).toEqual({});
    const log = await stage.db.sql<{ what: string }>(
      "select what from audit_event where program_id = $1 and what like 'bulk%' order by id",
      [program],
    );
    const steps = (kind: string) => ['started', 'finished', 'undone', 'finished'].map((step) => `bulk-${kind}.${step}`);
    expect(log.map(({ what }) => what)).toEqual([...steps('hold'), ...steps('release')]);
  });

  test('taken is what is there, never more: nobody owes by it, and undone everybody has again what they had', async () => {
    for (const [n, points] of [50, 5].entries()) {
      const { id } = await verbs().lookAtBulk(olga(), wish(points, { members: [members[n]?.public_id] }));
      await verbs().startBulk(olga(), id);
    }
    await work();
    const taking = wish(-20, first(3));
    expect(await verbs().lookAtBulk(olga(), taking)).toMatchObject({ members: 2, total: '25', short: 1, leftOut: 1 });
    await verbs().startBulk(olga(), taking.id);
    // the look said 5: what came since is not taken
    await adjustmentVerbs(parts()).adjust(olga(), members[1]?.public_id ?? '', { ...wish(2), id: 'since' });
    await work();
    expect([
      await stage.points(program, members[0]?.id ?? ''),
      await stage.points(program, members[1]?.id ?? ''),
    ]).toEqual(['30', '2']);
    await verbs().undoBulk(olga(), taking.id, 'kept after all');
    await work();
    expect(await balances()).toEqual({ 7: 1, 50: 1 });
    await stage.expectSound(program);
  });

  test('limits hold for the sum: above what one does alone a second person agrees; what is above the rest is refused', async () => {
    const look = async (points: number, n: number) => (await verbs().lookAtBulk(sam(), wish(points, first(n)))).id;
    await expect(verbs().startBulk(sam(), await look(10, 101))).rejects.toMatchObject({ code: 'above_limit' });
    const small = await look(10, 25);
    expect((await verbs().startBulk(sam(), small)).state).toBe('giving');
    const large = await look(10, 26);
    await expect(verbs().startBulk(ada(), large)).rejects.toMatchObject({ code: 'not_your_bulk' });
    expect((await verbs().startBulk(sam(), large)).state).toBe('waiting');
    await work();
    expect(await balances()).toEqual({ 10: 25 });
    // what waits counts towards the day, and is seen on Home by whoever may decide
    expect((await adjustmentVerbs(parts()).adjustmentLimits(sam())).left).toEqual({ points: '4490' });
    const needs = await overviewVerbs(parts()).overview(ada(), 30);
    expect(needs.needs.find(({ kind }) => kind === 'adjustments')?.n).toBe(1);
    const yes = { approve: true, said: '' };
    await expect(verbs().decideBulk(sam(), large, yes)).rejects.toMatchObject({ code: 'own_adjustment' });
    await verbs().decideBulk(ada(), large, yes);
    await work();
    await verbs().decideBulk(ada(), large, yes);
    await expect(verbs().decideBulk(ada(), large, { approve: false, said: 'no' })).rejects.toMatchObject({
      code: 'already_decided',
    });
    expect(await balances()).toEqual({ 10: 1, 20: 25 });

    const other = await look(10, 30);
    await verbs().startBulk(sam(), other);
    expect(await verbs().decideBulk(ada(), other, { approve: false, said: 'too many' })).toMatchObject({
      ...{ state: 'refused', said: 'too many', decided: { who: 'Ada' } },
    });
    await work();
    expect(await balances()).toEqual({ 10: 1, 20: 25 });
    await stage.expectSound(program);
    // a look that nobody goes on with is not kept
    const left = await look(1, 1);
    stage.service.clock.set('2026-03-06T12:00:00Z');
    await forgetOldLooks(stage.work);
    await expect(verbs().bulk(sam(), left)).rejects.toMatchObject({ code: 'no_such_bulk' });
  });
});
