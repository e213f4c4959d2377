import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inTransaction } from '../../src/db/database.js';
import { readBalances, readBalancesAt } from '../../src/ledger/balances.js';
import { lockMembers } from '../../src/ledger/lock-members.js';
import type { MemberRef } from '../../src/ledger/lock-members.js';

import { expireDue, matureDue, settleDue } from '../../src/ledger/sweeps.js';
import type { Swept } from '../../src/ledger/sweeps.js';
import { verify } from '../../src/ledger/verify.js';
import { testDatabase, withDatabase } from '../support/database.js';
import type { TestDatabase } from '../support/database.js';
import { aProgram, someMembers } from '../support/rows.js';
import { batchOf, DAY, earned, JANUARY, posting } from '../support/points.js';

interface Crowd {
  programs: string[];
  members: MemberRef[];
}

/** Equal in two databases: the same ids come out of the same steps. */
async function aCrowd(
  db: TestDatabase,
  lots: { who: number; points: bigint; usable: number; ends: number | null }[],
): Promise<Crowd> {
  const programs = [await aProgram(db), await aProgram(db), await aProgram(db)];
  const members: MemberRef[] = [];
  for (const program of programs)
    members.push(...(await someMembers(db, program, 4)).map((member) => ({ program, member })));
  const rises = lots.map((lot, n) =>
    earned(members[lot.who]!, `order:1/${n}`, lot.points, {
      earned: JANUARY - 10 * DAY,
      usable: JANUARY + lot.usable * DAY,
      matured: lot.usable < -5,
      ends: lot.ends === null ? null : JANUARY + lot.ends * DAY,
    }),
  );
  await posting(db, batchOf(...rises));
  return { programs, members };
}

const aLot = fc.record({
  who: fc.nat(11),
  points: fc.bigInt(1n, 100n),
  usable: fc.integer({ min: -9, max: 3 }),
  ends: fc.option(fc.integer({ min: -4, max: 6 })),
});

async function sweepAll(db: TestDatabase, limit: number): Promise<void> {
  for (const sweep of [matureDue, expireDue]) {
    let round: Swept;
    do round = await sweep(db.app, { now: JANUARY, limit });
    while (round.lots > 0);
  }
}

const postedOf = (db: TestDatabase) =>
  db.sql(
    'select program_id, member_id, unit, cause, kind, from_account, to_account, lot, points, seq, at from transfer order by 1, 2, 4, 5',
  );
const lotsOf = (db: TestDatabase) => db.sql('select * from lot order by 1, 2, 3, 4');
const balancesOf = (db: TestDatabase) =>
  db.sql(
    'select program_id, member_id, unit, kind, balance, version from account where balance <> 0 order by 1, 2, 3, 4',
  );

describe('D15: sweeps', () => {
  test('in rounds over all programs they post exactly what one lot after the other would', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aLot, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 30 }),
        (lots, limit) =>
          withDatabase((many) =>
            withDatabase(async (single) => {
              await aCrowd(many, lots);
              const { members } = await aCrowd(single, lots);
              await sweepAll(many, limit);
              for (const who of members) {
                await inTransaction(single.app, { programs: [who.program] }, async (tx) => {
                  lockMembers(tx, [who]);
                  await settleDue(tx, who, JANUARY);
                });
              }
              expect(await postedOf(many)).toEqual(await postedOf(single));
              expect(await lotsOf(many)).toEqual(await lotsOf(single));
              expect(await balancesOf(many)).toEqual(await balancesOf(single));
              expect(await verify(many.app)).toEqual([]);
            }),
          ),
      ),
      { numRuns: 6 },
    );
  });

  test('a balance reads the same before and after them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aLot, { minLength: 1, maxLength: 40 }), (lots) =>
        withDatabase(async (db) => {
          const { members, programs } = await aCrowd(db, lots);
          const at = () => inTransaction(db.app, { programs }, (tx) => readBalancesAt(tx, members, JANUARY));
          const before = await at();
          await sweepAll(db, 1000);
          const after = await inTransaction(db.app, { programs }, (tx) => readBalances(tx, members));
          const plain = (rows: { member: string; available: bigint; pending: bigint }[]) =>
            rows.map(({ member, available, pending }) => [member, available, pending]).sort();
          expect(plain(before)).toEqual(plain(after));
          expect((await at()).some((row) => row.due)).toBe(false);
        }),
      ),
      { numRuns: 10 },
    );
  });
});

describe('sweeps leave alone', () => {
  const db = testDatabase();
  let crowd: Crowd;
  beforeAll(async () => {
    crowd = await aCrowd(db, [
      { who: 0, points: 10n, usable: -1, ends: null },
      { who: 1, points: 10n, usable: -1, ends: null },
      { who: 2, points: 10n, usable: -1, ends: null },
    ]);
    const [indebted, complicated] = crowd.members;
    await posting(db, {
      postings: [
        {
          ...indebted!,
          unit: 'points',
          cause: 'order:1/9',
          kind: 'owe',
          from: 'debt',
          to: 'issued',
          lot: '',
          seq: 1,
          at: JANUARY,
          points: 4n,
        },
      ],
      books: [{ ...complicated!, unit: 'points', disturbed: null, due: JANUARY }],
    });
  });

  test('members in debt or with something else due: named, to be replayed', async () => {
    const seen: Swept[] = [];
    const round = await matureDue(db.app, { now: JANUARY, within: async (_tx, swept) => void seen.push(swept) });
    const [indebted, complicated, plain] = crowd.members;
    expect(round).toMatchObject({ lots: 1, members: [plain] });
    expect(new Set(round.replay.map((who) => who.member))).toEqual(new Set([indebted!.member, complicated!.member]));
    expect(seen).toEqual([round]);
  });

  test('what matures pays a debt first, also in a balance read before the replay', async () => {
    const [row] = await inTransaction(db.app, { programs: crowd.programs }, (tx) =>
      readBalancesAt(tx, [crowd.members[0]!], JANUARY),
    );
    expect(row).toMatchObject({ available: 6n, pending: 0n, debt: 0n, due: true });
  });
});
