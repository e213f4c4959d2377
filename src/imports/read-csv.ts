import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { AppError } from '../lib/errors.js';

export const ENCODINGS = ['utf-8', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** What a file may be: larger ones are cut up by their owner. */
export const LIMITS = { bytes: 20_000_000, rows: 200_000, columns: 64, cell: 10_000 };

export interface CsvRow {
  /** As a spreadsheet numbers it, from 1. */
  line: number;
  cells: string[];
}

/**
 * The rows of a CSV (RFC 4180) as its bytes arrive: commas, semicolons or tabs, whichever the first line has most of; a byte order
 * mark of UTF-8 or UTF-16 is heeded, empty lines are counted and left out. `told` is given the separator before the first row.
 * @throws AppError `not_utf8`, `not_csv`, `too_many_rows` (422), `too_large` (413)
 */
export async function* readCsv(
  bytes: AsyncIterable<Uint8Array>,
  encoding: Encoding,
  told: (separator: string) => void,
): AsyncGenerator<CsvRow> {
  const texts = decoded(bytes, encoding);
  const { separator, first } = await beginning(texts);
  told(separator);
  const parser = parse({
    ...{ delimiter: separator, relax_column_count: true, relax_quotes: true, trim: false },
    max_record_size: LIMITS.columns * LIMITS.cell,
  });
  // what it fails of is thrown where the rows are read
  const fed = pipeline(continued(first, texts), parser).catch(() => undefined);
  let line = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      line++;
      if (cells.every((cell) => cell.trim() === '')) continue;
      if (line > LIMITS.rows + 1)
        throw new AppError('too_many_rows', 422, `The file has more than ${LIMITS.rows} rows: cut it in parts.`);
      if (cells.length > LIMITS.columns || cells.some((cell) => cell.length > LIMITS.cell))
        throw notCsv(
          `row ${line} has more than ${LIMITS.columns} columns, or a cell of more than ${LIMITS.cell} signs`,
        );
      yield { line, cells };
    }
  } catch (error) {
    if (error instanceof CsvError) throw notCsv(`after row ${line}: ${error.message}`);
    throw error;
  } finally {
    parser.destroy();
    await fed;
  }
}

const notCsv = (why: string) =>
  new AppError(
    'not_csv',
    422,
    `This cannot be read as CSV (${why}). Save it as CSV from your spreadsheet and try again.`,
  );

async function* decoded(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  let size = 0;
  let decoder: { decode(chunk?: Uint8Array, options?: { stream: boolean }): string } | null = null;
  try {
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > LIMITS.bytes)
        throw new AppError('too_large', 413, `The file is larger than ${LIMITS.bytes / 1e6} MB: cut it in parts.`);
      const wide = wideOf(chunk);
      decoder ??=
        wide === null && encoding === 'windows-1252' ? western : new TextDecoder(wide ?? 'utf-8', { fatal: true });
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder?.decode() ?? '';
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    const message = 'The file is not in UTF-8: say that it is windows-1252, as older spreadsheets save it.';
    throw new AppError('not_utf8', 422, message);
  }
}

/** What windows-1252 has from 0x80 to 0x9f; Node's own decoder takes it for latin1, which has nothing to be seen there. */
const WESTERN = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const western = {
  decode: (chunk: Uint8Array = new Uint8Array()) =>
    Buffer.from(chunk)
      .toString('latin1')
      .replace(/[\x80-\x9f]/g, (sign) => WESTERN[sign.charCodeAt(0) - 0x80] ?? sign),
};

/** By its byte order mark. */
function wideOf([first, second]: Uint8Array): string | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

/** Up to the end of the first line, and what separates its cells. */
async function beginning(texts: AsyncIterator<string>): Promise<{ separator: string; first: string }> {
  let first = '';
  for (let next = await texts.next(); !next.done; next = await texts.next()) {
    first += next.value;
    if (/[\r\n]/.test(first) || first.length > LIMITS.cell) break;
  }
  const [heading = ''] = first.replace(/"[^"]*"/g, '').split(/[\r\n]/);
  const count = (sign: string) => heading.split(sign).length;
  const [separator = ','] = [',', ';', '\t'].sort((a, b) => count(b) - count(a));
  return { separator, first };
}

async function* continued(first: string, texts: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* texts;
}
