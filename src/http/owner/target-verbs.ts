import type * as z from 'zod';
import type { Tx } from '../../db/database.js';
import type { Millis } from '../../lib/clock.js';
import { publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import { shareOf } from '../../reports/difference.js';
import { estimateOf, type Estimate, together } from '../../reports/means.js';
import { readReturning } from '../../reports/read-returning.js';
import { readOrderValue } from '../../reports/read-value.js';
import { type Aim, AIMS, readTargets, setTarget, verdictOf } from '../../reports/targets.js';
import type * as api from './report-schemas.js';
import type { Asking } from './verbs.js';
import { actorOf, iso, type OwnerParts, within } from './within.js';
import { rangeOf } from './worth-verbs.js';

type TargetsAnswer = z.infer<typeof api.targetsAnswer>;

export interface TargetVerbs {
  targets(asking: Asking): Promise<TargetsAnswer>;
  setTarget(asking: Asking, wish: z.infer<typeof api.targetRequest>): Promise<TargetsAnswer>;
}

export function targetVerbs(parts: OwnerParts): TargetVerbs {
  return {
    targets: (asking) => within(parts, asking, (tx, program) => targetsView(tx, program, asking.now)),
    setTarget: (asking, { what, aim }) =>
      within(parts, asking, async (tx, program) => {
        await setTarget(tx, program, { what, aim, by: actorOf(asking), now: asking.now });
        return targetsView(tx, program, asking.now);
      }),
  };
}

const DAY_MS = 24 * 3_600_000;
const QUARTER = 90;
const YEAR = 365;

async function targetsView(tx: Tx, program: string, now: Millis): Promise<TargetsAnswer> {
  const targets = await readTargets(tx, program);
  const { file } = versionInForce(await publishedVersions(tx, program), now);
  const { zone, money } = rangeOf(file, 1, now);
  const cameBack = async (until: Millis): Promise<Estimate | null> => {
    const { members } = await readReturning(tx, program, { days: YEAR, within: QUARTER, now: until });
    const share = shareOf(members.returned, members.customers);
    return share && { value: share.share, low: share.low, high: share.high };
  };
  const orderValue = async (until: Millis): Promise<Estimate | null> => {
    const months = await readOrderValue(tx, program, { from: until - QUARTER * DAY_MS, to: until, zone, money });
    return estimateOf(together(months.map(({ members }) => members)));
  };
  const measured: Record<Aim, { now: Estimate | null; before: Estimate | null; days: number }> = {
    'came-back': { now: await cameBack(now), before: await cameBack(now - YEAR * DAY_MS), days: YEAR },
    'order-value': { now: await orderValue(now), before: await orderValue(now - QUARTER * DAY_MS), days: QUARTER },
  };
  return {
    targets: AIMS.map((what) => {
      const target = targets.find((one) => one.what === what);
      const since = target ? iso(target.since.getTime()) : null;
      const verdict = target ? verdictOf(target.aim, measured[what].now) : null;
      return { what, aim: target?.aim ?? null, since, verdict, ...measured[what] };
    }),
  };
}
