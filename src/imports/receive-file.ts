import { type Database, type Tx, inTransaction } from '../db/database.js';
import { AppError } from '../lib/errors.js';
import type { Loyalty } from '../loyalty/context.js';
import { type CsvRow, type Encoding, LIMITS, readCsv } from './read-csv.js';

/** Rows a part: read, written and posted together. */
export const PART = 200;
const WAITING = 10;

export interface FileWish {
  name: string;
  encoding: Encoding;
  by: string;
}

const OPEN = `
  select count(*)::int as n from import_file
  where program_id = $1 and state in ('receiving', 'uploaded', 'checking', 'checked', 'importing', 'undoing')`;
const BEGIN = `
  insert into import_file (program_id, name, state, encoding, asked_by) values ($1, $2, 'receiving', $3, $4) returning id`;
const KEEP = `
  insert into import_part (program_id, import_id, n, first_row, sealed) values ($1, $2, $3, $4, $5)`;
const RECEIVED = `
  update import_file set state = 'uploaded', separator = $3, columns = $4, rows = $5, parts = $6
  where program_id = $1 and id = $2 and state = 'receiving'`;
const FORGET = 'delete from import_file where program_id = $1 and id = $2';

/**
 * Keeps the rows of a file as they arrive, sealed, part by part; gives the import's id. A file that breaks off or cannot be read
 * leaves nothing.
 * @throws AppError of `readCsv`; `empty_file` (422), `too_many_imports` (409)
 */
export async function receiveFile(
  db: Database,
  program: string,
  wish: FileWish,
  bytes: AsyncIterable<Uint8Array>,
  loyalty: Pick<Loyalty, 'seal'>,
): Promise<string> {
  const within = <T>(fn: (tx: Tx) => Promise<T>) => inTransaction(db, { programs: [program] }, fn);
  const id = await within((tx) => begin(tx, program, wish));
  try {
    let separator = ',';
    let columns: string[] | null = null;
    let rows = 0;
    let parts = 0;
    let part: CsvRow[] = [];
    const flush = async () => {
      const [first] = part;
      if (!first) return;
      const n = parts++;
      const sealed = loyalty.seal(
        JSON.stringify(part.map(({ line, cells }) => [line, ...cells])),
        ...place(program, id, n),
      );
      part = [];
      await within((tx) => tx.prepared('import_keep_part', KEEP, [program, id, n, first.line, sealed]));
    };
    for await (const row of readCsv(bytes, wish.encoding, (found) => (separator = found))) {
      if (columns === null) {
        columns = headingOf(row.cells);
        if (!hasAddress(row.cells)) continue;
      }
      rows++;
      part.push(row);
      if (part.length === PART) await flush();
    }
    await flush();
    if (columns === null || rows === 0)
      throw new AppError('empty_file', 422, 'There is no row in this file. Choose the one with your members.');
    const facts = [program, id, separator, JSON.stringify(columns), rows, parts];
    await within((tx) => tx.prepared('import_received', RECEIVED, facts));
    return id;
  } catch (error) {
    await within((tx) => tx.prepared('import_forget', FORGET, [program, id]));
    throw error;
  }
}

async function begin(tx: Tx, program: string, { name, encoding, by }: FileWish): Promise<string> {
  const [open] = await tx.prepared<{ n: number }>('import_open', OPEN, [program]);
  if ((open?.n ?? 0) >= WAITING)
    throw new AppError('too_many_imports', 409, `${WAITING} files are here already: finish or remove one of them.`);
  const [row] = await tx.prepared<{ id: string }>('import_begin', BEGIN, [program, name, encoding, by]);
  return row?.id ?? '';
}

/** A file without headings begins with somebody's address. */
const hasAddress = (cells: readonly string[]) => cells.some((cell) => /^\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*$/.test(cell));

function headingOf(cells: readonly string[]): string[] {
  const nameless = hasAddress(cells);
  return cells.map((cell, i) => {
    const name = nameless
      ? ''
      : cell
          .replace(/[\0\p{Surrogate}]/gu, '')
          .trim()
          .slice(0, 100);
    return name === '' ? `${i + 1}` : name;
  });
}

const place = (program: string, id: string, n: number) => ['import_part', program, id, `${n}`];

const READ = 'select sealed from import_part where program_id = $1 and import_id = $2 and n = $3';

/** The rows of a part as they came; none when they were dropped. */
export async function readPart(
  tx: Tx,
  program: string,
  id: string,
  n: number,
  loyalty: Pick<Loyalty, 'open'>,
): Promise<CsvRow[]> {
  const [row] = await tx.prepared<{ sealed: Buffer }>('import_read_part', READ, [program, id, n]);
  if (!row) return [];
  const rows = JSON.parse(loyalty.open(row.sealed, ...place(program, id, n))) as [number, ...string[]][];
  return rows.map(([line, ...cells]) => ({ line, cells: cells.slice(0, LIMITS.columns) }));
}
