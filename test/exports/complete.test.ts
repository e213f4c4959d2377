import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { CONTENTS } from '../../src/exports/contents.js';
import { LEFT_OUT } from '../../src/exports/left-out.js';
import { RAW_ROWS } from '../../src/exports/raw-rows.js';

/** T6: a table, or a column of one, is exported, or it is said why it is not. */
const SCHEMA = new Map(
  [...readFileSync('migrations/schema.sql', 'utf8').matchAll(/^table (\w+)\n((?: {2}.*\n)*)/gm)].map(
    ([, table = '', body = '']) => [
      table,
      body
        .split('\n')
        .flatMap((line) => /^ {2}(?!constraint |policy |grant |CREATE )(\w+) /.exec(line)?.[1] ?? [])
        .filter((column) => column !== 'program_id'),
    ],
  ),
);
const DOCS = readFileSync('docs/exports.md', 'utf8');
const rowsOfDocs = [...DOCS.matchAll(/^\| `([\w.-]+)` \| (.*) \|$/gm)].map(
  ([, name = '', rest = '']) => [name, rest] as const,
);
/** Columns of a table that are called otherwise in the file. */
const CALLED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  member: { id: 'number', public_id: 'id', joined_at: 'joined', referral_code: 'code' },
  activity: { member_id: 'member' },
  order_state: { member_id: 'member' },
};

describe('T6: everything is exported', () => {
  test('each table of the schema is in a file, or left out with a reason', () => {
    const exported = new Set(CONTENTS.map(({ from }) => from));
    expect(SCHEMA.size).toBeGreaterThan(50);
    expect([...exported, ...Object.keys(LEFT_OUT)].sort()).toEqual([...SCHEMA.keys()].sort());
  });

  test.each(CONTENTS.map((one) => [one.file, one] as const))(
    '%s has each column of its table, or is said to be without',
    (_, one) => {
      const { from, without = [], columns, row } = one;
      const called = (name: string) => CALLED[from]?.[name] ?? name;
      const isIn = (name: string) =>
        row === undefined ? !without.includes(name) : new RegExp(`'${called(name)}',\\s*\\(?t\\.`).test(row);
      const has = (name: string) => columns?.includes(called(name)) ?? isIn(name);
      const missing = (SCHEMA.get(from) ?? []).filter((name) => !has(name));
      expect([...missing].sort()).toEqual([...without].sort());
      expect(one.personal?.filter((name) => !has(name)) ?? []).toEqual([]);
    },
  );

  test('the docs name each file with what it is without, and each table that is left out with its reason', () => {
    const files = CONTENTS.map(({ file }) => file);
    expect(rowsOfDocs.map(([name]) => name)).toEqual([...files, ...Object.keys(LEFT_OUT)]);
    const told = new Map(rowsOfDocs);
    for (const { file, without = [] } of CONTENTS)
      expect([file, without.filter((name) => !told.get(file)?.includes(`\`${name}\``))]).toEqual([file, []]);
    for (const [table, why] of Object.entries(LEFT_OUT)) expect([table, told.get(table)]).toEqual([table, why]);
  });

  test('the lines of JSON are of the same tables', () => {
    const told = [...RAW_ROWS.matchAll(/select '(\w+)' as of/g)].map(([, table]) => table);
    expect(new Set(told)).toEqual(new Set([...CONTENTS.map(({ from }) => from), 'account']));
    expect(told).toHaveLength(new Set(told).size);
  });
});
