import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asParameter } from '../../src/db/columns.js';
import { testDatabase } from '../support/database.js';

const db = testDatabase();
/** What text of Postgres can be: anything but NUL and lone surrogates. */
const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
const row = fc.record({
  number: fc.option(fc.maxSafeInteger()),
  text: fc.option(fc.oneof(text, fc.constantFrom('', 'null', 'NULL', '{}', '"', '\\', ',', '\\"'))),
  bytes: fc.uint8Array({ maxLength: 50 }).map((value) => Buffer.from(value)),
  at: fc.option(fc.date({ noInvalidDate: true, min: new Date('0001-01-01Z'), max: new Date('9999-12-31Z') })),
  yes: fc.boolean(),
});

test('p: columns come back from Postgres as they went, row by row, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
      const back = await db.sql(
        'select number::float8, text, bytes, at, yes from unnest($1::bigint[], $2::text[], $3::bytea[], $4::timestamptz[], $5::bool[]) with ordinality u (number, text, bytes, at, yes, n) order by n',
        [
          asParameter(rows.map((one) => one.number)),
          asParameter(rows.map((one) => one.text)),
          asParameter(rows.map((one) => one.bytes)),
          asParameter(rows.map((one) => one.at)),
          asParameter(rows.map((one) => one.yes)),
        ],
      );
      expect(back).toEqual(rows.map((one) => ({ ...one })));
    }),
    { numRuns: 50 },
  );
});
