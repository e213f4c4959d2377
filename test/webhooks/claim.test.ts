import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../src/db/database.js';
import { type Clock, systemClock } from '../../src/lib/clock.js';
import { claimBatch, forgetBodies, markDead, markDone, markFailed, postpone } from '../../webhooks/claim.js';
import { inboxWriter, KEEP, openInbox, type NewRow } from '../../webhooks/inbox.js';
import { sweepOnce } from '../../webhooks/sweep.js';
import { testDatabase } from '../support/database.js';
import { aProgram, aStore } from '../support/rows.js';

/** What waits in the inbox is worked on once, in order, and nothing that fails holds up what does not. */
const db = testDatabase();
let program: string;
let store: string;
beforeAll(async () => {
  program = await aProgram(db);
  store = await aStore(db, program);
});
afterEach(() => db.sql('delete from inbox'));

const aRow = (overrides: Partial<NewRow> = {}): NewRow => ({
  program,
  store,
  shard: 1,
  topic: 'orders/create',
  key: randomBytes(8).toString('hex'),
  subject: null,
  hash: randomBytes(32),
  body: randomBytes(40),
  triggered: 1_000,
  sharedSecret: true,
  ...overrides,
});
const keep = (rows: NewRow[]) => inboxWriter(db.intake)(rows);
const asIntake = <T>(fn: Parameters<typeof inTransaction<T>>[2]) => inTransaction(db.intake, 'intake', fn);
const claim = (limit = 10, shard = 1) => asIntake((tx) => claimBatch(tx, shard, limit));
const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);

describe('claiming', () => {
  test('takes the oldest of the shard, with what the worker needs', async () => {
    await keep([aRow({ key: 'a' }), aRow({ key: 'b', shard: 2 }), aRow({ key: 'c', triggered: null })]);
    const rows = await claim();
    expect(rows).toMatchObject([
      { program, store, topic: 'orders/create', key: 'a', triggered: 1_000, attempts: 0 },
      { key: 'c', triggered: null },
    ]);
    expect(rows[0]!.received).toBeGreaterThan(Date.now() - 60_000);
    expect(Buffer.isBuffer(rows[0]!.body)).toBe(true);
    expect(await claim(1)).toHaveLength(1);
  });

  test('two workers on one shard never hold the same row', async () => {
    await keep(Array.from({ length: 6 }, () => aRow()));
    await asIntake(async (first) => {
      const mine = await claimBatch(first, 1, 3);
      const theirs = await claim();
      expect(ids(theirs).filter((id) => ids(mine).includes(id))).toEqual([]);
      expect(mine.length + theirs.length).toBe(6);
    });
  });

  test('what is done or dead is not claimed again, and keeps its reason', async () => {
    await keep([aRow(), aRow()]);
    const [one, two] = await claim();
    await asIntake(async (tx) => {
      markDone(tx, [{ id: one!.id, why: 'a draft is no order yet' }]);
      markDead(tx, [{ id: two!.id, why: 'the body is not JSON' }]);
    });
    expect(await claim()).toEqual([]);
    expect(await db.sql('select status, error from inbox order by id')).toEqual([
      { status: 1, error: 'a draft is no order yet' },
      { status: 2, error: 'the body is not JSON' },
    ]);
  });
});

describe('failing', () => {
  test('a poisoned row backs off while its neighbours go on, and dies at the eighth failure with its reason', async () => {
    await keep([aRow({ key: 'poison' }), aRow({ key: 'good' })]);
    const [poison] = await claim();
    await asIntake((tx) => markFailed(tx, [{ id: poison!.id, why: 'defect' }]));
    expect((await claim()).map(({ key }) => key)).toEqual(['good']);
    for (let attempt = 2; attempt <= 8; attempt++) {
      await db.sql("update inbox set next_at = '-infinity' where id = $1", [poison!.id]);
      expect((await claim())[0]).toMatchObject({ id: poison!.id, attempts: attempt - 1 });
      await asIntake((tx) => markFailed(tx, [{ id: poison!.id, why: `defect ${attempt}` }]));
    }
    expect(await db.sql('select status, attempts, error from inbox where id = $1', [poison!.id])).toEqual([
      { status: 2, attempts: 8, error: 'defect 8' },
    ]);
    expect((await claim()).map(({ key }) => key)).toEqual(['good']);
  });

  test('each wait is about twice the one before', async () => {
    await keep([aRow()]);
    const [row] = await claim();
    const waits: number[] = [];
    for (let i = 0; i < 5; i++) {
      await asIntake((tx) => markFailed(tx, [{ id: row!.id, why: 'x' }]));
      const [at] = await db.sql<{ s: number }>('select extract(epoch from next_at - now())::float8 as s from inbox');
      waits.push(at!.s);
    }
    waits.forEach((wait, i) => {
      expect(wait).toBeGreaterThan(0.75 * 2 ** i - 0.5);
      expect(wait).toBeLessThan(1.25 * 2 ** i);
    });
  });

  test('a platform that asks for patience costs the row none of its tries', async () => {
    await keep([aRow()]);
    const [row] = await claim();
    await asIntake((tx) => postpone(tx, [{ id: row!.id, afterMs: 60_000, why: 'throttled' }]));
    expect(await claim()).toEqual([]);
    expect(await db.sql('select status, attempts, error from inbox')).toEqual([
      { status: 0, attempts: 0, error: 'throttled' },
    ]);
  });
});

test('the sweep rings for shards in which something may be worked on now, and for no other', async () => {
  await keep([aRow({ shard: 0 }), aRow({ shard: 3 }), aRow({ shard: 2 })]);
  const [later] = await claim(1, 2);
  await asIntake((tx) => postpone(tx, [{ id: later!.id, afterMs: 60_000, why: 'later' }]));
  const rung: unknown[] = [];
  const sweep = { db: db.intake, clock: systemClock, shards: 4, ring: (...told: unknown[]) => rung.push(told) };
  await sweepOnce(sweep);
  expect(rung).toEqual([['inbox', [0, 3]]]);
});

test('an effect that was put back waits by the clock that put it back, also where that is ahead of the database', async () => {
  const ahead = { now: () => Date.now() + 32 * 24 * 3_600_000 };
  await db.sql(
    `insert into outbox (program_id, store_id, shard, kind, subject, next_at) values ($1, $2, 2, 'mirror-balance', '1', $3)`,
    [program, store, new Date(ahead.now() - 1_000)],
  );
  const rungBy = async (clock: Clock) => {
    const rung: unknown[] = [];
    await sweepOnce({ db: db.intake, clock, shards: 4, ring: (...told) => rung.push(told) });
    return rung;
  };
  expect(await rungBy(systemClock)).toEqual([]);
  expect(await rungBy(ahead)).toEqual([['outbox', [2]]]);
  await db.sql('delete from outbox');
});

test('bodies are forgotten after their time; the rows stay, so that a replay is still a duplicate', async () => {
  await keep([aRow({ key: 'old' }), aRow({ key: 'waiting' })]);
  const [old] = await claim(1);
  await asIntake((tx) => markDone(tx, [{ id: old!.id }]));
  expect(await asIntake((tx) => forgetBodies(tx, Date.now() + 1_000, 100))).toBe(1);
  expect(await db.sql('select body is null as forgotten from inbox order by id')).toEqual([
    { forgotten: true },
    { forgotten: false },
  ]);
  expect(await keep([aRow({ key: 'old' })])).toEqual(['duplicate']);
});

describe('the group commit', () => {
  test('never more than two batches under way, none above 64 rows, nothing waits for a timer', async () => {
    const sizes: number[] = [];
    let inFlight = 0;
    let most = 0;
    const inbox = openInbox(async (rows) => {
      most = Math.max(most, ++inFlight);
      sizes.push(rows.length);
      await new Promise((resolve) => setImmediate(resolve));
      inFlight--;
      return rows.map(() => 'stored');
    });
    await Promise.all(Array.from({ length: 200 }, () => inbox.put(aRow())));
    expect(most).toBe(2);
    expect(Math.max(...sizes)).toBe(64);
    // what came together is written together
    expect(sizes.slice(0, 3)).toEqual([64, 64, 64]);
    expect(sizes.reduce((all, size) => all + size, 0)).toBe(200);
  });

  test('a row that the database refuses takes none of its neighbours with it', async () => {
    const inbox = openInbox(inboxWriter(db.intake));
    const settled = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => inbox.put(aRow(i === 7 ? { topic: 'bad\0topic' } : {}))),
    );
    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(await db.sql('select count(*)::int as n from inbox')).toEqual([{ n: 19 }]);
  });

  test('an absent database is asked once for a batch, not once for each row of it', async () => {
    let asked = 0;
    const inbox = openInbox(async () => {
      asked++;
      throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    });
    const settled = await Promise.allSettled(Array.from({ length: 20 }, () => inbox.put(aRow())));
    expect(settled.map(({ status }) => status)).toEqual(Array(20).fill('rejected'));
    expect(asked).toBe(1);
  });

  test('two rows with one key in one batch: one is kept, the other is its duplicate', async () => {
    expect(
      await keep([aRow({ key: 'same' }), aRow({ key: 'same' }), aRow({ key: null }), aRow({ key: null })]),
    ).toEqual(['stored', 'duplicate', 'stored', 'stored']);
  });

  test('a plan made while the inbox is empty looks bodies up by their index all the same', async () => {
    await db.sql('vacuum analyze inbox');
    const client = await db.intake.pool.connect();
    try {
      await client.query('begin; set local role tallymark_intake');
      await client.query(`prepare keep_plan as ${KEEP}`);
      const nulls = Array.from({ length: 10 }, () => 'null').join(', ');
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain execute keep_plan (${nulls})`);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toMatch(/inbox_body/);
      expect(plan).not.toMatch(/Seq Scan/);
    } finally {
      client.release(true);
    }
  });
});
