import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bytes, numbers, texts } from '../../src/db/columns.js';
import { testDatabase } from '../support/database.js';

const db = testDatabase();
/** What text of Postgres can be: anything but NUL and lone surrogates. */
const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
const row = fc.record({
  number: fc.option(fc.maxSafeInteger()),
  text: fc.option(fc.oneof(text, fc.constantFrom('', 'null', 'NULL', '{}', '"', '\\', ',', '\\"'))),
  bytes: fc.uint8Array({ maxLength: 50 }).map((value) => Buffer.from(value)),
});

test('p: columns come back from Postgres as they went, row by row, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
      const back = await db.sql(
        'select number::float8, text, bytes from unnest($1::bigint[], $2::text[], $3::bytea[]) with ordinality u (number, text, bytes, n) order by n',
        [
          numbers(rows.map((one) => one.number)),
          texts(rows.map((one) => one.text)),
          bytes(rows.map((one) => one.bytes)),
        ],
      );
      expect(back).toEqual(rows.map((one) => ({ ...one })));
    }),
    { numRuns: 50 },
  );
});
