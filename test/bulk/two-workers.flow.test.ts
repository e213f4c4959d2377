import { beforeEach, describe, expect, test } from '@jest/globals';
import { bulkVerbs } from '../../src/http/owner/bulk-verbs.js';
import { runBulkAdjustments } from '../../src/jobs/run-bulk-adjustments.js';
import { type SlowDatabase, slowDatabase } from '../support/slow-database.js';
import { LEDGER_RULES, ledgerStage } from '../webhooks/ledger-stage.js';

/** G: a worker that was thought gone and comes back leaves what another does meanwhile alone. */
const stage = ledgerStage();
const MEMBERS = 450;
/** A worker asks what waits, takes it, reads it; then a transaction a part, of which there are three. */
const [PART_1, PART_2, PART_3] = [4, 5, 6];
let program: string;
let id: string;

const olga = () => ({
  owner: { program, id: '1', name: 'Olga', role: 'owner' as const, by: 'staff' as const },
  now: stage.service.clock.now(),
});
const verbs = () =>
  bulkVerbs({
    ...{ db: stage.db.app, loyalty: stage.service.loyalty },
    ...{ ringEffects: () => undefined, sendSignInLinks: async () => undefined },
  });
const work = (slow?: SlowDatabase, leaving?: AbortSignal) =>
  runBulkAdjustments({ ...stage.work, ...(slow && { db: slow.db }) }, leaving);
const row = async () =>
  (
    await stage.db.sql<{ state: string; done: number; attempts: number; error: string | null; taken: boolean }>(
      'select state, done, attempts, error, lease_until > now() as taken from bulk_adjustment where program_id = $1',
      [program],
    )
  )[0];
/** Nothing was heard of the worker for longer than its lease. */
const thoughtGone = () =>
  stage.db.sql("update bulk_adjustment set lease_until = now() - interval '1 second' where program_id = $1", [program]);

beforeEach(async () => {
  stage.service.clock.set('2026-03-04T12:00:00Z');
  program = await stage.service.program(LEDGER_RULES, 'Bean Club');
  await stage.db.sql(
    `insert into member (program_id, joined_at, referral_code)
     select $1::bigint, '2026-01-01', $1::text || 'M' || n from generate_series(1, ${MEMBERS}) n`,
    [program],
  );
  id = crypto.randomUUID();
  await verbs().lookAtBulk(olga(), { id, matching: {}, unit: 'points', points: '10', reason: 'ten years of us' });
  await verbs().startBulk(olga(), id);
});

/** All of them have it, once. */
async function expectGivenOnce(): Promise<void> {
  expect(await verbs().bulk(olga(), id)).toMatchObject({ state: 'done', given: { members: MEMBERS } });
  const has = await stage.db.sql(
    "select balance, count(*)::int as n from account where program_id = $1 and member_id > 0 and kind = 'available' group by 1",
    [program],
  );
  expect(has).toEqual([{ balance: '10', n: MEMBERS }]);
  const log = await stage.db.sql("select 1 from audit_event where program_id = $1 and what = 'bulk.finished'", [
    program,
  ]);
  expect(log).toHaveLength(1);
  await stage.expectSound(program);
}

describe('G: two workers at one job', () => {
  test.each([
    ['fails', PART_2, (slow: SlowDatabase) => slow.fail()],
    ['goes on with the part that another has given', PART_2, (slow: SlowDatabase) => slow.goOn()],
    ['leaves', PART_2, (slow: SlowDatabase) => slow.goOn()],
  ])('who comes back and %s takes nothing from its successor', async (how, stops, comeBack) => {
    const leaving = new AbortController();
    const first = slowDatabase(stage.db.app, stops, (nth) => {
      if (how === 'leaves' && nth === PART_1) leaving.abort();
    });
    const one = work(first, leaving.signal).catch((error: Error) => error.message);
    await first.waits;
    await thoughtGone();
    const second = slowDatabase(stage.db.app, PART_3 - 1);
    const two = work(second);
    await second.waits;
    const before = await row();
    expect(before).toMatchObject({ state: 'giving', done: 2, taken: true });

    comeBack(first);
    expect(await one).toBe(how === 'fails' ? 'the connection is lost' : undefined);
    expect(await row()).toEqual(before);
    // nobody else finds it free either
    await work();
    expect(await row()).toEqual(before);
    second.goOn();
    await two;
    await expectGivenOnce();
  });

  test('who fails again and again after it was taken over does not make it given up', async () => {
    const slow: SlowDatabase[] = [];
    const gone: Promise<unknown>[] = [];
    for (let n = 0; n < 5; n++) {
      const next = slowDatabase(stage.db.app, PART_1);
      slow.push(next);
      gone.push(work(next).catch((error: Error) => error.message));
      await next.waits;
      await thoughtGone();
    }
    const last = slowDatabase(stage.db.app, PART_1);
    const two = work(last);
    await last.waits;
    for (const one of slow) one.fail();
    await Promise.all(gone);
    expect(await row()).toMatchObject({ state: 'giving', attempts: 0, error: null, taken: true });
    last.goOn();
    await two;
    await expectGivenOnce();
  });

  test('who comes back while it is undone takes nothing back beside the other', async () => {
    await work();
    await verbs().undoBulk(olga(), id, 'the wrong year');
    const first = slowDatabase(stage.db.app, PART_2);
    const one = work(first).catch((error: Error) => error.message);
    await first.waits;
    await thoughtGone();
    const second = slowDatabase(stage.db.app, PART_2);
    const two = work(second);
    await second.waits;
    const before = await row();
    first.goOn();
    expect(await one).toBeUndefined();
    expect(await row()).toEqual(before);
    second.goOn();
    await two;
    expect(await verbs().bulk(olga(), id)).toMatchObject({ state: 'undone', undone: MEMBERS });
    await stage.expectSound(program);
  });
});
