import { createHash } from 'node:crypto';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { command } from '../../src/commands/export.js';
import { inTransaction, type Tx } from '../../src/db/database.js';
import { bulkVerbs } from '../../src/http/owner/bulk-verbs.js';
import { runBulkAdjustments } from '../../src/jobs/run-bulk-adjustments.js';
import { createApiKey } from '../../src/loyalty/api-keys.js';
import { beginTrial } from '../../src/loyalty/trials.js';
import { programRules } from '../../src/rules/program-rules.js';
import { addStaff } from '../../src/staff/people.js';
import { beginSession } from '../../src/staff/sign-in.js';
import { connectReviews } from '../../src/stores/connect-reviews.js';
import { runCommand } from '../support/run-command.js';
import { LEDGER_RULES, ledgerStage } from '../webhooks/ledger-stage.js';
import { unpacked } from './unpacked.js';

/** T6, A7: what the people of a shop did goes along too, and nothing with which somebody gets in. */
const stage = ledgerStage();
const RULES = programRules.parse({
  ...LEDGER_RULES,
  rewards: [...LEDGER_RULES.rewards, { id: 'six', kind: 'amount-off', points: 20, off: 600 }],
});
const FORMULA = '=HYPERLINK("https://x.test";"go")';
/** What opens something, or is a hash of what does: as text, and as Postgres and JSON would write bytes. */
const secrets: string[] = [];
let program: string;
let store: { id: string };
let bulk: string;

const within = <T>(fn: (tx: Tx) => Promise<T>) => inTransaction(stage.db.app, { programs: [program] }, fn);
const secret = (text: string) => {
  const hash = createHash('sha256').update(text).digest();
  secrets.push(text, hash.toString('hex'), hash.toString('base64').slice(0, 40));
};

beforeAll(async () => {
  const { service, db } = stage;
  service.clock.set('2026-03-04T12:00:00Z');
  const now = service.clock.now();
  program = await service.program(RULES, 'Bean Club');
  store = await service.store(program, 'woocommerce');
  const ana = await service.member(program, store.id, '7', { email: 'ana@example.test', name: 'Ana' });
  const bo = await service.member(program, store.id, '8', { email: 'bo@example.test', name: 'Bo' });
  const olga = await within((tx) =>
    addStaff(tx, program, { email: 'olga@shop.test', name: FORMULA, role: 'owner', locale: 'en' }, 'test'),
  );
  secret((await within((tx) => createApiKey(tx, program, '+till', 'test'))).text);
  const { session } = await within((tx) => beginSession(tx, program, { staff: olga.id, byMail: true }, now));
  secret(session);
  const path = await connectReviews({ db: db.app, keys: service.keys }, { id: store.id, program }, 'judgeme', 'hush');
  secret(path.split('/').at(-1) ?? '');
  const trial = { name: '@which', one: 'five', other: 'six', measure: 'taken', days: 30 } as const;
  await within((tx) => beginTrial(tx, program, RULES, trial, { by: `staff:${olga.id}`, now }));
  for (const text of [
    `insert into household_member (program_id, member_id, head_id, from_at) values ($1, ${bo}, ${ana}, now())`,
    `insert into shown_name (program_id, member_id, name, agreed_at) values ($1, ${ana}, '=Żak', now())`,
    "insert into sticker_batch (program_id, key, unit, made_by, made_at) values ($1, 'print:1', 'points', 'staff:1', now())",
    "insert into sticker (program_id, hash, batch, n) values ($1, 'key_of_sticker'::bytea, 'print:1', 1)",
    "insert into target (program_id, what, aim, set_by, set_at) values ($1, 'came-back', 40, 'staff:1', now())",
    "insert into adjustment_limit (program_id, role, at_once, a_day) values ($1, 'support', 10, 20)",
    "insert into leaderboard_end (program_id, board, period, ended_at) values ($1, 'top', '2026-02', now())",
    "insert into forecast (program_id, promotion, unit, points, open_hours, together, from_at) values ($1, 'p', 'points', 5, 24, 1, now())",
    "insert into draft (program_id, file, hash, base_version, updated_by) values ($1, '{}', 'h', 1, 'staff:1')",
    `update store set settings = jsonb_set(settings, '{showing}', '{"share": 40, "accent": "#112233"}') where program_id = $1`,
  ])
    await db.sql(text, [program]);
  bulk = crypto.randomUUID();
  const asking = { owner: { program, id: olga.id, name: 'Olga', role: 'owner' as const, by: 'staff' as const }, now };
  const verbs = bulkVerbs({
    ...{ db: db.app, loyalty: service.loyalty },
    ...{ ringEffects: () => undefined, sendSignInLinks: async () => undefined },
  });
  await verbs.lookAtBulk(asking, { id: bulk, matching: {}, unit: 'points', points: '10', reason: '-ten years' });
  await verbs.startBulk(asking, bulk);
  await runBulkAdjustments(stage.work);
});

async function exported(...more: string[]): Promise<Map<string, string>> {
  const file = join(await mkdtemp(join(tmpdir(), 'tallymark-export-')), 'club.zip');
  await runCommand(command, [program, '--everything', file, ...more], stage.db.url);
  return unpacked(await readFile(file));
}
const rowsOf = (files: Map<string, string>, name: string) =>
  parse(files.get(name) ?? '', { columns: true }) as Record<string, string>[];

test('bulk changes with their rows, comparisons and pilots, staff with their roles, and what else the desk keeps', async () => {
  const files = await exported('--people');
  const [change] = rowsOf(files, 'bulk-changes.csv');
  expect(change).toMatchObject({ id: bulk, kind: 'points', points: '10', state: 'done', given_members: '2' });
  expect(rowsOf(files, 'bulk-members.csv').map((row) => [row['bulk_id'], row['given'], row['state']])).toEqual([
    [bulk, '10', 'given'],
    [bulk, '10', 'given'],
  ]);
  expect(rowsOf(files, 'trials.csv')).toMatchObject([{ one: 'five', other: 'six', measure: 'taken' }]);
  expect(rowsOf(files, 'stores.csv')).toMatchObject([{ share: '40', accent: '#112233', corner: 'end' }]);
  expect(rowsOf(files, 'staff.csv')).toMatchObject([{ email: 'olga@shop.test', name: `'${FORMULA}`, role: 'owner' }]);
  const rows = (name: string) =>
    name.endsWith('.csv') ? rowsOf(files, name).length : (files.get(name) ?? '').split('\n').length - 1;
  const counts = ['program', 'keys', 'limits', 'targets', 'households', 'shown-names', 'sticker-batches', 'stickers'];
  const more = ['leaderboard-ends', 'forecasts'];
  expect([...counts, ...more].filter((name) => rows(`${name}.csv`) !== 1)).toEqual([]);
  expect(rows('draft.ndjson')).toBe(1);
});

test('nothing with which somebody gets in is in a file or a line, with names or without', async () => {
  const { said } = await runCommand(command, [program], stage.db.url);
  const told = [...(await exported('--people')).values(), ...(await exported()).values(), ...said].join('\n');
  expect(secrets.filter((text) => told.includes(text))).toEqual([]);
  expect(told).not.toContain(Buffer.from('key_of_sticker').toString('hex'));
  const tables = new Set(said.map((line) => (JSON.parse(line) as { table: string }).table));
  expect([...tables]).toEqual(expect.arrayContaining(['staff', 'reward_trial', 'bulk_adjustment_member', 'api_key']));
});

test('without names the columns of names are empty, also of staff; and no cell is a formula', async () => {
  const files = await exported();
  expect(rowsOf(files, 'staff.csv')).toMatchObject([{ name: '', email: '', role: 'owner' }]);
  expect(rowsOf(files, 'shown-names.csv')).toMatchObject([{ name: '' }]);
  for (const [name, text] of [...files, ...(await exported('--people'))]) {
    if (!name.endsWith('.csv')) continue;
    const cells = (parse(text) as string[][]).flat();
    expect([name, cells.filter((cell) => /^\s*[=+\-@]/.test(cell) && !/^-?\d+$/.test(cell))]).toEqual([name, []]);
  }
});
