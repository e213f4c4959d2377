import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { Draft } from '../loyalty/drafts.js';
import type { PublishedVersion } from '../loyalty/program-versions.js';
import { audit } from '../loyalty/store-life.js';
import type { ProgramRules, Promotion, When } from '../rules/program-rules.js';
import { opensAt } from '../rules/promotions/moment-for.js';
import { movedBack } from '../rules/promotions/move-back.js';
import type { SimulationReport } from './report.js';
import { type Simulation, simulationOfDraft } from './simulations.js';

const HOUR = 3_600_000;

/** Promotions that are new, or otherwise than they were; null = there was no program. */
export function changedPromotions(before: ProgramRules | null, after: ProgramRules): Promotion[] {
  const known = before?.promotions ?? [];
  return after.promotions.filter(
    (promotion) => !isDeepStrictEqual(promotion, known.find(({ id }) => id === promotion.id) ?? null),
  );
}

/** What a simulation said of a promotion before it was published. */
export interface Forecast {
  unit: string;
  /** More than without it, over the hours in which it was open in the simulation. */
  points: bigint;
  openHours: number;
  together: number;
  /** Published to be in force from then on. */
  from: Millis;
}

const KEEP = `
  insert into forecast (program_id, promotion, unit, points, open_hours, together, from_at)
  select $1, * from unnest($2::text[], $3::text[], $4::bigint[], $5::int[], $6::int[], $7::timestamptz[])
  on conflict (program_id, promotion) do update set unit = excluded.unit, points = excluded.points,
    open_hours = excluded.open_hours, together = excluded.together, from_at = excluded.from_at`;

interface Foretelling {
  draft: Draft;
  /** What was published before; null = nothing. */
  before: PublishedVersion | null;
  published: PublishedVersion;
  by: string;
}

/**
 * Keeps what the draft's simulation said of its promotions, to be held against what happens. Promotions that were published
 * without one leave a line in the audit: who did it.
 */
export async function foretold(tx: Tx, program: string, { draft, before, published, by }: Foretelling): Promise<void> {
  const { rules } = draft.file;
  const changed = changedPromotions(before?.file.rules ?? null, rules);
  if (changed.length === 0) return;
  const simulation = await simulationOfDraft(tx, program, draft);
  if (!simulation?.report) {
    const promotions = changed.map(({ id }) => id);
    return audit(tx, program, by, 'promotion.not-simulated', { version: published.version, promotions });
  }
  const said = changed.map((promotion) => saidOf(promotion, rules, simulation, simulation.report));
  const column = <T>(of: (one: (typeof said)[number]) => T) => said.map(of);
  await tx.prepared('forecast_keep', KEEP, [
    program,
    column(({ id }) => id),
    column(({ unit }) => unit),
    column(({ points }) => points),
    column(({ openHours }) => openHours),
    column(() => said.length),
    column(() => new Date(published.from)),
  ]);
}

function saidOf(
  { id, unit }: Promotion,
  rules: ProgramRules,
  { since, asked }: Simulation,
  report: SimulationReport | null,
) {
  const points = report?.units[unit]?.points;
  const given = (side: 'before' | 'after') => BigInt(points?.[side].given ?? 0) - BigInt(points?.[side].takenBack ?? 0);
  const begin = since ?? asked - 366 * 24 * HOUR;
  const { rules: played } = movedBack(rules, [id], begin, asked);
  const when = played.promotions.find((promotion) => promotion.id === id)?.when ?? {};
  return {
    id,
    unit,
    points: `${given('after') - given('before')}`,
    openHours: hoursOpen(when, rules.zone, begin, asked),
  };
}

/** Whole hours in which a window is open: asked in the middle of each. */
function hoursOpen(when: When, zone: string, from: Millis, to: Millis): number {
  const opens = opensAt([when], zone);
  let hours = 0;
  for (let at = from + HOUR / 2; at < to; at += HOUR) if (opens(at)) hours += 1;
  return hours;
}

const READ = `
  select promotion, unit, points, open_hours as "openHours", together, from_at as "from" from forecast where program_id = $1`;

/** By promotion. */
export async function readForecasts(tx: Tx, program: string): Promise<Map<string, Forecast>> {
  const rows = await tx.prepared<Omit<Forecast, 'points' | 'from'> & { promotion: string; points: string; from: Date }>(
    'forecast_read',
    READ,
    [program],
  );
  return new Map(
    rows.map(({ promotion, points, from, ...row }) => [
      promotion,
      { ...row, points: BigInt(points), from: from.getTime() },
    ]),
  );
}

const LONGEST = 731 * 24 * HOUR;

/** What of it was to be expected by `now`: the same an open hour as in the simulation. Null = it was never open there. */
export function expectedBy(
  { points, openHours, from }: Forecast,
  { when }: Promotion,
  zone: string,
  now: Millis,
): bigint | null {
  if (openHours === 0) return null;
  const hours = hoursOpen(when ?? {}, zone, Math.max(from, now - LONGEST), now);
  return BigInt(Math.round((Number(points) * hours) / openHours));
}
