import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { command } from '../../src/commands/import.js';
import { runImports } from '../../src/jobs/run-imports.js';
import { standingTotals } from '../../src/ledger/standing-totals.js';
import { runCommand } from '../support/run-command.js';
import { type OwnerClient, ownerOf } from '../support/owner-client.js';
import { inTransaction } from '../../src/db/database.js';
import { programRules } from '../../src/rules/program-rules.js';
import { LEDGER_RULES, ledgerStage } from '../webhooks/ledger-stage.js';

/** A7: members and balances come from a file; what the dry run says is what the import does, once, and undone it is as before. */
const stage = ledgerStage();
let owner: OwnerClient;
let program: string;
let store: string;
const RULES = programRules.parse({
  ...LEDGER_RULES,
  joining: { gives: 10 },
  tiers: { basis: 'spend', window: { kind: 'lifetime' }, levels: [{ id: 'plain' }, { id: 'gold', enter: 5_000 }] },
});
const NOW = Date.parse('2026-03-04T12:00:00Z');

beforeAll(async () => {
  owner = await ownerOf(stage.db, stage.service);
});
afterAll(() => owner.close());
beforeEach(async () => {
  stage.service.clock.set(NOW);
  program = await stage.service.program(RULES, 'Bean Club');
  store = (await stage.service.store(program, 'woocommerce')).id;
});

interface Said {
  id: string;
  state: string;
  columns: string[];
  sample: string[][];
  proposals: Record<string, Record<string, number>>;
  report: null | {
    rows: number;
    usable: number;
    known: number;
    fresh: number;
    problems: Record<string, number>;
    points: Record<string, string>;
    worth: Record<string, string>;
    levels: { level: string | null; told: string | null; members: number }[];
  };
  parity: null | {
    members: number;
    made: number;
    file: string;
    posted: string;
    agrees: boolean;
    differences: unknown[];
  };
  error?: { code: string };
}

const ask = async (method: string, path: string, body?: unknown) =>
  (await owner.ask<Said>(program, method, path, body)).body;
const send = (text: string | Buffer, query = 'name=club.csv') =>
  owner.send<Said>(program, `/imports?${query}`, text, 'text/csv');
const work = (leaving?: AbortSignal) => runImports(stage.work, leaving);
const MAPPING = { columns: { email: 0, points: 1 }, origin: 'Old club', reason: 'Brought from the old club' };

async function checked(text: string, mapping: object = MAPPING): Promise<Said> {
  const { body } = await send(text);
  await ask('PUT', `/imports/${body.id}/mapping`, mapping);
  await work();
  return ask('GET', `/imports/${body.id}`);
}

async function brought(text: string, mapping: object = MAPPING): Promise<Said> {
  const { id } = await checked(text, mapping);
  await ask('POST', `/imports/${id}/start`);
  await work();
  return ask('GET', `/imports/${id}`);
}

const totals = () => inTransaction(stage.db.app, { programs: [program] }, (tx) => standingTotals(tx, program));
const active = async () =>
  (
    await stage.db.sql<{ n: number }>(
      "select count(*)::int as n from member where program_id = $1 and status = 'active'",
      [program],
    )
  )[0]?.n ?? 0;
const balances = () =>
  stage.db.sql(
    `select m.mailbox, a.kind, a.balance from account a join member m on m.program_id = a.program_id and m.id = a.member_id
     where a.program_id = $1 and a.balance <> 0 order by 1, 2, 3`,
    [program],
  );
const openLots = () =>
  stage.db.sql(
    'select member_id, of, remaining, ends_at from lot where program_id = $1 and remaining > 0 order by 1, 2',
    [program],
  );

describe('A7: from a file', () => {
  test('whoever is known by their mailbox gets it added, the others become members; a welcome is not given twice', async () => {
    const ana = await stage.service.member(program, store, '7', { email: 'ana@example.test', emailVerified: true });
    const file =
      'E-mail;Points Balance;Full name;Expires;Tier\r\nANA+shop@example.test;250;Ana;;gold\r\nbo@example.test;"40";"Bo; B.";31.12.2026;plain\r\n';
    const { status, body } = await send(file);
    expect([status, body.columns, body.sample[1]]).toEqual([
      201,
      ['E-mail', 'Points Balance', 'Full name', 'Expires', 'Tier'],
      ['bo@example.test', '40', 'Bo; B.', '31.12.2026', 'plain'],
    ]);
    const columns = body.proposals['yotpo'];
    expect(columns).toEqual({ email: 0, points: 1, name: 2, ends: 3, level: 4 });
    await ask('PUT', `/imports/${body.id}/mapping`, { ...MAPPING, columns, days: 'day-first' });
    await work();
    const { report, state } = await ask('GET', `/imports/${body.id}`);
    expect([state, report]).toMatchObject([
      'checked',
      {
        ...{ rows: 2, usable: 2, known: 1, fresh: 1, problems: {} },
        points: { file: '290', before: '10', after: '300', ending: '40' },
        worth: { file: '290', before: '10', after: '300' },
      },
    ]);
    expect(report?.levels).toEqual(
      expect.arrayContaining([
        { level: 'plain', told: 'gold', members: 1 },
        { level: 'plain', told: 'plain', members: 1 },
      ]),
    );
    await ask('POST', `/imports/${body.id}/start`);
    await work();
    const done = await ask('GET', `/imports/${body.id}`);
    expect([done.state, done.parity, done.sample]).toEqual([
      'done',
      { members: 2, made: 1, file: '290', posted: '290', agrees: true, differences: [] },
      [],
    ]);
    expect([await stage.points(program, ana), await totals()]).toEqual(['260', { points: '300' }]);
    const [lot] = await stage.db.sql<{ ends_at: Date }>(
      'select ends_at from lot where program_id = $1 and given = 40',
      [program],
    );
    expect(lot?.ends_at.toISOString()).toBe('2026-12-31T23:00:00.000Z');
    // they sign in at last: theirs is the balance, and no second welcome
    const bo = await stage.service.member(program, store, '8', { email: 'bo@example.test', emailVerified: true });
    expect(await stage.points(program, bo)).toBe('40');
    await stage.expectSound(program);
  });

  test('each row that cannot be used is told with its number and its reason, and nothing that stood in it', async () => {
    const file =
      'email,points\n,5\nnobody,5\na@b.test,\nb@b.test,1.250\nc@b.test,2.5\nd@b.test,-3\n\ne@b.test,7\nE@b.test,8\nf@b.test,0\ng@b.test,1,250\n';
    const { id, report } = await checked(file);
    expect(report).toMatchObject({ rows: 10, usable: 2, points: { file: '7' } });
    const { body } = await owner.ask<{ problems: unknown[] }>(program, 'GET', `/imports/${id}/problems`);
    expect(body.problems).toEqual([
      { line: 2, reason: 'no-email', of: null },
      { line: 3, reason: 'bad-email', of: null },
      { line: 4, reason: 'no-points', of: null },
      { line: 5, reason: 'bad-points', of: null },
      { line: 6, reason: 'not-whole', of: null },
      { line: 7, reason: 'negative', of: null },
      { line: 10, reason: 'twice', of: 9 },
      { line: 12, reason: 'too-wide', of: null },
    ]);
    const text = await owner.text(program, `/imports/${id}/problems.csv`);
    expect(text.split('\r\n').slice(0, 3)).toEqual(['\uFEFFrow,reason,same as row', '2,no-email,', '3,bad-email,']);
    expect(text).not.toContain('@');
  });

  test('files as spreadsheets write them: windows-1252, UTF-16, tabs, no heading; what is no UTF-8 is said to be none', async () => {
    const western = Buffer.from('email;points;name\nrene@b.test;5;Ren\xe9 \x80\n', 'latin1');
    expect((await send(western)).body.error?.code).toBe('not_utf8');
    const { body } = await send(western, 'name=a.csv&encoding=windows-1252');
    expect(body.sample).toEqual([['rene@b.test', '5', 'René €']]);
    const wide = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from('email\tpoints\r\nzo@b.test\t9\r\n', 'utf16le'),
    ]);
    expect((await send(wide)).body.sample).toEqual([['zo@b.test', '9']]);
    const bare = await send('ann@b.test,12\nbob@b.test,13\n');
    expect([bare.body.columns, bare.body.sample.length]).toEqual([['1', '2'], 2]);
    expect((await send('email,points\n')).body.error?.code).toBe('empty_file');
  });

  test('any file: the dry run’s figures are what the import does; twice is once; undone it is as before', async () => {
    const row = fc.record({
      who: fc.integer({ min: 0, max: 12 }),
      points: fc.oneof(fc.integer({ min: 0, max: 5_000 }).map(String), fc.constantFrom('', 'x', '-4', '1.5')),
      ends: fc.constantFrom('', '', '2027-01-31', '2020-01-01', 'soon'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 25 }),
        fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 4 }),
        async (rows, here) => {
          program = await stage.service.program(RULES, 'Bean Club');
          store = (await stage.service.store(program, 'woocommerce')).id;
          for (const who of new Set(here))
            await stage.service.member(program, store, `${who}`, { email: `p${who}@b.test`, emailVerified: true });
          const file = `email,points,ends\n${rows.map(({ who, points, ends }) => `p${who}@b.test,${points},${ends}`).join('\n')}\n`;
          const mapping = { ...MAPPING, columns: { email: 0, points: 1, ends: 2 } };
          const before = [await totals(), await active(), await balances(), await openLots()];
          const { id, report } = await checked(file, mapping);
          expect([await totals(), await active()]).toEqual(before.slice(0, 2));
          await ask('POST', `/imports/${id}/start`);
          await work();
          const { parity } = await ask('GET', `/imports/${id}`);
          const after = [await totals(), await active()];
          expect(parity).toMatchObject({
            agrees: true,
            differences: [],
            file: report?.points['file'],
            posted: report?.points['file'],
          });
          expect([parity?.members, parity?.made]).toEqual([report?.usable, report?.fresh]);
          expect(after).toEqual([
            report?.points['after'] === '0' ? before[0] : { points: report?.points['after'] },
            (before[1] as number) + (report?.fresh ?? 0),
          ]);
          const again = await brought(file, mapping);
          expect([again.report?.usable, again.report?.problems['before'] ?? 0]).toEqual([0, report?.usable]);
          expect([await totals(), await active()]).toEqual(after);
          await ask('POST', `/imports/${id}/undo`);
          await work();
          expect((await ask('GET', `/imports/${id}`)).state).toBe('undone');
          const total =
            ((await totals())['points'] ?? '0') === ((before[0] as Record<string, string>)['points'] ?? '0');
          expect([total, await active(), await balances(), await openLots()]).toEqual([true, ...before.slice(1)]);
          await stage.expectSound(program);
        },
      ),
      { numRuns: 4 },
    );
  });

  test('stopped in the middle and gone on with by another: each row once; cancelled, what was given can be undone', async () => {
    const rows = Array.from({ length: 450 }, (_, n) => `m${n}@b.test,${n}`);
    const { id } = await checked(`email,points\n${rows.join('\n')}\n`);
    await ask('POST', `/imports/${id}/start`);
    const { db } = stage;
    // the second part fails half way through: nothing of it is kept
    await db.sql(
      `create function break() returns trigger language plpgsql as $$ begin if new.facts->>'amount' = '333' then raise 'killed'; end if; return new; end $$`,
    );
    await db.sql('create trigger break before insert on activity for each row execute function break()');
    await expect(work()).rejects.toThrow('killed');
    expect(await active()).toBe(200);
    await db.sql('drop trigger break on activity');
    await work();
    const { parity, state } = await ask('GET', `/imports/${id}`);
    expect([state, parity?.agrees, parity?.posted, await active()]).toEqual(['done', true, `${(449 * 450) / 2}`, 450]);

    const second = await checked('email,points\nm1@b.test,5\n', { ...MAPPING, origin: 'Stamps' });
    await ask('POST', `/imports/${second.id}/start`);
    await ask('DELETE', `/imports/${second.id}`);
    await work();
    expect(await ask('GET', `/imports/${second.id}`)).toMatchObject({
      state: 'cancelled',
      parity: { members: 0, differences: [{ why: 'stopped' }] },
    });
  });

  test('what was spent is said, and then nothing is undone', async () => {
    const member = await stage.service.member(program, store, '7', { email: 'ana@example.test', emailVerified: true });
    const { id } = await brought('email,points\nana@example.test,100\nbo@b.test,5\n');
    await owner.ask(program, 'POST', `/members/${await publicId(member)}/adjustments`, {
      id: 'x',
      points: '-105',
      reason: 'used',
    });
    const { status, body } = await owner.ask<Said>(program, 'POST', `/imports/${id}/undo`);
    expect([status, body.error]).toMatchObject([409, { code: 'import_spent', details: { members: 1, points: '100' } }]);
    expect(await totals()).toEqual({ points: '10' });
  });

  test('no address and no name of a file is left in the clear, and none of it once the import has ended', async () => {
    const { id } = await brought('email,points,name\ncanary@b.test,5,Canary Bird\n', {
      ...MAPPING,
      columns: { email: 0, points: 1, name: 2 },
    });
    for (const table of [
      'import_file',
      'import_line',
      'import_problem',
      'import_part',
      'activity',
      'audit_event',
      'member',
    ])
      expect(JSON.stringify(await stage.db.sql(`select * from ${table}`)).toLowerCase()).not.toContain('canary');
    expect(await stage.db.sql('select from import_part where import_id = $1', [id])).toEqual([]);
    expect(await stage.db.sql('select mailbox from import_line where import_id = $1', [id])).toEqual([
      { mailbox: null },
    ]);
  });
});

test('A7: from the command line: looked at, brought, taken back', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'tallymark-import-')), 'club.csv');
  await writeFile(path, 'email,points\nline@b.test,30\nnobody,1\n');
  const run = (...args: string[]) => runCommand(command, args, stage.db.url);
  const look = await run('check', program, path, 'Old club', 'smile');
  const { import: id, report } = JSON.parse(look.said.join('\n')) as { import: string; report: unknown };
  expect([report, look.complained.at(-1)]).toMatchObject([{ fresh: 1, points: { after: '30' } }, 'row 3: bad-email']);
  expect(await totals()).toEqual({});
  await run('start', program, id);
  expect([await totals(), await active()]).toEqual([{ points: '30' }, 1]);
  await run('undo', program, id);
  expect([await totals(), await active()]).toEqual([{ points: '0' }, 0]);
});

const publicId = async (member: string) =>
  (await stage.db.sql<{ public_id: string }>('select public_id from member where id = $1', [member]))[0]?.public_id ??
  '';
