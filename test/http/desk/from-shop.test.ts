import { expect, test } from '@jest/globals';
import { inTransaction } from '../../../src/db/database.js';
import { listStaff, removeStaff, staffFromShop } from '../../../src/staff/people.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';

/** A1, G: whoever opens the desk from the shop's own admin is read at each of their requests, and written once. */
const stage = ledgerStage();
const user = (name: string) => ({ user: name, name, email: null, locale: 'en' });

test('who is known, or was removed, waits for nobody who writes of the staff; who is new waits for their turn', async () => {
  const program = await stage.service.program(LEDGER_RULES, 'Bean Club');
  const comes = (name: string) =>
    inTransaction(stage.db.app, { programs: [program] }, async (tx) => {
      await tx.prepared('patience', "select set_config('lock_timeout', '500ms', true)", []);
      return staffFromShop(tx, program, user(name));
    });
  const [owner, known, gone] = [await comes('1'), await comes('2'), await comes('3')];
  expect([owner?.role, known?.role]).toEqual(['owner', 'admin']);
  await inTransaction(stage.db.app, { programs: [program] }, (tx) =>
    removeStaff(tx, program, gone?.id ?? '', stage.service.clock.now(), 'test'),
  );
  await inTransaction(stage.db.app, { programs: [program] }, async (tx) => {
    await tx.prepared('turn', 'select pg_advisory_xact_lock(hashtext($1))', [`staff/${program}`]);
    expect([await comes('2'), await comes('3')]).toEqual([known, null]);
    await expect(comes('4')).rejects.toThrow();
  });
  expect(await comes('4')).toMatchObject({ role: 'admin' });
  const all = await inTransaction(stage.db.app, { programs: [program] }, (tx) => listStaff(tx, program));
  expect(all.map(({ name }) => name).sort()).toEqual(['1', '2', '4']);
});
