import type * as z from 'zod';
import type { Tx } from '../../db/database.js';
import type { Millis } from '../../lib/clock.js';
import { publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import { type Price, pricesOf } from '../../loyalty/reach.js';
import { monthOf } from '../../reports/clearing.js';
import { type Reach, readReach, readUnclaimed } from '../../reports/read-reach.js';
import { Calendar } from '../../rules/calendar.js';
import { type Spoken, spokenIn } from '../storefront/spoken.js';
import { rewardTitle } from '../storefront/words.js';
import { worthBy } from './overview-verbs.js';
import type * as api from './reach-schemas.js';
import type { Asking } from './verbs.js';
import { type OwnerParts, within } from './within.js';
import { rangeOf } from './worth-verbs.js';

type ActiveAnswer = z.infer<typeof api.activeAnswer>;
type UnclaimedAnswer = z.infer<typeof api.unclaimedAnswer>;

export interface ReachVerbs {
  active(asking: Asking, query: z.infer<typeof api.activeQuery>): Promise<ActiveAnswer>;
  unclaimed(asking: Asking, locale: z.infer<typeof api.unclaimedQuery>['locale']): Promise<UnclaimedAnswer>;
}

const DAY_MS = 24 * 3_600_000;
/** For how long somebody could have a reward: where the spans begin, the longest first. */
const WAITS = [365, 90, 30];

export function reachVerbs(parts: OwnerParts): ReachVerbs {
  return {
    active: (asking, { months, days }) =>
      within(parts, asking, async (tx, program) => {
        const { file } = versionInForce(await publishedVersions(tx, program), asking.now);
        const { before, to, zone } = rangeOf(file, months, asking.now);
        const calendar = Calendar.of(zone);
        // each month's end is the next one's beginning, the running month's is now
        const ends = Array.from({ length: 2 * months - 1 }, (_, nth) => calendar.addMonths(before, nth + 1));
        const reached = await readReach(tx, program, { instants: [...ends, to], days });
        const views = reached.map((one, nth) => monthView(one, zone, nth === reached.length - 1));
        return { days, months: views.slice(months), before: views.slice(0, months) };
      }),
    unclaimed: (asking, locale) =>
      within(parts, asking, async (tx, program) => {
        const { file } = versionInForce(await publishedVersions(tx, program), asking.now);
        const spoken = spokenIn(file, locale);
        const units: UnclaimedAnswer['units'] = [];
        for (const price of pricesOf(file.rules.rewards))
          units.push(await unclaimedOf(tx, program, price, spoken, asking.now));
        return { units };
      }),
  };
}

function monthView({ at, members, active }: Reach, zone: string, isRunning: boolean): ActiveAnswer['months'][number] {
  const dayAfter = `${monthOf(at, zone)}-01`;
  return { month: monthOf(at - 1, zone), until: isRunning ? null : dayAfter, members, active };
}

async function unclaimedOf(
  tx: Tx,
  program: string,
  price: Price,
  spoken: Spoken,
  now: Millis,
): Promise<UnclaimedAnswer['units'][number]> {
  const { rewards } = spoken.rules;
  const since = WAITS.map((days) => now - days * DAY_MS);
  const found = await readUnclaimed(tx, program, price, since);
  const worth = worthBy(spoken.rules);
  const amount = (of: typeof found) => {
    const points = of.reduce((sum, one) => sum + one.points, 0n);
    const members = of.reduce((sum, one) => sum + one.members, 0);
    return { members, points: `${points}`, worth: worth(price.unit, points) };
  };
  const cheapest = rewards.find((reward) =>
    pricesOf([reward]).some(({ unit, anybody }) => unit === price.unit && anybody === price.anybody),
  );
  return {
    unit: price.unit,
    cheapest:
      cheapest && price.anybody !== null ? { title: rewardTitle(spoken, cheapest), points: price.anybody } : null,
    ...amount(found),
    waits: [...WAITS, null].map((least, nth) => ({
      ...{ least, under: WAITS[nth - 1] ?? null },
      ...amount(found.filter((one) => one.nth === nth)),
    })),
  };
}
