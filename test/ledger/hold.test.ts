import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '../../src/lib/errors.js';
import { inTransaction } from '../../src/db/database.js';
import { readBalances, readLots } from '../../src/ledger/balances.js';
import { hold } from '../../src/ledger/hold.js';
import type { Draw } from '../../src/ledger/hold.js';
import type { MemberRef } from '../../src/ledger/lock-members.js';
import { verify } from '../../src/ledger/verify.js';
import { testDatabase } from '../support/database.js';
import { aProgram, someMembers } from '../support/rows.js';
import { batchOf, DAY, earned, JANUARY, posting } from '../support/points.js';

const db = testDatabase();
let program: string;
let redemptions = 0;

beforeAll(async () => {
  program = await aProgram(db);
});

async function aRichMember(lots: { points: bigint; ends: number | null; earned: number }[]): Promise<MemberRef> {
  const [member] = await someMembers(db, program, 1);
  const who = { program, member: member! };
  await posting(
    db,
    batchOf(...lots.map((lot, n) => earned(who, `order:1/${String(n).padStart(4, '0')}`, lot.points, lot))),
  );
  return who;
}

const holding = (who: MemberRef, points: bigint, cause = `redemption:${++redemptions}`) =>
  inTransaction(db.app, { programs: [program] }, async (tx) => {
    const draws = await hold(tx, { ...who, unit: 'points', points, cause, at: JANUARY });
    await tx
      .insertInto('redemption')
      .values({
        program_id: program,
        store_id: 1,
        member_id: who.member,
        reward: 'r',
        unit: 'points',
        points,
        off: 0,
        net_points: points,
        code: cause,
        state: 'held',
        code_state: 'wanted',
        made_at: new Date(JANUARY),
        expires_at: new Date(JANUARY + DAY),
        cart: '{}',
      })
      .execute();
    return draws;
  });

/** Section 7.3 in a dozen lines: usable lots by soonest end, then oldest, then key. */
function drawn(
  lots: { of: string; points: bigint; ends: number | null; earned: number }[],
  need: bigint,
): Draw[] | null {
  const order = [...lots].sort(
    (a, b) => (a.ends ?? Infinity) - (b.ends ?? Infinity) || a.earned - b.earned || (a.of < b.of ? -1 : 1),
  );
  const draws: Draw[] = [];
  for (const lot of order) {
    const points = lot.points < need ? lot.points : need;
    if (points > 0n) draws.push({ of: lot.of, points });
    need -= points;
  }
  return need === 0n ? draws : null;
}

describe('D13: hold', () => {
  test('draws what the oracle draws, or refuses and moves nothing', async () => {
    const lot = fc.record({
      points: fc.bigInt(1n, 50n),
      ends: fc.option(fc.integer({ min: 1, max: 4 }).map((day) => JANUARY + day * DAY)),
      earned: fc.integer({ min: 0, max: 3 }).map((day) => JANUARY - day * DAY),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(lot, { minLength: 1, maxLength: 12 }),
        fc.array(fc.bigInt(1n, 120n), { minLength: 1, maxLength: 4 }),
        async (lots, needs) => {
          const who = await aRichMember(lots);
          let left = lots.map((l, n) => ({ ...l, of: `order:1/${String(n).padStart(4, '0')}` }));
          for (const need of needs) {
            const expected = drawn(left, need);
            if (expected === null) {
              await expect(holding(who, need)).rejects.toMatchObject({ code: 'not_enough_points' });
              continue;
            }
            expect(new Set(await holding(who, need))).toEqual(new Set(expected));
            left = left
              .map((l) => ({ ...l, points: l.points - (expected.find((draw) => draw.of === l.of)?.points ?? 0n) }))
              .filter((l) => l.points > 0n);
          }
          const lotsNow = await inTransaction(db.app, { programs: [program] }, (tx) => readLots(tx, [who]));
          expect(lotsNow.map((l) => [l.of, l.left]).sort()).toEqual(left.map((l) => [l.of, l.points]).sort());
        },
      ),
      { numRuns: 30 },
    );
    expect(await verify(db.app, { program })).toEqual([]);
  });

  test('T15: 64 clients on one balance: exactly floor(balance / cost) succeed', async () => {
    const who = await aRichMember(
      Array.from({ length: 20 }, (_, n) => ({ points: 37n, ends: JANUARY + (n + 1) * DAY, earned: JANUARY })),
    );
    const outcomes = await Promise.allSettled(Array.from({ length: 64 }, () => holding(who, 20n)));
    const refused = outcomes.filter((o) => o.status === 'rejected').map((o) => o.reason as unknown);
    expect(outcomes.length - refused.length).toBe((20 * 37) / 20);
    expect(refused.every((error) => error instanceof AppError && error.code === 'not_enough_points')).toBe(true);
    const [balance] = await inTransaction(db.app, { programs: [program] }, (tx) => readBalances(tx, [who]));
    expect(balance).toMatchObject({ available: 0n, held: 740n });
    expect(await verify(db.app, { program })).toEqual([]);
  });

  test('asked again with the same cause it answers with what it drew, and draws nothing more', async () => {
    const who = await aRichMember([
      { points: 10n, ends: null, earned: JANUARY },
      { points: 10n, ends: null, earned: JANUARY },
    ]);
    const again = () =>
      inTransaction(db.app, { programs: [program] }, (tx) =>
        hold(tx, { ...who, unit: 'points', points: 12n, cause: 'redemption:twice', at: JANUARY }),
      );
    const draws = await again();
    expect(draws).toEqual([
      { of: 'order:1/0000', points: 10n },
      { of: 'order:1/0001', points: 2n },
    ]);
    expect(await again()).toEqual(draws);
    const [balance] = await inTransaction(db.app, { programs: [program] }, (tx) => readBalances(tx, [who]));
    expect(balance).toMatchObject({ available: 8n, held: 12n });
  });

  test('points that ended are not held, points that matured are, although no sweep has run', async () => {
    const [member] = await someMembers(db, program, 1);
    const who = { program, member: member! };
    await posting(
      db,
      batchOf(
        earned(who, 'order:1/ended', 10n, { ends: JANUARY - 1, earned: JANUARY - DAY }),
        earned(who, 'order:1/matured', 10n, { matured: false, usable: JANUARY - 1, earned: JANUARY - DAY }),
      ),
    );
    await expect(holding(who, 11n)).rejects.toMatchObject({ code: 'not_enough_points' });
    expect(await holding(who, 10n)).toEqual([{ of: 'order:1/matured', points: 10n }]);
  });
});
