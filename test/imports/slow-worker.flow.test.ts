import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { runImports } from '../../src/jobs/run-imports.js';
import { type OwnerClient, ownerOf } from '../support/owner-client.js';
import { type SlowDatabase, slowDatabase } from '../support/slow-database.js';
import { LEDGER_RULES, ledgerStage } from '../webhooks/ledger-stage.js';

interface Said {
  id: string;
  state: string;
  parity: { posted: string; members: number; agrees: boolean } | null;
}

const stage = ledgerStage();
let owner: OwnerClient;
beforeAll(async () => {
  owner = await ownerOf(stage.db, stage.service);
});
afterAll(() => owner.close());

test('A7: a worker that was slow does not end what another ended, and somebody is undoing', async () => {
  const program = await stage.service.program(LEDGER_RULES, 'Bean Club');
  const ask = async (method: string, path: string, body?: unknown) =>
    (await owner.ask<{ state: string }>(program, method, path, body)).body;
  const rows = Array.from({ length: 250 }, (_, n) => `m${n}@b.test,5`);
  const file = `email,points\n${rows.join('\n')}\n`;
  const { id } = (await owner.send<{ id: string }>(program, '/imports?name=club.csv', file, 'text/csv')).body;
  const columns = { email: 0, points: 1 };
  await ask('PUT', `/imports/${id}/mapping`, { columns, origin: 'Old club', reason: 'Brought from the old club' });
  await runImports(stage.work);
  await ask('POST', `/imports/${id}/start`);

  // between two parts its lease ran out: another has given the rest, and somebody asked to undo it
  await stage.db.sql(
    `create function undo_it() returns trigger language plpgsql as $$ begin
       new.state := 'undoing'; new.undone_at := now(); new.done := 0; return new; end $$`,
  );
  await stage.db.sql(
    `create trigger undo_it before update on import_file for each row
     when (new.state = 'importing' and new.done = 1) execute function undo_it()`,
  );
  await runImports(stage.work);
  await stage.db.sql('drop trigger undo_it on import_file');
  expect((await ask('GET', `/imports/${id}`)).state).toBe('undoing');
  await stage.db.sql('update import_file set lease_until = null where program_id = $1', [program]);
  await runImports(stage.work);
  expect((await ask('GET', `/imports/${id}`)).state).toBe('undone');
  const left = await stage.db.sql(
    "select 1 from account where program_id = $1 and kind = 'available' and balance <> 0",
    [program],
  );
  expect(left).toEqual([]);
  await stage.expectSound(program);
});

describe('A7: two workers at one import', () => {
  const ROWS = 450;
  /** A worker asks what waits, takes it, reads it; then a transaction a part, of which there are three. */
  const [PART_1, PART_2] = [4, 5];
  let program: string;
  let id: string;
  const ask = async (method: string, path: string, body?: unknown) =>
    (await owner.ask<Said>(program, method, path, body)).body;
  const row = async () =>
    (
      await stage.db.sql(
        'select state, done, attempts, error, lease_until > now() as taken from import_file where program_id = $1',
        [program],
      )
    )[0];
  const thoughtGone = () =>
    stage.db.sql("update import_file set lease_until = now() - interval '1 second' where program_id = $1", [program]);
  const work = ({ db }: SlowDatabase, leaving?: AbortSignal) => runImports({ ...stage.work, db }, leaving);
  const mapped = (points: number) => ({ columns: { email: 0, points }, origin: 'Old club', reason: 'Brought along' });

  beforeEach(async () => {
    program = await stage.service.program(LEDGER_RULES, 'Bean Club');
    const rows = Array.from({ length: ROWS }, (_, n) => `m${n}@b.test,5,7`);
    const file = `email,points,more\n${rows.join('\n')}\n`;
    ({ id } = (await owner.send<Said>(program, '/imports?name=club.csv', file, 'text/csv')).body);
    await ask('PUT', `/imports/${id}/mapping`, mapped(1));
  });

  test.each(['fails', 'goes on', 'leaves'])('who comes back and %s takes nothing from its successor', async (how) => {
    await runImports(stage.work);
    await ask('POST', `/imports/${id}/start`);
    const leaving = new AbortController();
    const first = slowDatabase(stage.db.app, PART_2, (nth) => {
      if (how === 'leaves' && nth === PART_1) leaving.abort();
    });
    const one = work(first, leaving.signal).catch((error: Error) => error.message);
    await first.waits;
    await thoughtGone();
    const second = slowDatabase(stage.db.app, PART_2);
    const two = work(second);
    await second.waits;
    const before = await row();
    expect(before).toMatchObject({ state: 'importing', done: 2, taken: true });
    if (how === 'fails') first.fail();
    else first.goOn();
    expect(await one).toBe(how === 'fails' ? 'the connection is lost' : undefined);
    expect(await row()).toEqual(before);
    second.goOn();
    await two;
    const { state, parity } = await ask('GET', `/imports/${id}`);
    expect([state, parity]).toMatchObject(['done', { members: ROWS, posted: '2250', agrees: true }]);
    await stage.expectSound(program);
  });

  test('a place among its problems that no row can have is refused as such', async () => {
    const { status } = await owner.ask(program, 'GET', `/imports/${id}/problems?after=${2 ** 31}`);
    expect(status).toBe(400);
  });

  test('another mapping while it is checked is checked from the beginning: no row of the one before stands beside it', async () => {
    const first = slowDatabase(stage.db.app, PART_2);
    const one = work(first);
    await first.waits;
    await ask('PUT', `/imports/${id}/mapping`, mapped(2));
    first.goOn();
    await one;
    await runImports(stage.work);
    expect((await ask('GET', `/imports/${id}`)).state).toBe('checked');
    await ask('POST', `/imports/${id}/start`);
    await runImports(stage.work);
    expect((await ask('GET', `/imports/${id}`)).parity).toMatchObject({ posted: `${7 * ROWS}`, agrees: true });
  });
});
