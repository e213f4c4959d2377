import { createHash, type Hash } from 'node:crypto';
import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { plainInSpreadsheets } from '../lib/spreadsheet-text.js';
import type { Loyalty } from '../loyalty/context.js';
import { ruleVersions } from '../loyalty/rule-sets.js';
import { type Content, CONTENTS, COUNTS, ROWS } from './contents.js';
import type { Manifest } from './manifest.js';
import { ZipStream } from './zip-stream.js';

export interface ExportWish {
  program: string;
  /** Whether names, e-mails and phone numbers are in it. */
  people: boolean;
  now: Millis;
}

const PAGE = 1_000;
const KINDS = [
  ['', 'available'],
  [' pending', 'pending'],
  [' held', 'held'],
  [' owed', 'debt'],
] as const;

/**
 * Everything of a program as a ZIP archive, piece by piece, as of one instant; its last file, `manifest.json`, says how many rows and
 * which SHA-256 each of the others has, and is given when all is told. `progress` hears of rows done, of how many.
 * @throws AppError `no_such_program` (404), `export_too_large` (422)
 */
export async function* writeExport(
  tx: Tx,
  { program, people, now }: ExportWish,
  loyalty: Pick<Loyalty, 'readPeople'>,
  progress: (done: number, total: number) => void = () => undefined,
): AsyncGenerator<Buffer, Manifest> {
  const [known] = await tx.prepared<{ name: string }>('export_program', 'select name from program where id = $1', [
    program,
  ]);
  if (!known) throw new AppError('no_such_program', 404, `There is no program ${program}.`);
  const counts = await tx.prepared<{ rows: number }>('export_counts', COUNTS, [program]);
  const total = counts.reduce((sum, { rows }) => sum + rows, 0);
  const units = await unitsOf(tx, program);
  const zip = new ZipStream();
  const files: Manifest['files'] = [];
  await tx.prepared('export_all', `declare everything no scroll cursor for ${ROWS}`, [program]);
  let page: { place: number; row: string }[] = [];
  let done = 0;
  for (const [place, content] of CONTENTS.entries()) {
    const file = { name: content.file, rows: 0, bytes: 0, sha256: '' };
    const hash = createHash('sha256');
    const add = (text: string) => zip.write(counted(file, hash, text));
    yield zip.begin(content.file);
    if (content.columns) yield await add(`${line(headOf(content, units))}\n`);
    for (;;) {
      if (page.length === 0) page = await tx.prepared('export_page', `fetch ${PAGE} from everything`, []);
      const own = page.filter((row) => row.place === place);
      if (own.length === 0) break;
      page = page.slice(own.length);
      const rows = own.map(({ row }) => row);
      const written = content.columns ? await csvOf(tx, program, content, rows, { units, people, loyalty }) : rows;
      yield await add(`${written.join('\n')}\n`);
      file.rows += own.length;
      progress((done += own.length), total);
    }
    yield zip.end();
    files.push({ ...file, sha256: hash.digest('hex') });
  }
  const manifest: Manifest = { format: 2, program, name: known.name, made: new Date(now).toISOString(), people, files };
  yield zip.begin('manifest.json');
  yield await zip.write(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  yield Buffer.concat([zip.end(), zip.close()]);
  return manifest;
}

function counted(file: Manifest['files'][number], hash: Hash, text: string): Buffer {
  const bytes = Buffer.from(text);
  hash.update(bytes);
  file.bytes += bytes.length;
  return bytes;
}

/** Every unit that any version knew. */
async function unitsOf(tx: Tx, program: string): Promise<string[]> {
  const versions = (await ruleVersions(tx, [program])).get(program) ?? [];
  return [...new Set(versions.flatMap(({ rules }) => Object.keys(rules.units)))].sort();
}

const PERSON = ['email', 'phone', 'name'] as const;
const headOf = ({ file, columns = [] }: Content, units: readonly string[]): string[] =>
  file === 'members.csv'
    ? [...columns, ...PERSON, ...units.flatMap((unit) => KINDS.map(([what]) => `${unit}${what}`))]
    : [...columns];

interface Told {
  units: readonly string[];
  people: boolean;
  loyalty: Pick<Loyalty, 'readPeople'>;
}

async function csvOf(tx: Tx, program: string, content: Content, rows: string[], told: Told) {
  const { file, columns = [], personal = [] } = content;
  const isTold = (name: string) => told.people || !personal.includes(name);
  const values = rows.map((row) => JSON.parse(row) as Record<string, unknown>);
  const plain = values.map((row) => columns.map((name) => (isTold(name) ? row[name] : null)));
  if (file !== 'members.csv') return plain.map(line);
  const numbers = values.map(({ number }) => `${number as number}`);
  const people = told.people ? await told.loyalty.readPeople(tx, program, numbers) : new Map<string, never>();
  return values.map((row, i) => {
    const person = people.get(numbers[i] ?? '');
    const balances = (row['balances'] ?? {}) as Record<string, Record<string, number | undefined> | undefined>;
    const points = told.units.flatMap((unit) => KINDS.map(([, kind]) => Math.abs(balances[unit]?.[kind] ?? 0)));
    return line([...(plain[i] ?? []), ...PERSON.map((what) => person?.[what]), ...points]);
  });
}

/** RFC 4180; instants and numbers as JSON has them, and no text a formula. */
function line(cells: readonly unknown[]): string {
  return cells
    .map((cell) => {
      const told = cell === null || cell === undefined ? '' : String(cell as string | number | boolean);
      const text = typeof cell === 'string' ? plainInSpreadsheets(told) : told;
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join(',');
}
