import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runImports } from '../../src/jobs/run-imports.js';
import { type OwnerClient, ownerOf } from '../support/owner-client.js';
import { LEDGER_RULES, ledgerStage } from '../webhooks/ledger-stage.js';

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
