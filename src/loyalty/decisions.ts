import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { Decision } from '../rules/books.js';

/** A decision about one activity of one program; `member` null when it is nobody's. */
export interface DecidedActivity {
  program: string;
  activity: string;
  member: string | null;
  decision: Decision;
}

/** The stored form of a decision's reasoning; points as text, since they may exceed 2^53. */
export type StoredExplanation = {
  lines: Record<string, Record<string, string>>;
  extra: Record<string, string>;
  missed: Decision['missed'];
  promotions: Record<string, string>;
  because: Decision['because'];
  /** The head of the household whose it became. */
  household?: string;
};

const WRITE = `
  insert into decision as d (program_id, activity, member_id, reason, gives, rule_version, explanation, decided_at)
  select x.program_id, x.activity, x.member_id, x.reason, x.said -> 'gives', x.rule_version, x.said -> 'explanation', $6::timestamptz
  from rows from (unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::int[]), jsonb_array_elements($7::jsonb))
    x(program_id, activity, member_id, reason, rule_version, said)
  order by x.program_id, x.activity
  on conflict (program_id, activity) do update set member_id = excluded.member_id, reason = excluded.reason,
    gives = excluded.gives, rule_version = excluded.rule_version, explanation = excluded.explanation,
    decided_at = excluded.decided_at
  where (d.reason, d.gives, d.rule_version, d.explanation) is distinct from
    (excluded.reason, excluded.gives, excluded.rule_version, excluded.explanation)
    or d.member_id is distinct from excluded.member_id`;

/** Records what was decided: one row an activity, replaced when a late or newer fact changes the answer. */
export function writeDecisions(tx: Tx, decided: readonly DecidedActivity[], now: Millis): void {
  if (decided.length === 0) return;
  tx.send('loyalty_decisions', WRITE, [
    decided.map((row) => row.program),
    decided.map((row) => row.activity),
    decided.map((row) => row.member),
    decided.map((row) => row.decision.reason),
    decided.map((row) => row.decision.version),
    new Date(now),
    JSON.stringify(
      decided.map(({ decision }) => ({ gives: asText(decision.gives), explanation: explanationOf(decision) })),
    ),
  ]);
}

const FORGET = `
  delete from decision where program_id = $1 and member_id = any($2::bigint[]) and activity like 'goal:%'
    and not activity = any($3::text[])`;

/** Goals that these members never reached, by what is known now: what was said of them when less was known goes. */
export function forgetAwards(
  tx: Tx,
  program: string,
  members: readonly string[],
  decided: readonly DecidedActivity[],
): void {
  tx.send('loyalty_forget_awards', FORGET, [program, members, decided.map((row) => row.activity)]);
}

function explanationOf(decision: Decision): StoredExplanation {
  return {
    lines: Object.fromEntries(Object.entries(decision.lines).map(([line, points]) => [line, asText(points)])),
    extra: asText(decision.extra),
    missed: decision.missed,
    promotions: asText(decision.promotions),
    because: decision.because,
    ...(decision.household !== undefined && { household: decision.household }),
  };
}

function asText(points: Record<string, bigint>): Record<string, string> {
  return Object.fromEntries(Object.entries(points).map(([key, value]) => [key, value.toString()]));
}
