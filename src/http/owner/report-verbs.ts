import type * as z from 'zod';
import { publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import { differenceOf, shareOf } from '../../reports/difference.js';
import { type ActiveMonth, readActivity, readHours } from '../../reports/read-activity.js';
import { readReturning, type ReturningGroup } from '../../reports/read-returning.js';
import { Calendar, dayNumber } from '../../rules/calendar.js';
import type * as api from './report-schemas.js';
import type { Millis } from '../../lib/clock.js';
import type { Asking } from './verbs.js';
import { type TargetVerbs, targetVerbs } from './target-verbs.js';
import { type ClearingVerbs, clearingVerbs } from './clearing-verbs.js';
import { type ForecastVerbs, forecastVerbs } from './forecast-verbs.js';
import { type PilotVerbs, pilotVerbs } from './pilot-verbs.js';
import { type OwnerParts, within } from './within.js';
import { type ReachVerbs, reachVerbs } from './reach-verbs.js';
import { type LevelVerbs, levelVerbs } from './level-verbs.js';
import { type WorthVerbs, worthVerbs } from './worth-verbs.js';

export interface ReportVerbs
  extends WorthVerbs, ClearingVerbs, TargetVerbs, LevelVerbs, PilotVerbs, ForecastVerbs, ReachVerbs {
  activity(asking: Asking, months: number): Promise<z.infer<typeof api.activityAnswer>>;
  returning(asking: Asking, query: z.infer<typeof api.returningQuery>): Promise<z.infer<typeof api.returningAnswer>>;
}

const DAY_MS = 24 * 3_600_000;
const QUARTER_MS = 90 * DAY_MS;

export function reportVerbs(parts: OwnerParts): ReportVerbs {
  return {
    ...worthVerbs(parts),
    ...clearingVerbs(parts),
    ...targetVerbs(parts),
    ...levelVerbs(parts),
    ...pilotVerbs(parts),
    ...forecastVerbs(parts),
    ...reachVerbs(parts),
    activity: (asking, months) =>
      within(parts, asking, async (tx, program) => {
        const { now } = asking;
        const { zone } = versionInForce(await publishedVersions(tx, program), now).file.rules;
        const calendar = Calendar.of(zone);
        const { year, month } = calendar.wallClock(now);
        const first = calendar.startOf(dayNumber(year, month, 1));
        const to = now + 1;
        const [before, from] = [calendar.addMonths(first, 1 - 2 * months), calendar.addMonths(first, 1 - months)];
        const hours = (start: Millis, end: Millis) => readHours(tx, program, { from: start, to: end, zone });
        return {
          months: (await readActivity(tx, program, { from, to, zone })).map(({ flows, ...rest }) => ({
            ...rest,
            flows: flows.map(flowView),
          })),
          before: sumOf(await readActivity(tx, program, { from: before, to: from, zone })),
          hours: await hours(now - QUARTER_MS, to),
          hoursBefore: await hours(now - 2 * QUARTER_MS, now - QUARTER_MS),
        };
      }),
    returning: (asking, query) =>
      within(parts, asking, async (tx, program) => {
        const read = async (now: Millis) => {
          const { members, others, joined, rewarded } = await readReturning(tx, program, { ...query, now });
          const [one, other] = [groupOf(members), groupOf(others)];
          const firstReward = { joined, rewarded, share: shareOf(rewarded, joined) };
          return { members: one, others: other, difference: differenceOf(one.share, other.share), firstReward };
        };
        const before = await read(asking.now - query.days * DAY_MS);
        const { share } = before.firstReward;
        return { ...query, ...(await read(asking.now)), before: { ...before, firstReward: share } };
      }),
  };
}

const groupOf = (group: ReturningGroup) => ({ ...group, share: shareOf(group.returned, group.customers) });

const flowView = ({ unit, given, used, expired }: ActiveMonth['flows'][number]) => ({
  unit,
  given: `${given}`,
  used: `${used}`,
  expired: `${expired}`,
});

/** Several months as one. */
function sumOf(months: readonly ActiveMonth[]) {
  const of = (key: 'joined' | 'orders' | 'giving') => months.reduce((sum, month) => sum + month[key], 0);
  const flows = months.flatMap((month) => month.flows);
  const units = [...new Set(flows.map(({ unit }) => unit))];
  const all = (unit: string, key: 'given' | 'used' | 'expired') =>
    flows.reduce((sum, flow) => (flow.unit === unit ? sum + flow[key] : sum), 0n);
  return {
    ...{ joined: of('joined'), orders: of('orders'), giving: of('giving') },
    flows: units.map((unit) =>
      flowView({ unit, given: all(unit, 'given'), used: all(unit, 'used'), expired: all(unit, 'expired') }),
    ),
  };
}
