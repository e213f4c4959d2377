import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { LevelMoveKind } from './count-levels.js';

/** Members by their level, as of the last count (src/loyalty/count-levels.ts). */
export type LevelWish =
  /** Those who stand on a level; of these only those kept by grace. */
  | { level: string; graced: boolean }
  /** Those who stood on it at an instant. */
  | { level: string; on: Millis }
  /** Those who moved in a period, each once; to any level when none is named. */
  | { moved: LevelMoveKind; from: Millis; to: Millis; level: string | null };

export const ON_LEVEL = `
  select member_id as id from member_level
  where program_id = $1 and level = $2 and member_id < $3 and (falls_at is not null or not $4) order by member_id desc limit $5`;

/** Of every move to the level the last one before the instant, of its member. */
export const STOOD = `
  select m.member_id as id from level_move m
  where m.program_id = $1 and m.level = $2 and m.kind <> 'kept' and m.at < $3 and m.member_id < $4 and not exists (
    select from level_move l where l.program_id = $1 and l.member_id = m.member_id and l.nth > m.nth and l.at < $3 and l.kind <> 'kept')
  order by m.member_id desc limit $5`;

export const MOVED = `
  select distinct member_id as id from level_move
  where program_id = $1 and at >= $2 and at < $3 and kind = $4 and ($5::text is null or level = $5) and member_id < $6
  order by member_id desc limit $7`;

export async function membersByLevel(
  tx: Tx,
  program: string,
  wish: LevelWish,
  { before, limit }: { before: string; limit: number },
): Promise<string[]> {
  const rows = await tx.prepared<{ id: string }>(...statement(wish, program, before, limit));
  return rows.map(({ id }) => id);
}

function statement(wish: LevelWish, program: string, before: string, limit: number): [string, string, unknown[]] {
  if ('moved' in wish) {
    const { from, to, moved, level } = wish;
    return ['members_moved', MOVED, [program, new Date(from), new Date(to), moved, level, before, limit]];
  }
  return 'on' in wish
    ? ['members_stood', STOOD, [program, wish.level, new Date(wish.on), before, limit]]
    : ['members_on_level', ON_LEVEL, [program, wish.level, before, wish.graced, limit]];
}
