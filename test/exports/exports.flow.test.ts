import { createHash } from 'node:crypto';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { command } from '../../src/commands/export.js';
import { inTransaction } from '../../src/db/database.js';
import { exportVerbs } from '../../src/http/owner/export-verbs.js';
import { forgetOldExports, runExports } from '../../src/jobs/run-exports.js';
import { runImports } from '../../src/jobs/run-imports.js';
import { KEPT_DAYS } from '../../src/exports/exports.js';
import { keepPiece, takeExport } from '../../src/exports/work.js';
import { type OwnerClient, ownerOf } from '../support/owner-client.js';
import { runCommand } from '../support/run-command.js';
import { slowDatabase } from '../support/slow-database.js';
import { wooLine, wooOrder } from '../webhooks/bodies.js';
import { LEDGER_RULES, ledgerStage } from '../webhooks/ledger-stage.js';
import { unpacked } from './unpacked.js';

/** G: what a shop takes with it when it leaves: everything, in one file, as of one instant. */
const stage = ledgerStage();
let owner: OwnerClient;
let program: string;
let folder: string;

interface Said {
  id: string;
  state: string;
  progress: number | null;
  rows: number;
  bytes: number;
  parity: { file: string; posted: string; members: number; agrees: boolean } | null;
  proposals: Record<string, Record<string, number>>;
  manifest: { people: boolean; files: { name: string; rows: number; bytes: number; sha256: string }[] } | null;
}

beforeAll(async () => {
  const { service } = stage;
  owner = await ownerOf(stage.db, service);
  folder = await mkdtemp(join(tmpdir(), 'tallymark-export-'));
  service.clock.set('2026-03-04T12:00:00Z');
  program = await service.program(LEDGER_RULES, 'Bean Club');
  const { id: store, key } = await service.store(program, 'woocommerce');
  await service.member(program, store, '7', { email: 'ana@example.test', name: 'Ana "Bean", born Żak' }, 0);
  await service.member(program, store, '8', { email: 'bo@example.test', name: '=Bo+1' }, 0);
  for (const [customer, price] of [
    [7, '60.00'],
    [8, '45.00'],
  ] as const)
    await service.woo(
      { key },
      'order.created',
      wooOrder([wooLine(1, price)], { id: 30 + customer, customer_id: customer }),
    );
  await service.drain();
  await stage.reserve(program, store, '7');
});
afterAll(() => owner.close());

const ask = async (method: string, path: string, body?: unknown) => owner.ask<Said>(program, method, path, body);
const work = (leaving?: AbortSignal) => runExports(stage.work, leaving);
const last = async () => (await owner.ask<{ exports: Said[] }>(program, 'GET', '/exports')).body.exports[0];

async function fetched(id: string, whose = program): Promise<Map<string, string>> {
  const asking = {
    owner: { program: whose, id: '1', name: 'Owner', role: 'owner' as const, by: 'staff' as const },
    now: stage.service.clock.now(),
  };
  const parts = {
    db: stage.db.app,
    loyalty: stage.service.loyalty,
    ringEffects: () => undefined,
    sendSignInLinks: async () => undefined,
  };
  const { body } = await exportVerbs(parts).exportFile(asking, id);
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return unpacked(Buffer.concat(pieces));
}

test('everything is in it, counted and summed up; one at a time', async () => {
  const { status, body } = await ask('POST', '/exports', { people: true });
  expect([status, body.state, (await ask('POST', '/exports', { people: true })).status]).toEqual([202, 'making', 409]);
  await work();
  const done = await last();
  expect([done?.state, done?.progress]).toEqual(['done', null]);
  const files = await fetched(body.id);
  expect(JSON.parse(files.get('manifest.json') ?? '')).toEqual(done?.manifest);
  for (const { name, bytes, sha256 } of done?.manifest?.files ?? []) {
    const text = files.get(name) ?? '';
    expect([name, Buffer.byteLength(text), createHash('sha256').update(text).digest('hex')]).toEqual([
      name,
      bytes,
      sha256,
    ]);
  }
  const rows = Object.fromEntries((done?.manifest?.files ?? []).map(({ name, rows }) => [name, rows]));
  for (const [table, file] of [
    ...[
      ['member', 'members.csv'],
      ['lot', 'lots.csv'],
      ['transfer', 'transfers.csv'],
      ['decision', 'decisions.ndjson'],
    ],
    ...[
      ['redemption', 'redemptions.csv'],
      ['rule_set', 'versions.ndjson'],
      ['order_state', 'orders.ndjson'],
    ],
  ] as const) {
    const [{ n }] = (await stage.db.sql<{ n: number }>(
      `select count(*)::int as n from ${table} where program_id = $1`,
      [program],
    )) as [{ n: number }];
    expect([file, rows[file]]).toEqual([file, n]);
  }
  expect(files.get('members.csv')).toContain('ana@example.test,,"Ana ""Bean"", born Żak",40,0,20,0\n');
  expect(files.get('members.csv')).toContain("bo@example.test,,'=Bo+1,");
});

test('its members and balances can be brought again: the parity report is equal', async () => {
  const { body } = await ask('POST', '/exports', { people: true });
  await work();
  const csv = (await fetched(body.id)).get('members.csv') ?? '';
  const other = await stage.service.program(LEDGER_RULES, 'The next club');
  const send = await owner.send<Said>(other, '/imports?name=members.csv', csv, 'text/csv');
  const columns = send.body.proposals['other'];
  const path = `/imports/${send.body.id}`;
  await owner.ask(other, 'PUT', `${path}/mapping`, { columns, origin: 'Bean Club', reason: 'Brought along' });
  await runImports(stage.work);
  await owner.ask(other, 'POST', `${path}/start`);
  await runImports(stage.work);
  const { parity } = (await owner.ask<Said>(other, 'GET', path)).body;
  expect(parity).toMatchObject({ members: 2, file: '85', posted: '85', agrees: true });
  // and what is exported there then is what was brought
  const again = await owner.ask<Said>(other, 'POST', '/exports', { people: true });
  await work();
  const has = (text: string) =>
    (parse(text, { columns: true }) as Record<string, string>[])
      .map((row) => `${row['email'] ?? ''} ${row['points'] ?? ''} ${row['name'] ?? ''}`)
      .sort();
  const brought = (await fetched(again.body.id, other)).get('members.csv') ?? '';
  expect(has(brought)).toEqual(has(csv));
});

test('without names there is no address in any file; what a command writes is the same', async () => {
  const { body } = await ask('POST', '/exports', { people: false });
  await work();
  const files = await fetched(body.id);
  for (const [name, text] of files) expect([name, /@example\.test|Żak/.test(text)]).toEqual([name, false]);
  const file = join(folder, 'club.zip');
  const { said } = await runCommand(command, [program, '--everything', file], stage.db.url);
  const written = unpacked(await readFile(file));
  expect(written.get('lots.csv')).toBe(files.get('lots.csv'));
  expect((JSON.parse(said.join('\n')) as { people: boolean }).people).toBe(false);
});

test('stopped, nothing of it is kept; a worker that was given up writes nothing more; over, it is thrown away', async () => {
  const within = <T>(fn: Parameters<typeof inTransaction<T>>[2]) =>
    inTransaction(stage.db.app, { programs: [program] }, fn);
  const { body } = await ask('POST', '/exports', { people: true });
  const taken = await within((tx) => takeExport(tx, program, body.id));
  const piece = { bytes: Buffer.from('x'), done: 1, total: 2 };
  const keep = () =>
    within((tx) => keepPiece(tx, { program, id: body.id, turn: taken?.turn ?? 0 }, piece, stage.service.loyalty));
  expect([await keep(), (await last())?.progress]).toEqual([true, 0.5]);
  expect((await ask('DELETE', `/exports/${body.id}`)).status).toBe(204);
  expect([await keep(), (await last())?.state]).toEqual([false, 'cancelled']);
  expect((await ask('GET', `/exports/${body.id}/file`)).status).toBe(409);
  expect(await stage.db.sql('select from export_part where export_id = $1', [body.id])).toEqual([]);
  stage.service.clock.advance((KEPT_DAYS + 1) * 86_400_000);
  await forgetOldExports(stage.work);
  expect(await last()).toBeUndefined();
});

test.each(['fails', 'leaves'])(
  'a worker that was thought gone, comes back and %s leaves what another makes alone',
  async (how) => {
    const { body } = await ask('POST', '/exports', { people: false });
    const row = async () =>
      (
        await stage.db.sql(
          'select state, attempts, error, lease_until > now() as taken from export_file where id = $1',
          [body.id],
        )
      )[0];
    // it asks what waits, takes it, reads it, and keeps the first piece
    const [READS, KEEPS] = [3, 4];
    const leaving = new AbortController();
    const first = slowDatabase(stage.db.app, how === 'fails' ? READS : KEEPS);
    const one = runExports({ ...stage.work, db: first.db }, leaving.signal).catch((error: Error) => error.message);
    await first.waits;
    await stage.db.sql("update export_file set lease_until = now() - interval '1 second' where id = $1", [body.id]);
    const second = slowDatabase(stage.db.app, KEEPS);
    const two = runExports({ ...stage.work, db: second.db });
    await second.waits;
    const before = await row();
    if (how === 'fails') first.fail();
    else {
      leaving.abort();
      first.goOn();
    }
    expect(await one).toBe(how === 'fails' ? 'the connection is lost' : undefined);
    expect(await row()).toEqual(before);
    second.goOn();
    await two;
    expect((await last())?.state).toBe('done');
  },
);
