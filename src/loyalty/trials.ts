import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import type { ProgramRules } from '../rules/program-rules.js';
import { audit } from './store-life.js';

/** What may decide between two rewards: who takes one, who buys at all, what members bring. */
export const MEASURES = ['taken', 'bought', 'brought'] as const;
export type Measure = (typeof MEASURES)[number];

/** Two rewards of which chance offers each member one (H7). */
export interface Trial {
  id: string;
  name: string;
  one: string;
  other: string;
  measure: Measure;
  salt: string;
  began: Date;
  ends: Date;
  /** Since then everybody is offered both again. */
  closed: Date | null;
}

const DAY_MS = 24 * 3_600_000;
const READ = `
  select id, name, one, other, measure, salt, began_at as began, ends_at as ends, closed_at as closed
  from reward_trial where program_id = $1 and (closed_at is null or not $2) order by id desc limit 50`;

/** The last begun first; `open` = only those that still decide what members are offered. */
export async function readTrials(tx: Tx, program: string, { open }: { open: boolean }): Promise<Trial[]> {
  return tx.prepared<Trial>('trials', READ, [program, open]);
}

/**
 * On which side chance put a member: 0 is offered `one`, 1 the other. Always the same for the same one; src/reports/read-trials.ts
 * says the same in SQL.
 */
export const sideOf = ({ salt }: Pick<Trial, 'salt'>, member: string): 0 | 1 =>
  ((createHash('sha256').update(`${salt}/${member}`).digest()[0] ?? 0) & 1) === 0 ? 0 : 1;

/**
 * The rules as a member is offered them: without the reward of the other side. Who is no member yet is promised neither, for nobody
 * knows which it will be. A trial decides only as long as the rules have both.
 */
export function offeredTo(trials: readonly Trial[], rules: ProgramRules, member: string | null): ProgramRules {
  const has = (id: string) => rules.rewards.some((reward) => reward.id === id);
  const withheld = new Set(
    trials.flatMap((trial) => {
      if (!has(trial.one) || !has(trial.other)) return [];
      if (member === null) return [trial.one, trial.other];
      return sideOf(trial, member) === 0 ? [trial.other] : [trial.one];
    }),
  );
  if (withheld.size === 0) return rules;
  return { ...rules, rewards: rules.rewards.filter(({ id }) => !withheld.has(id)) };
}

export interface TrialWish {
  name: string;
  one: string;
  other: string;
  measure: Measure;
  days: number;
}

const BEGIN = `
  insert into reward_trial (program_id, name, one, other, measure, salt, began_at, ends_at, begun_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`;

/** @throws AppError `no_reward` (404), `trial_runs` (409: one of the rewards is in another trial), `trial_of_stickers` (409) */
export async function beginTrial(
  tx: Tx,
  program: string,
  rules: ProgramRules,
  { name, one, other, measure, days }: TrialWish,
  { by, now }: { by: string; now: Millis },
): Promise<void> {
  // one at a time: whoever comes second sees what the first has begun
  await tx.prepared('trials_lock', 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`trials/${program}`]);
  for (const id of [one, other]) {
    const reward = rules.rewards.find((known) => known.id === id);
    if (!reward) throw new AppError('no_reward', 404, `The program has no reward ${id}: publish it first.`);
    if (reward.unit === rules.stickers?.unit)
      throw new AppError('trial_of_stickers', 409, 'Stickers are nobody’s: chance cannot give them a side.');
  }
  const open = await readTrials(tx, program, { open: true });
  const busy = open.find((trial) => [trial.one, trial.other].some((id) => id === one || id === other));
  if (busy)
    throw new AppError('trial_runs', 409, `“${busy.name}” compares one of them already: end that comparison first.`);
  const ends = new Date(now + days * DAY_MS);
  const salt = randomBytes(16).toString('hex');
  const [row] = await tx.prepared<{ id: string }>('trials_begin', BEGIN, [
    ...[program, name, one, other, measure, salt, new Date(now), ends, by],
  ]);
  await audit(tx, program, by, 'reward.trial', { trial: row?.id, name, one, other, measure, days });
}

const CLOSE = `
  update reward_trial t set closed_at = coalesce(t.closed_at, $3) from reward_trial was
  where t.program_id = $1 and t.id = $2 and was.program_id = t.program_id and was.id = t.id
  returning t.name, was.closed_at is null as news`;

/** From now on everybody is offered both. Again changes nothing. @throws AppError `no_trial` (404) */
export async function closeTrial(
  tx: Tx,
  program: string,
  trial: string,
  { by, now }: { by: string; now: Millis },
): Promise<void> {
  const values = [program, trial, new Date(now)];
  const [row] = await tx.prepared<{ name: string; news: boolean }>('trials_close', CLOSE, values);
  if (!row) throw new AppError('no_trial', 404, 'There is no such comparison.');
  if (row.news)
    await audit(tx, program, by, 'reward.trial', { trial, name: row.name, before: 'open', after: 'closed' });
}
