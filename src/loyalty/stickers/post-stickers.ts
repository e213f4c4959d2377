import type { Tx } from '../../db/database.js';
import { differences, postedTotals, type Target } from '../../ledger/posted-totals.js';
import { post } from '../../ledger/post.js';
import type { LotState, LotUse } from '../../ledger/postings.js';
import type { Millis } from '../../lib/clock.js';

/** What a statement of this folder does to one lot of the bearer: each figure is added to what the lot has. */
export interface LotChange {
  of: string;
  given?: bigint;
  lapsed?: bigint;
  drawn?: bigint;
}

/** A lot as it must be made when it is not there yet. */
export interface NewLot {
  of: string;
  at: Millis;
  ends: Millis | null;
}

interface Row {
  of: string;
  given: string;
  remaining: string;
  lapsed: string;
  drawn: string;
  earned: string;
  usable: string;
  ends: string | null;
}

const LOTS = `
  select of, given, remaining, lapsed, drawn, (extract(epoch from earned_at) * 1000)::bigint as earned,
    (extract(epoch from usable_at) * 1000)::bigint as usable,
    case when ends_at < 'infinity' then (extract(epoch from ends_at) * 1000)::bigint end as ends
  from lot where program_id = $1 and member_id = $2 and unit = $3 and of = any($4::text[])`;

/**
 * Posts what stickers should have moved for some causes minus what they have moved, with the lots and uses that go with it. The
 * bearer must be locked.
 */
export async function postStickers(
  tx: Tx,
  of: { program: string; bearer: string; unit: string },
  moved: {
    causes: readonly string[];
    targets: readonly Omit<Target, 'program' | 'member' | 'unit'>[];
    lots: readonly LotChange[];
    uses?: readonly Omit<LotUse, 'program' | 'member' | 'unit'>[];
    fresh?: NewLot;
  },
  now: Millis,
): Promise<void> {
  const { program, bearer: member, unit } = of;
  const key = { program, member, unit };
  const posted = (await postedTotals(tx, [key], moved.causes)).filter((one) => one.kind !== 'expire');
  const postings = differences(
    moved.targets.map((target) => ({ ...key, ...target })),
    posted,
    now,
  );
  if (postings.length === 0) return;
  const keys = moved.lots.map((lot) => lot.of);
  const rows = await tx.prepared<Row>('stickers_lots', LOTS, [program, member, unit, keys]);
  const lots = moved.lots.map((change): LotState => {
    const row = rows.find((one) => one.of === change.of);
    const fresh = row === undefined && moved.fresh?.of === change.of ? moved.fresh : undefined;
    if (!row && !fresh) throw new Error(`the lot ${change.of} is not there`);
    const figure = (name: 'given' | 'lapsed' | 'drawn') => BigInt(row?.[name] ?? 0) + (change[name] ?? 0n);
    const [given, lapsed, drawn] = [figure('given'), figure('lapsed'), figure('drawn')];
    return {
      ...{ ...key, of: change.of, given, lapsed, drawn, left: given - lapsed - drawn, matured: true },
      earned: Number(row?.earned ?? fresh?.at),
      usable: Number(row?.usable ?? fresh?.at),
      ends: row ? (row.ends === null ? null : Number(row.ends)) : (fresh?.ends ?? null),
    };
  });
  await post(tx, { postings, lots, uses: (moved.uses ?? []).map((use) => ({ ...key, ...use })) });
}
