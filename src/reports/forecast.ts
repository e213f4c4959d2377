/**
 * Points of one unit that were earned in the same month and end in the same. Months are counted from now, not by the calendar, so
 * that all of the past are whole ones: `earned` 0 = within the last month; `ends` 0 = within the coming one, -1 = within the last
 * one, null = never.
 */
export interface Cohort {
  earned: number;
  ends: number | null;
  /** What is left of them now. */
  open: number;
  /** What was used of them and what lapsed in a month of the past (`back` 0 = the last one), less what came back. */
  left: readonly { back: number; used: number; lapsed: number }[];
}

/** What became or becomes of open points, in points: nth = up to the end of the nth month ahead. Neither ever falls. */
export interface Outcome {
  used: number[];
  lapsed: number[];
}

interface Asked {
  /** Whether what a member does moves the end of their points; else these end when they say. */
  moving: boolean;
  /** Made so many months ago: nothing that happened since is looked at. */
  asOf?: number;
  months: number;
}

/** So many months of what left are known; points that are older are as these. */
export const OLDEST = 36;
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

/** What was open of a cohort so many months ago. */
const openThen = ({ open, left }: Cohort, asOf: number): number =>
  Math.max(0, open + sum(left.map((one) => (one.back < asOf ? one.used + one.lapsed : 0))));

/** Of what was there at an age, the shares that were used and that lapsed within the month. */
type Shares = { used: number; lapsed: number }[];

/**
 * Chain-ladder (Mack 1993) on what is left: of all cohorts that have been through an age, what was used at it over what there was.
 * An age that nobody has been through yet is as the one before it.
 */
function sharesByAge(cohorts: readonly Cohort[], asOf: number): Shares {
  const ages = Array.from({ length: OLDEST + 1 }, () => ({ there: 0, used: 0, lapsed: 0 }));
  for (const cohort of cohorts) {
    let open = openThen(cohort, asOf);
    const left = new Map(cohort.left.map((one) => [one.back, one]));
    for (let back = asOf; back <= Math.min(cohort.earned, OLDEST - 1); back += 1) {
      const { used, lapsed } = left.get(back) ?? { used: 0, lapsed: 0 };
      open = Math.max(0, open + used + lapsed);
      const age = ages[Math.min(OLDEST, cohort.earned - back)];
      if (!age) continue;
      age.there += open;
      age.used += used;
      age.lapsed += lapsed;
    }
  }
  const shares: Shares = [];
  for (const { there, used, lapsed } of ages) {
    const taken = there > 0 ? within(used / there, 1) : (shares.at(-1)?.used ?? 0);
    const gone = there > 0 ? within(lapsed / there, 1 - taken) : (shares.at(-1)?.lapsed ?? 0);
    shares.push({ used: taken, lapsed: gone });
  }
  return shares;
}

const within = (value: number, most: number): number => Math.min(Math.max(0, value), most);

/**
 * What becomes of the points that are open: month by month a cohort loses the share that others lost at its age; what is left when
 * it ends lapses. Where ends move, nobody knows them: there lapses, too, what lapsed of others at that age.
 */
export function foresee(cohorts: readonly Cohort[], { moving, asOf = 0, months }: Asked): Outcome {
  const shares = sharesByAge(cohorts, asOf);
  const [used, lapsed] = [Array.from({ length: months }, () => 0), Array.from({ length: months }, () => 0)];
  for (const cohort of cohorts) {
    if (cohort.earned < asOf) continue;
    let open = openThen(cohort, asOf);
    for (let month = 0; month < months && open > 0; month += 1) {
      const share = shares[Math.min(OLDEST, cohort.earned - asOf + month + 1)] ?? { used: 0, lapsed: 0 };
      const taken = open * share.used;
      const isOver = cohort.ends !== null && cohort.ends + asOf <= month;
      const gone = moving ? open * share.lapsed : isOver ? open - taken : 0;
      used[month] = (used[month] ?? 0) + taken;
      lapsed[month] = (lapsed[month] ?? 0) + gone;
      open -= taken + gone;
    }
  }
  return { used: running(used), lapsed: running(lapsed) };
}

/** What did become of the points that were open so many months ago. */
function happened(cohorts: readonly Cohort[], asOf: number): Outcome {
  const [used, lapsed] = [Array.from({ length: asOf }, () => 0), Array.from({ length: asOf }, () => 0)];
  for (const { earned, left } of cohorts) {
    if (earned < asOf) continue;
    for (const one of left) {
      if (one.back >= asOf) continue;
      const month = asOf - 1 - one.back;
      used[month] = (used[month] ?? 0) + one.used;
      lapsed[month] = (lapsed[month] ?? 0) + one.lapsed;
    }
  }
  return { used: running(used), lapsed: running(lapsed) };
}

function running(values: readonly number[]): number[] {
  let all = 0;
  return values.map((value) => (all += value));
}

/** The forecast as it would have been made so many months ago, beside what happened since. */
export interface Try {
  back: number;
  /** Points that were open then. */
  open: number;
  foreseen: Outcome;
  happened: Outcome;
}

/** A forecast asks so many months of a past at least, also one that is tried on the past. */
export const LEAST_PAST = 3;
/** Fewer tries say nothing of how far off a forecast may be. */
const LEAST_TRIES = 3;
/** The latest tries of each distance; further ones are of another shop than today's. */
const MOST_TRIES = 12;

/** How many whole months the past has, as far as it is looked at. */
export const pastOf = (cohorts: readonly Cohort[]): number =>
  Math.min(OLDEST, cohorts.reduce((most, { earned }) => Math.max(most, earned), -1) + 1);

/** One try; null = the past was too short then, or nothing was open. */
export function tryOut(cohorts: readonly Cohort[], moving: boolean, back: number): Try | null {
  const open = sum(cohorts.map((cohort) => (cohort.earned >= back ? openThen(cohort, back) : 0)));
  if (pastOf(cohorts) < back + LEAST_PAST || open <= 0) return null;
  const foreseen = foresee(cohorts, { moving, asOf: back, months: back });
  return { back, open, foreseen, happened: happened(cohorts, back) };
}

/** How far off it may be, as a share of what is open; nth = the nth month ahead. Null = tried too seldom to tell. */
export interface Misses {
  used: (number | null)[];
  lapsed: (number | null)[];
  /** How many tries there were for a month. */
  tries: number[];
}

/**
 * The widest miss of up to twelve tries on the own past, made in twelve different months: of twelve tries alike, a thirteenth is
 * within it twelve times of thirteen (split conformal, Lei et al. 2018). What lies further ahead is never held to be surer.
 */
export function missesOf(cohorts: readonly Cohort[], moving: boolean, months: number): Misses {
  const all = Array.from({ length: months + MOST_TRIES - 1 }, (_, nth) => tryOut(cohorts, moving, nth + 1));
  const misses: Misses = { used: [], lapsed: [], tries: [] };
  for (let month = 0; month < months; month += 1) {
    const tries = all.slice(month, month + MOST_TRIES).flatMap((one) => one ?? []);
    misses.tries.push(tries.length);
    for (const what of ['used', 'lapsed'] as const) {
      const off = tries.map(({ open, foreseen, happened: was }) => {
        const [said, did] = [foreseen[what][month] ?? 0, was[what][month] ?? 0];
        return Math.abs(said - did) / open;
      });
      const before = misses[what].at(-1) ?? 0;
      misses[what].push(tries.length < LEAST_TRIES ? null : Math.max(before, ...off));
    }
  }
  return misses;
}

/** Whole points; `low` and `high` null = not known how far off it may be. */
export interface Foreseen {
  points: bigint;
  low: bigint | null;
  high: bigint | null;
}
export interface ForecastMonth {
  used: Foreseen;
  lapsed: Foreseen;
  open: bigint;
}
export interface Forecast {
  open: bigint;
  /** Whole months of a past that it rests on. */
  past: number;
  /** Null = that is too short. */
  months: ForecastMonth[] | null;
  tries: Misses['tries'];
}

/** What is open now, month by month ahead: used, lapsed and still open are together what is open now, to the point. */
export function forecastOf(cohorts: readonly Cohort[], moving: boolean, months: number): Forecast {
  const all = Math.round(sum(cohorts.map(({ open }) => open)));
  const [open, past] = [BigInt(all), pastOf(cohorts)];
  if (past < LEAST_PAST) return { open, past, months: null, tries: [] };
  const outcome = foresee(cohorts, { moving, months });
  const misses = missesOf(cohorts, moving, months);
  const foreseen = (exact: number, points: number, miss: number | null | undefined): Foreseen => {
    if (miss == null) return { points: BigInt(points), low: null, high: null };
    const [low, high] = [within(exact - miss * all, all), within(exact + miss * all, all)];
    return { points: BigInt(points), low: BigInt(Math.floor(low)), high: BigInt(Math.ceil(high)) };
  };
  const made = outcome.used.map((taken, nth): ForecastMonth => {
    const gone = outcome.lapsed[nth] ?? 0;
    const used = Math.min(all, Math.round(taken));
    // both rounded up might come to one more than there is
    const points = { used, lapsed: Math.min(all - used, Math.round(gone)) };
    return {
      used: foreseen(taken, points.used, misses.used[nth]),
      lapsed: foreseen(gone, points.lapsed, misses.lapsed[nth]),
      open: open - BigInt(points.used + points.lapsed),
    };
  });
  return { open, past, months: made, tries: misses.tries };
}
