import type { Tx } from '../../db/database.js';
import type { Target } from '../../ledger/posted-totals.js';
import type { Millis } from '../../lib/clock.js';
import { grouped } from '../../lib/grouped.js';
import { wantDead } from '../code-dying.js';
import { MOVE_PIECES } from '../take-piece.js';
import { lockBearer } from './bearer.js';
import { type LotChange, postStickers } from './post-stickers.js';

const OURS = `
  select r.id, r.unit, r.state, r.code_state, r.released_at, r.made_at, r.points,
    exists (select from activity u join order_state o on o.program_id = u.program_id and o.store_id = u.store_id
        and o.order_id = substr(u.subject, strpos(u.subject, '/') + 1)
      where u.program_id = r.program_id and u.kind = 'code-use' and u.member_id = r.member_id
        and u.key like r.id::text || ':%' and not o.removed and o.snapshot ->> 'cancelled' is null
        and exists (select from jsonb_array_elements(o.snapshot -> 'codes') c where upper(c ->> 'code') = r.code)) as used
  from redemption r join member m on m.program_id = r.program_id and m.id = r.member_id and m.status = 'bearer'
  where r.program_id = $1 and r.id = any($2::uuid[]) order by r.id`;

const DRAWN = `
  select s.batch as of, count(*)::int as n, b.ends_at <= $3 as ended
  from sticker s join sticker_batch b on b.program_id = s.program_id and b.key = s.batch
  where s.program_id = $1 and s.redemption = $2 group by 1, 3 order by 1`;

const FREE = 'update sticker set redemption = null where program_id = $1 and redemption = $2';
const STATE = `
  with changed as (
    update redemption set state = $3, net_points = case when $3 in ('held', 'captured') then points else 0 end
    where program_id = $1 and id = $2 returning reward, of_stock, old.state as was, new.state as state
  ), ${MOVE_PIECES}
  select from changed`;

interface Row {
  id: string;
  unit: string;
  state: 'held' | 'captured' | 'released' | 'returned';
  code_state: string;
  released_at: Date | null;
  made_at: Date;
  used: boolean;
}

/** The same for rewards that orders carry, of any programs. */
export async function settleUsedStickers(
  tx: Tx,
  used: readonly { program: string; redemption: string }[],
  now: Millis,
  shards: number,
): Promise<void> {
  for (const [program, own] of grouped(used, (one) => one.program)) {
    const ids = own.map(({ redemption }) => redemption);
    await settleStickers(tx, program, ids, now, shards);
  }
}

/**
 * Brings rewards that stickers bought to what became of them: used by an order that stands, or given back with their codes
 * open again, once the platform's code is dead. What was given back stays so: somebody else may have used the codes since.
 */
export async function settleStickers(
  tx: Tx,
  program: string,
  redemptions: readonly string[],
  now: Millis,
  shards: number,
): Promise<void> {
  const found = await tx.prepared<Row>('stickers_ours', OURS, [program, redemptions]);
  if (found.length === 0) return;
  const bearer = await lockBearer(tx, program);
  // read again now that nobody else moves stickers
  for (const row of await tx.prepared<Row>('stickers_ours', OURS, [program, redemptions])) {
    const state = stateOf(row);
    if (state === row.state) continue;
    await move(tx, { program, bearer, unit: row.unit }, row, state, now);
    await tx.prepared('stickers_state', STATE, [program, row.id, state]);
    if (state === 'captured') await wantDead(tx, program, [row.id], shards);
  }
}

function stateOf({ state, code_state, released_at, used }: Row): Row['state'] {
  const dead = code_state === 'killed' || code_state === 'failed';
  if (state === 'held') return used ? 'captured' : dead && released_at !== null ? 'released' : 'held';
  if (state === 'captured') return !used && dead ? 'returned' : 'captured';
  return state;
}

async function move(
  tx: Tx,
  of: { program: string; bearer: string; unit: string },
  { id, state: before, made_at }: Row,
  state: Row['state'],
  now: Millis,
): Promise<void> {
  const { program } = of;
  const drawn = await tx.prepared<{ of: string; n: number; ended: boolean }>('stickers_drawn', DRAWN, [
    ...[program, id, new Date(now)],
  ]);
  const back = state === 'released' || state === 'returned';
  const cause = `redemption:${id}`;
  const targets: Omit<Target, 'program' | 'member' | 'unit'>[] = [];
  const lots: LotChange[] = [];
  for (const { of: lot, n, ended } of drawn) {
    const points = BigInt(n);
    targets.push({ at: made_at.getTime(), cause, kind: 'hold', from: 'available', to: 'held', lot, points });
    if (state === 'captured' || before === 'captured')
      targets.push({ at: now, cause, kind: 'capture', from: 'held', to: 'redeemed', lot, points });
    if (!back) continue;
    const from = before === 'captured' ? 'redeemed' : 'held';
    targets.push({ at: now, cause, kind: 'give-back', from, to: ended ? 'expired' : 'available', lot, points });
    lots.push({ of: lot, drawn: -points, lapsed: ended ? points : 0n });
  }
  const uses = back ? drawn.map(({ of: lot }) => ({ spending: cause, lot, points: 0n })) : [];
  await postStickers(tx, of, { causes: [cause], targets, lots, uses }, now);
  if (back) await tx.prepared('stickers_free', FREE, [program, id]);
}
