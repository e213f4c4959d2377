import type * as z from 'zod';
import type { Tx } from '../../db/database.js';
import type { Millis } from '../../lib/clock.js';
import { publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import type { ProgramFile } from '../../programs/program-file.js';
import { shareOf } from '../../reports/difference.js';
import { monthOf } from '../../reports/clearing.js';
import { type Compared, compareLike, meanOf, type Sample, together } from '../../reports/means.js';
import { type Cohort, readCohorts } from '../../reports/read-cohorts.js';
import { readRewards, type RewardsUse } from '../../reports/read-rewards.js';
import { type OrderMonth, readOrderValue, readValue } from '../../reports/read-value.js';
import { Calendar, dayNumber } from '../../rules/calendar.js';
import { type Spoken, spokenIn } from '../storefront/spoken.js';
import { rewardTitle } from '../storefront/words.js';
import type * as api from './report-schemas.js';
import type { Asking } from './verbs.js';
import { iso, type OwnerParts, within } from './within.js';

type ValueQuery = z.infer<typeof api.valueQuery>;
type RewardsQuery = z.infer<typeof api.rewardsQuery>;
type RewardsAnswer = z.infer<typeof api.rewardsAnswer>;

export interface WorthVerbs {
  cohorts(asking: Asking, months: number): Promise<z.infer<typeof api.cohortsAnswer>>;
  value(asking: Asking, query: ValueQuery): Promise<z.infer<typeof api.valueAnswer>>;
  orderValue(asking: Asking, months: number): Promise<z.infer<typeof api.orderValueAnswer>>;
  rewards(asking: Asking, query: RewardsQuery): Promise<RewardsAnswer>;
}

/** Whole months of the shop: the range up to now, and as many before it. */
interface Range {
  before: Millis;
  from: Millis;
  to: Millis;
  zone: string;
  /** As `brought_in` has it: "EUR2". */
  money: string;
}

export function rangeOf({ rules: { zone, money } }: ProgramFile, months: number, now: Millis): Range {
  const calendar = Calendar.of(zone);
  const { year, month } = calendar.wallClock(now);
  const first = calendar.startOf(dayNumber(year, month, 1));
  const begin = (back: number) => calendar.addMonths(first, 1 - back);
  return { before: begin(2 * months), from: begin(months), to: now + 1, zone, money: `${money.code}${money.exponent}` };
}

export function worthVerbs(parts: OwnerParts): WorthVerbs {
  const inRange = <T>(
    asking: Asking,
    months: number,
    read: (tx: Tx, program: string, range: Range, file: ProgramFile) => Promise<T>,
  ) =>
    within(parts, asking, async (tx, program) => {
      const { file } = versionInForce(await publishedVersions(tx, program), asking.now);
      return read(tx, program, rangeOf(file, months, asking.now), file);
    });
  return {
    cohorts: (asking, months) =>
      inRange(asking, months, async (tx, program, { before, from, to, zone }) => {
        const all = await readCohorts(tx, program, { from: before, to, now: to, zone });
        const first = monthOf(from, zone);
        const now = all.filter(({ month }) => month >= first);
        return {
          cohorts: now,
          nth: nthShares(
            now,
            all.filter(({ month }) => month < first),
          ),
        };
      }),
    value: (asking, { months, within: days }) =>
      inRange(asking, months, async (tx, program, { before, from, to, zone, money }) => {
        const read = (start: Millis, end: Millis) =>
          readValue(tx, program, { from: start, to: end, within: days, zone, money });
        return {
          within: days,
          now: comparedView(await read(from, to)),
          before: comparedView(await read(before, from)),
        };
      }),
    orderValue: (asking, months) =>
      inRange(asking, months, async (tx, program, { before, from, to, zone, money }) => {
        const all = await readOrderValue(tx, program, { from: before, to, zone, money });
        const first = monthOf(from, zone);
        const now = all.filter(({ month }) => month >= first);
        return {
          months: now.map(({ month, members, others }) => ({ month, members: side(members), others: side(others) })),
          now: bothSides(now),
          before: bothSides(all.filter(({ month }) => month < first)),
        };
      }),
    rewards: (asking, { months, locale }) =>
      inRange(asking, months, async (tx, program, range, file) =>
        rewardsView(await readRewards(tx, program, range), spokenIn(file, locale), monthOf(range.from, range.zone)),
      ),
  };
}

/** The share that bought in the nth month, of all cohorts that have lived through it. */
function nthShares(now: readonly Cohort[], before: readonly Cohort[]) {
  const longest = Math.max(0, ...now.map(({ bought }) => bought.length));
  const shareIn = (cohorts: readonly Cohort[], nth: number) => {
    const lived = cohorts.filter(({ bought }) => bought.length > nth);
    const sum = (of: (cohort: Cohort) => number) => lived.reduce((so, cohort) => so + of(cohort), 0);
    return shareOf(
      sum(({ bought }) => bought[nth] ?? 0),
      sum(({ joined }) => joined),
    );
  };
  return Array.from({ length: longest }, (_, nth) => ({ now: shareIn(now, nth), before: shareIn(before, nth) }));
}

const comparedView = (compared: Compared | null) =>
  compared && {
    members: compared.one,
    others: compared.other,
    difference: compared.difference,
    counted: { members: compared.ones, others: compared.others, alone: compared.alone },
  };

const side = (sample: Sample) => ({ orders: sample.n, mean: meanOf(sample) });

function bothSides(months: readonly OrderMonth[]) {
  const one = together(months.map(({ members }) => members));
  const other = together(months.map(({ others }) => others));
  return { members: side(one), others: side(other), difference: compareLike([{ one, other }])?.difference ?? null };
}

function rewardsView({ months, bought, ever, taken }: RewardsUse, spoken: Spoken, first: string): RewardsAnswer {
  const sum = (of: 'active' | 'rewarded', isNow: boolean) =>
    months.filter(({ month }) => month >= first === isNow).reduce((so, month) => so + month[of], 0);
  const firstReward = (isNow: boolean) => shareOf(sum('rewarded', isNow), sum('active', isNow));
  const offered = spoken.rules.rewards;
  const gone = taken.flatMap(({ reward }) => (offered.some(({ id }) => id === reward) ? [] : [reward]));
  const line = (reward: string, title: string, isOffered: boolean) => {
    const found = taken.find((one) => one.reward === reward);
    const last = found ? iso(found.last.getTime()) : null;
    return { reward, title, offered: isOffered, taken: found?.times ?? 0, before: found?.before ?? 0, last };
  };
  return {
    months: months.filter(({ month }) => month >= first),
    firstReward: { now: firstReward(true), before: firstReward(false) },
    ever: { bought, rewarded: ever, share: shareOf(ever, bought) },
    rewards: [
      ...offered.map((reward) => line(reward.id, rewardTitle(spoken, reward), true)),
      ...gone.map((reward) => line(reward, reward, false)),
    ],
  };
}
