import type * as z from 'zod';
import { publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import { differenceOf, shareOf } from '../../reports/difference.js';
import { readActivity, readHours } from '../../reports/read-activity.js';
import { readReturning, type ReturningGroup } from '../../reports/read-returning.js';
import { Calendar, dayNumber } from '../../rules/calendar.js';
import type * as api from './report-schemas.js';
import type { Asking } from './verbs.js';
import { type ClearingVerbs, clearingVerbs } from './clearing-verbs.js';
import { type OwnerParts, within } from './within.js';
import { type WorthVerbs, worthVerbs } from './worth-verbs.js';

export interface ReportVerbs extends WorthVerbs, ClearingVerbs {
  activity(asking: Asking, months: number): Promise<z.infer<typeof api.activityAnswer>>;
  returning(asking: Asking, query: z.infer<typeof api.returningQuery>): Promise<z.infer<typeof api.returningAnswer>>;
}

const QUARTER_MS = 90 * 24 * 3_600_000;

export function reportVerbs(parts: OwnerParts): ReportVerbs {
  return {
    ...worthVerbs(parts),
    ...clearingVerbs(parts),
    activity: (asking, months) =>
      within(parts, asking, async (tx, program) => {
        const { now } = asking;
        const { zone } = versionInForce(await publishedVersions(tx, program), now).file.rules;
        const calendar = Calendar.of(zone);
        const { year, month } = calendar.wallClock(now);
        const first = calendar.startOf(dayNumber(year, month, 1));
        const to = now + 1;
        const period = { from: calendar.addMonths(first, 1 - months), to, zone };
        return {
          months: (await readActivity(tx, program, period)).map(({ flows, ...rest }) => ({
            ...rest,
            flows: flows.map(({ unit, given, used, expired }) => ({
              unit,
              given: `${given}`,
              used: `${used}`,
              expired: `${expired}`,
            })),
          })),
          hours: await readHours(tx, program, { from: now - QUARTER_MS, to, zone }),
        };
      }),
    returning: (asking, query) =>
      within(parts, asking, async (tx, program) => {
        const { members, others, joined, rewarded } = await readReturning(tx, program, { ...query, now: asking.now });
        const [one, other] = [groupOf(members), groupOf(others)];
        return {
          ...query,
          members: one,
          others: other,
          difference: differenceOf(one.share, other.share),
          firstReward: { joined, rewarded, share: shareOf(rewarded, joined) },
        };
      }),
  };
}

const groupOf = (group: ReturningGroup) => ({ ...group, share: shareOf(group.returned, group.customers) });
