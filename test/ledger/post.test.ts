import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inTransaction } from '../../src/db/database.js';
import { readBalances } from '../../src/ledger/balances.js';
import type { MemberRef } from '../../src/ledger/lock-members.js';
import { post } from '../../src/ledger/post.js';
import type { Batch } from '../../src/ledger/postings.js';
import { verify } from '../../src/ledger/verify.js';
import { testDatabase } from '../support/database.js';
import { aProgram, someMembers } from '../support/rows.js';
import { batchOf, earned, JANUARY, ledgerOf, posting } from '../support/points.js';

const db = testDatabase();
let program: string;
let members: MemberRef[];
let orders = 0;
const order = () => `order:1/${++orders}`;

beforeAll(async () => {
  program = await aProgram(db);
  members = (await someMembers(db, program, 50)).map((member) => ({ program, member }));
});

const balance = async (who: MemberRef) => {
  const [row] = await inTransaction(db.app, { programs: [who.program] }, (tx) => readBalances(tx, [who]));
  return { available: row?.available ?? 0n, pending: row?.pending ?? 0n, held: row?.held ?? 0n, debt: row?.debt ?? 0n };
};

describe('post', () => {
  test('D15: every batch conserves points: entries sum to zero, balances are their sums, running balances have no gap', async () => {
    const rise = fc.record({ who: fc.nat(49), points: fc.bigInt(1n, 10n ** 12n), matured: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(rise, { minLength: 1, maxLength: 60 }), async (rises) => {
        const before = await Promise.all(members.map(balance));
        await posting(
          db,
          batchOf(...rises.map(({ who, points, matured }) => earned(members[who]!, order(), points, { matured }))),
        );
        const after = await Promise.all(members.map(balance));
        members.forEach((_, who) => {
          const got = (matured: boolean) =>
            rises.filter((r) => r.who === who && r.matured === matured).reduce((sum, r) => sum + r.points, 0n);
          expect(after[who]!.available - before[who]!.available).toBe(got(true));
          expect(after[who]!.pending - before[who]!.pending).toBe(got(false));
        });
      }),
      { numRuns: 15 },
    );
    expect(await verify(db.app, { program })).toEqual([]);
  });

  test('a batch spans programs, each with its own issued account', async () => {
    const other = await aProgram(db);
    const [stranger] = await someMembers(db, other, 1);
    const theirs = { program: other, member: stranger! };
    await posting(db, batchOf(earned(members[0]!, order(), 5n), earned(theirs, order(), 7n)));
    expect(await balance(theirs)).toEqual({ available: 7n, pending: 0n, held: 0n, debt: 0n });
    const [issued] = await db.sql<{ balance: string }>(
      "select balance from account where program_id = $1 and kind = 'issued'",
      [other],
    );
    expect(issued?.balance).toBe('-7');
  });

  test('a repeated batch moves nothing, whole or in part, whatever became of the lots since', async () => {
    const who = members[1]!;
    const [first, second] = [earned(who, order(), 100n), earned(members[2]!, order(), 40n)];
    expect(await posting(db, batchOf(first, second))).toEqual({ posted: 2, repeated: 0 });
    await posting(db, fallOf(first, 30n));
    const before = await ledgerOf(db);
    expect(await posting(db, batchOf(first, second))).toEqual({ posted: 0, repeated: 2 });
    expect(await ledgerOf(db)).toEqual(before);
    const third = earned(members[3]!, order(), 1n);
    expect(await posting(db, batchOf(first, third))).toEqual({ posted: 1, repeated: 1 });
    expect(await verify(db.app, { program })).toEqual([]);
  });

  test('gains, which are expected to be new, leave the ledger that the careful statement leaves', async () => {
    const rise = fc.record({
      who: fc.nat(4),
      points: fc.bigInt(1n, 1000n),
      matured: fc.boolean(),
      unit: fc.constantFrom('points', 'stamps'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(rise, { minLength: 2, maxLength: 30 }), async (rises) => {
        const [quick, careful] = await Promise.all([true, false].map((short) => postedAnew(rises, short)));
        expect(quick!.rows).toEqual(careful!.rows);
        for (const one of [quick!, careful!]) expect(await verify(db.app, { program: one.program })).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  test('a gain into a lot that stands there empty goes into that lot', async () => {
    const first = earned(members[9]!, order(), 20n);
    await posting(db, batchOf(first));
    await posting(db, fallOf(first, 20n));
    const again = { ...first, posting: { ...first.posting, cause: 'review:1' } };
    expect(await posting(db, batchOf(again))).toEqual({ posted: 1, repeated: 0 });
    expect(await db.sql('select remaining from lot where of = $1', [first.lot.of])).toEqual([{ remaining: '20' }]);
    expect(await verify(db.app, { program })).toEqual([]);
  });

  test('64 deliveries of one batch at once post it once', async () => {
    const batch = batchOf(...members.slice(10, 40).map((who) => earned(who, order(), 9n)));
    const outcomes = await Promise.all(
      Array.from({ length: 64 }, (_, n) =>
        inTransaction(db.app, { programs: [program] }, (tx) =>
          post(tx, n % 2 ? { postings: [...batch.postings].reverse(), lots: [...batch.lots!].reverse() } : batch),
        ),
      ),
    );
    expect(outcomes.reduce((sum, outcome) => sum + outcome.posted, 0)).toBe(30);
    expect(await verify(db.app, { program })).toEqual([]);
  });

  test('overlapping batches of many writers neither deadlock nor lose a point', async () => {
    const before = await Promise.all(members.map(balance));
    await Promise.all(
      Array.from({ length: 32 }, () =>
        posting(db, batchOf(...[...members].sort(() => 0.5 - Math.random()).map((who) => earned(who, order(), 3n)))),
      ),
    );
    const after = await Promise.all(members.map(balance));
    expect(after.map((b, n) => b.available - before[n]!.available)).toEqual(members.map(() => 96n));
    expect(await verify(db.app, { program })).toEqual([]);
  });

  test('T17: a balance is never overdrawn: not enough points, nothing moved', async () => {
    const who = members[4]!;
    const lot = earned(who, order(), 10n);
    await posting(db, batchOf(lot));
    const before = await ledgerOf(db);
    const { available } = await balance(who);
    await expect(posting(db, fallOf(lot, available + 1n))).rejects.toMatchObject({
      code: 'not_enough_points',
      status: 409,
    });
    const [never] = await someMembers(db, program, 1);
    const nobody = { program, member: never! };
    await expect(posting(db, { postings: fallOf(earned(nobody, order(), 1n), 1n).postings })).rejects.toMatchObject({
      code: 'not_enough_points',
    });
    expect(await ledgerOf(db)).toEqual(before);
  });

  test('T17: more points than 64 bits hold are refused, not wrapped', async () => {
    const most = 2n ** 63n - 1n;
    const other = await aProgram(db);
    const [a] = await someMembers(db, other, 1);
    const who = { program: other, member: a! };
    await posting(db, batchOf(earned(who, order(), most)));
    await expect(posting(db, batchOf(earned(who, order(), 1n)))).rejects.toMatchObject({
      code: 'points_out_of_range',
      status: 422,
    });
    expect((await balance(who)).available).toBe(most);
  });

  test('lots that do not change by what the postings move are refused', async () => {
    const who = members[5]!;
    const before = await ledgerOf(db);
    const rise = earned(who, order(), 10n);
    await expect(posting(db, { postings: [rise.posting] })).rejects.toThrow('lots');
    await expect(
      posting(db, { postings: [rise.posting], lots: [{ ...rise.lot, left: 9n, drawn: 1n }] }),
    ).rejects.toThrow('lots');
    await expect(posting(db, { postings: [rise.posting], lots: [{ ...rise.lot, matured: false }] })).rejects.toThrow(
      'lots',
    );
    expect(await ledgerOf(db)).toEqual(before);
  });

  test("after a merge the points are the survivor's, with the lots that hold them", async () => {
    const [from, into] = [members[6]!, members[7]!];
    const rise = earned(from, order(), 25n);
    await posting(db, batchOf(rise));
    const [had, got] = [await balance(from), await balance(into)];
    const lots = await db.sql<{ of: string; remaining: string }>(
      'select of, remaining from lot where program_id = $1 and member_id = $2 and matured',
      [program, from.member],
    );
    await posting(db, {
      postings: lots
        .map(({ of, remaining }) => ({
          ...into,
          fromMember: from.member,
          unit: 'points',
          cause: `merge:${from.member}`,
          kind: 'merge',
          from: 'available' as const,
          to: 'available' as const,
          lot: of,
          seq: 1,
          at: JANUARY,
          points: BigInt(remaining),
        }))
        .filter((p) => p.points > 0n),
      lots: lots.flatMap(({ of, remaining }) => {
        const state = { unit: 'points', of, lapsed: 0n, drawn: 0n, earned: JANUARY, usable: JANUARY, ends: null };
        return [
          { ...from, ...state, matured: true, given: 0n, left: 0n },
          { ...into, ...state, matured: true, given: BigInt(remaining), left: BigInt(remaining) },
        ];
      }),
    });
    expect((await balance(from)).available).toBe(0n);
    expect((await balance(into)).available).toBe(got.available + had.available);
    expect(await verify(db.app, { program })).toEqual([]);
  });

  test('keys with quotes, backslashes, commas, braces and any script arrive as they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1 }).filter((s) => !s.includes('\0')),
        async (text) => {
          const of = `order:1/${++orders}-${text}`;
          await posting(db, batchOf(earned(members[8]!, of, 1n)));
          expect(await db.sql('select cause, lot from transfer where cause = $1', [of])).toEqual([
            { cause: of, lot: of },
          ]);
        },
      ),
      { numRuns: 25, examples: [['","'], ['\\"{},null'], ['NULL']] },
    );
  });
});

type Rise = { who: number; points: bigint; matured: boolean; unit: string };

/** The same rises in a program of their own, in two batches: by the short statement, or by the careful one (lots not beside their postings). */
async function postedAnew(rises: readonly Rise[], short: boolean) {
  const own = await aProgram(db);
  const who = await someMembers(db, own, 5);
  const all = rises.map((rise, n) =>
    earned({ program: own, member: who[rise.who]! }, `order:1/${n}`, rise.points, rise),
  );
  for (const some of [all.slice(0, all.length / 2), all.slice(all.length / 2)]) {
    const batch = batchOf(...some);
    if (some.length > 0)
      await posting(db, short ? batch : { ...batch, lots: [...batch.lots!, untouchedLot(own, who[0]!)] });
  }
  const rows = await db.sql(
    `select t.cause, t.seq, t.points, a.kind, a.unit, e.account_seq, e.points as moved, e.balance_after, a.balance, a.version,
       l.given, l.remaining, l.lapsed, l.drawn, l.matured, l.earned_at, l.usable_at, l.ends_at
     from entry e join account a on a.id = e.account_id join transfer t on t.id = e.transfer_id
     join lot l on l.program_id = t.program_id and l.member_id = t.member_id and l.unit = t.unit and l.of = t.lot
     where e.program_id = $1 order by t.id, a.kind`,
    [own],
  );
  return { program: own, rows };
}

/** A lot without points: what keeps a batch from being nothing but gains. */
const untouchedLot = (program: string, member: string) => earned({ program, member }, 'order:1/none', 0n).lot;

/** A fall of a lot that is covered by what is left in it. */
function fallOf({ posting: rise, lot }: ReturnType<typeof earned>, points: bigint): Batch {
  return {
    postings: [{ ...rise, kind: 'take-back', from: 'available', to: 'issued', points }],
    lots: [{ ...lot, given: lot.given - points, left: lot.left - points }],
  };
}
