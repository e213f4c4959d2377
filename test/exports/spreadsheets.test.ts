import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { csvOf } from '../../admin-ui/charts/csv-text.js';
import { plainInSpreadsheets } from '../../src/lib/spreadsheet-text.js';

/** T20: no text of a shopper becomes a formula in the file that the owner opens. */
const BEGINNINGS = ['', ' ', '   ', '\t', '\r', '\n', ' \t ', '\u00a0'];
const SIGNS = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
const BODIES = ['1+1', 'cmd|"/c calc"!A1', 'HYPERLINK("https://x.test";"go")', 'SUM(A1:A9)', 'Ana', '2;3'];
const CORPUS = BEGINNINGS.flatMap((begin) => SIGNS.flatMap((sign) => BODIES.map((body) => begin + sign + body)));
const PLAIN = ['-12', '+31612345678', '-1,250.50', '0', 'Ana', "O'Neil", 'a=b', '2026-03-04', ''];

const asWritten: [string, (text: string) => string][] = [
  ['the export of everything', plainInSpreadsheets],
  [
    'a table of the desk',
    (text) => {
      const rows = parse(csvOf({ head: ['what', 'n'], rows: [[text, '1']] }), { bom: true });
      return (rows as string[][])[1]?.[0] ?? '';
    },
  ],
];

describe.each(asWritten)('T20: %s', (_, written) => {
  it(`keeps ${CORPUS.length} formulas from being one, and says them all the same`, () => {
    for (const text of CORPUS) {
      expect(written(text).trim()).not.toMatch(/^[=+\-@＝＋－＠]/);
      expect(written(text)).toBe(`'${text}`);
    }
  });

  it.each(PLAIN)('leaves %j as it is', (text) => expect(written(text)).toBe(text));
});
