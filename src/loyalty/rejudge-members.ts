import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { RuleVersion } from '../rules/known.js';
import type { ProgramRules } from '../rules/program-rules.js';
import { changesByItself } from '../rules/publication.js';
import { versionAt } from '../rules/versions.js';
import { settleMembers } from './settle-members.js';

const ASK = `
  insert into rejudging as r (program_id, since, everyone) values ($1, $2, $3)
  on conflict (program_id) do update set asked_at = now(), after_member = 0, total = null, done = 0, finished_at = null,
    since = case when r.finished_at is null then least(r.since, excluded.since) else excluded.since end,
    everyone = case when r.finished_at is null then r.everyone or excluded.everyone else excluded.everyone end`;

/**
 * Notes that a new version of the rules judges a past anew. The first version of all does not: before it was nothing. Nor does
 * one that begins later, unless something happens by itself that was foreseen otherwise.
 */
export async function askToRejudge(
  tx: Tx,
  program: string,
  before: readonly RuleVersion[],
  { rules, from }: { rules: ProgramRules; from: Millis },
  now: Millis,
): Promise<void> {
  if (before.length === 0) return;
  const replaced = [versionAt(before, from), ...before.filter((version) => version.from > from)];
  const everyone = replaced.some((version) => changesByItself(version.rules, rules));
  if (from > now && !everyone) return;
  await tx.prepared('loyalty_ask_to_rejudge', ASK, [program, new Date(from), everyone]);
}

/** How far a program's members are settled by rules that reach back. */
export interface Rejudging {
  done: number;
  /** Null before it has begun. */
  total: number | null;
  finished: boolean;
}

const HOW_FAR = `
  select done, total, finished_at is not null as finished, asked_at, since, everyone from rejudging where program_id = $1`;

/** What became of the last publication that judged members anew; null = none ever did. */
export async function readRejudging(
  tx: Tx,
  program: string,
): Promise<(Rejudging & { asked: Millis; since: Millis; everyone: boolean }) | null> {
  const [row] = await tx.prepared<Rejudging & { asked_at: Date; since: Date; everyone: boolean }>(
    'loyalty_how_far',
    HOW_FAR,
    [program],
  );
  if (!row) return null;
  const { asked_at, since, ...came } = row;
  return { ...came, asked: asked_at.getTime(), since: since.getTime() };
}

const WAITING = 'select program_id as program from rejudging where finished_at is null order by program_id';

/** Programs with members to be judged anew. Scope: intake. */
export async function programsToRejudge(tx: Tx): Promise<string[]> {
  return (await tx.prepared<{ program: string }>('loyalty_to_rejudge', WAITING, [])).map(({ program }) => program);
}

/**
 * Who has anything at or after $2, be it only that something became of an earlier order then. Who brought a friend is among
 * them whenever that was: what it gave rests on the friend's orders.
 */
const CONCERNED = `m.program_id = $1 and m.merged_into is null and ($3 or m.joined_at >= $2
  or exists (select from member f join order_state o on o.program_id = f.program_id and o.member_id = f.id
    where f.program_id = m.program_id and (f.id = m.id or f.merged_into = m.id)
      and (o.placed_at >= $2 or o.version >= $2 or o.removed))
  or exists (select from member f join activity a on a.program_id = f.program_id and a.member_id = f.id
    where f.program_id = m.program_id and (f.id = m.id or f.merged_into = m.id) and (a.at >= $2 or a.kind = 'referral'))
  or exists (select from member f join redemption r on r.program_id = f.program_id and r.member_id = f.id
    where f.program_id = m.program_id and (f.id = m.id or f.merged_into = m.id) and r.made_at >= $2))`;

const TAKE = `
  select since, everyone, after_member, total from rejudging where program_id = $1 and finished_at is null
  for update skip locked`;
const COUNT = `select count(*)::int as n from member m where ${CONCERNED}`;
const PAGE = `select m.id from member m where ${CONCERNED} and m.id > $4 order by m.id limit $5`;
const NOTE = `
  update rejudging set after_member = $2, done = done + $3, total = $4, finished_at = case when $5 then now() end
  where program_id = $1 returning done, total, finished_at is not null as finished`;

interface Taken {
  since: Date;
  everyone: boolean;
  after_member: string;
  total: number | null;
}

/**
 * Settles the next page of a program's members by the rules as they are now, in one transaction with the note of how far it
 * came: whoever stops in between goes on there. Null = there is nothing to do, or somebody else is doing it.
 */
export async function rejudgePage(
  tx: Tx,
  program: string,
  now: Millis,
  shards: number,
  limit: number,
): Promise<Rejudging | null> {
  const [taken] = await tx.prepared<Taken>('loyalty_rejudging', TAKE, [program]);
  if (!taken) return null;
  const whom = [program, taken.since, taken.everyone];
  const [counted] =
    taken.total === null ? await tx.prepared<{ n: number }>('loyalty_count_concerned', COUNT, whom) : [];
  const rows = await tx.prepared<{ id: string }>('loyalty_concerned', PAGE, [...whom, taken.after_member, limit]);
  const members = rows.map(({ id }) => ({ program, member: id }));
  await settleMembers(tx, members, now, shards);
  const [noted] = await tx.prepared<Rejudging>('loyalty_note_rejudging', NOTE, [
    program,
    rows.at(-1)?.id ?? taken.after_member,
    rows.length,
    taken.total ?? counted?.n ?? 0,
    rows.length < limit,
  ]);
  return noted ?? null;
}
