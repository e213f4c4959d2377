import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import type { Loyalty } from './context.js';
import { wantDead } from './code-dying.js';
import { type RedemptionRow, readRedemption } from './read-redemption.js';
import { STUCK_AFTER } from './read-stores.js';
import { audit } from './store-life.js';
import { type HandedOut, settleByHand } from './hand-out.js';
import { AT_ONCE, wantEffect } from './want-effects.js';

/** Which redemptions: all, what staff still have to hand out, those not yet used, those whose code the platform has not heard of for long, those used. */
export const REDEMPTIONS_SHOWN = ['all', 'to-give', 'held', 'stuck', 'used'] as const;
export type RedemptionsShown = (typeof REDEMPTIONS_SHOWN)[number];

export interface ListedRedemption {
  id: string;
  /** Of a page: the instant to go on from, as the database writes it. */
  made: string;
  store_id: string;
  member_id: string;
  public_id: string;
  reward: string;
  unit: string;
  points: string;
  off: string;
  code: string;
  state: RedemptionRow['state'];
  code_state: RedemptionRow['code_state'];
  made_at: Date;
  expires_at: Date;
  /** Staff hand it out. */
  by_hand: boolean;
  /** What the platform last answered to what we want of it; null when it has answered well, or was not asked. */
  trouble: string | null;
  stuck: boolean;
}

const WANTED = "r.code_state in ('wanted', 'dying')";
const SHOWN: Record<RedemptionsShown, string> = {
  all: 'true',
  'to-give': "r.by_hand and r.state = 'held'",
  held: "r.state = 'held'",
  stuck: `${WANTED} and (o.status = 2 or o.attempts >= ${STUCK_AFTER})`,
  used: "r.state in ('captured', 'returned')",
};

/** Of a page, and one more. Known to the planner, which starts helpers for as many rows as it fears. */
const MOST = 101;

/** The statement of one list; the plan of each is looked at by a test. */
export const redemptionsSql = (shown: RedemptionsShown): string => `
  select * from (select r.id, r.made_at::text as made, r.store_id, r.member_id, m.public_id, r.reward, r.unit, r.points, r.off, r.code,
    r.state, r.code_state, r.made_at, r.expires_at, r.by_hand, o.error as trouble,
    coalesce(o.status = 2 or o.attempts >= ${STUCK_AFTER}, false) as stuck
  from redemption r
  join member m on m.program_id = r.program_id and m.id = r.member_id
  left join lateral (
    (select status, attempts, error from outbox w
     where w.program_id = r.program_id and w.store_id = r.store_id and w.subject = r.id::text and w.status = 0
       and w.kind = case r.code_state when 'wanted' then 'create-code' else 'kill-code' end)
    union all
    (select status, attempts, error from outbox g
     where g.program_id = r.program_id and g.store_id = r.store_id and g.subject = r.id::text and g.status = 2
       and g.kind = case r.code_state when 'wanted' then 'create-code' else 'kill-code' end order by g.id desc limit 1)
    limit 1
  ) o on ${WANTED}
  where r.program_id = $1 and ${SHOWN[shown]}
    and (r.made_at, r.id) < ($2::timestamptz, $3::uuid)
  order by r.made_at desc, r.id desc limit ${MOST}) page order by made_at desc, id desc limit $4`;

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** A page of redemptions, newest first, those before `before`; one more than `limit` when there are more. */
export function listRedemptions(
  tx: Tx,
  program: string,
  page: { shown: RedemptionsShown; before: { made: string; id: string } | null; limit: number },
): Promise<ListedRedemption[]> {
  const { shown, before, limit } = page;
  // behind row-level security an index is not reached by what was made of a parameter, only by the parameter itself
  const values = [program, before?.made ?? 'infinity', before?.id ?? LAST_ID, limit + 1];
  return tx.prepared<ListedRedemption>(`redemptions_${shown}`, redemptionsSql(shown), values);
}

/** How many rewards staff have still to hand out. */
export async function countToHandOut(tx: Tx, program: string): Promise<number> {
  const [row] = await tx.prepared<{ n: number }>(
    'redemptions_count_to_give',
    `select count(*)::int as n from redemption where program_id = $1 and by_hand and state = 'held'`,
    [program],
  );
  return row?.n ?? 0;
}

const AGAIN = `
  update outbox set ${AT_ONCE}
  where program_id = $1 and store_id = $2 and kind = $3 and subject = $4 and status = 0`;

export const SOLUTIONS = ['retry', 'release', 'give', 'not-given'] as const;
type Solution = (typeof SOLUTIONS)[number];
const HANDED: Partial<Record<Solution, HandedOut>> = { give: 'given', release: 'released', 'not-given': 'waiting' };
const settled = (why: string) => new AppError('redemption_settled', 409, why);

/**
 * Helps a redemption on whose code the platform did not answer: asks once more at once, or gives up the code. What it holds goes
 * back only when the platform has said that the code is no more. One that staff hand out is given, or its points go back at once.
 * @throws AppError `not_found` (404), `redemption_settled` (409)
 */
export async function solveRedemption(
  tx: Tx,
  wish: { program: string; id: string; how: Solution; by: string },
  now: Millis,
  { shards }: Pick<Loyalty, 'shards'>,
): Promise<void> {
  const { program, id, how, by } = wish;
  const found = await readRedemption(tx, program, id);
  if (!found) throw new AppError('not_found', 404, 'There is nothing of that name here.');
  const { store_id: store, code_state: codeState, state, by_hand: byHand } = found;
  if (HANDED[how] !== undefined && how !== 'release' && !byHand)
    throw settled('Its code gives it: there is nothing to hand out.');
  if (how === 'release' && state !== 'held')
    throw settled('Its points were used or given back already: there is nothing to release.');
  if (how === 'retry' && codeState !== 'wanted' && codeState !== 'dying')
    throw settled('The shop has answered for this code already: there is nothing to try again.');
  if (byHand) {
    const as = HANDED[how] ?? 'waiting';
    if (!(await settleByHand(tx, { program, redemption: id, as }, now, shards)))
      throw settled('Somebody was faster: it was given, or its points went back.');
  } else {
    if (how === 'release') await wantDead(tx, program, [id], shards);
    const kind = how === 'retry' && codeState === 'wanted' ? 'create-code' : 'kill-code';
    if (how === 'retry' || codeState === 'dying') await wantEffect(tx, { program, store, kind, subject: id }, shards);
    await tx.prepared('redemption_again', AGAIN, [program, store, kind, id]);
  }
  await audit(tx, program, by, `redemption.${how}`, {
    redemption: id,
    reward: found.reward,
    at: new Date(now).toISOString(),
  });
}
