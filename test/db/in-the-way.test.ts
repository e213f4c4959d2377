import { expect, test } from '@jest/globals';
import { inTransaction, inTransactionAtOnce, openDatabase, type Tx } from '../../src/db/database.js';
import { answerTo } from '../../src/http/errors.js';
import { RetryLater } from '../../src/lib/errors.js';
import { sql } from 'kysely';
import { testDatabase } from '../support/database.js';
import { aProgram } from '../support/rows.js';

const db = testDatabase();

test('two who wait for each other both come through: the one that Postgres ends is run again', async () => {
  const programs = [await aProgram(db), await aProgram(db)];
  let runs = 0;
  let met: () => void = () => {};
  const bothHold = new Promise<void>((done) => (met = done));
  const rename = (tx: Tx, program: string) =>
    sql`update program set name = name || '.' where id = ${program}::bigint`.execute(tx);
  const crosswise = (first: string, second: string) =>
    inTransactionAtOnce(db.app, { programs }, async (tx) => {
      await rename(tx, first);
      if (++runs === 2) met();
      await bothHold;
      await rename(tx, second);
    });
  const [a = '', b = ''] = programs;
  await Promise.all([crosswise(a, b), crosswise(b, a)]);
  expect(runs).toBe(3);
  const names = await db.sql<{ dots: number }>(
    "select length(name) - length(replace(name, '.', '')) as dots from program",
  );
  expect(names.map(({ dots }) => dots)).toEqual([2, 2]);
});

test('a pool without a free connection is no failure of who wanted one', async () => {
  const one = await openDatabase(db.url, { role: 'app', max: 1, acquireTimeoutMs: 3_000 });
  const held = await one.pool.connect();
  await expect(inTransactionAtOnce(one, { programs: [] }, async () => {})).rejects.toThrow(RetryLater);
  held.release();
  await one.close();
});

test('F6: a connection that says nothing is given up with a 503, and replaced', async () => {
  const one = await openDatabase(db.url, { role: 'intake', max: 1, silenceMs: 300 });
  const asleep = inTransaction(one, 'intake', (tx) =>
    Promise.all([tx.prepared('asleep', 'select pg_sleep(30)', []), tx.prepared('behind it', 'select 1', [])]),
  );
  const why = await asleep.catch((error: unknown) => error);
  expect(answerTo(why)).toMatchObject({ status: 503, ours: false });
  const next = inTransaction(one, 'intake', (tx) => tx.prepared('after', 'select 1 as one', []));
  expect(await next).toEqual([{ one: 1 }]);
  await one.close();
});
