import { describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../src/db/database.js';
import { testDatabase } from '../support/database.js';
import { aMember, aProgram } from '../support/rows.js';

describe('T7: a program sees its own rows only', () => {
  const db = testDatabase();
  test('members of another program are not there', async () => {
    const [ours, theirs] = [await aProgram(db), await aProgram(db)];
    const mine = await aMember(db, ours);
    await aMember(db, theirs);
    const seen = await inTransaction(db.app, { programs: [ours] }, (tx) =>
      tx.prepared<{ id: string }>('seen', 'select id from member', []),
    );
    expect(seen.map((row) => row.id)).toEqual([mine]);
  });
});
