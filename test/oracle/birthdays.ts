import { addDays, instantOf, isLeapYear, localTimeOf } from './calendar.js';
import type { Gift } from './gift.js';
import { type LevelAt, missedBy } from './gift-conditions.js';
import type { Known, Member } from './known.js';
import { whoIs } from './known.js';
import { inForce, isRunning } from './versions.js';

/** A birthday of a year that falls due: it is celebrated unless another of the same person and year came first. */
interface Celebration {
  member: string;
  year: number;
  at: number;
  monthDay: string;
}

const LAST_YEAR = 2100;

/** FORMAT 6.4: at local 00:00, once per calendar year, only of a date known long enough. */
export function birthdayGifts(known: Known, levelAt: LevelAt): Gift[] {
  if (![...known.versions].some((version) => version.rules.birthday)) return [];
  const due = [...known.members.values()].flatMap((member) => celebrationsOf(known, member));
  return due.flatMap((celebration): Gift[] => {
    const { at, member, year, monthDay } = celebration;
    const rules = inForce(known.versions, at);
    if (!rules.birthday) return [];
    const { gives, givesByTier, unit, expiry } = rules.birthday;
    // by the level that was held when the day began: those by points never ask what birthdays give
    const amount = (): number => {
      const level = givesByTier && levelAt(known, member, at, at - 1);
      return (level && givesByTier[level.id]) ?? gives;
    };
    const missed = (of: Celebration): boolean => {
      const { zone, birthday } = inForce(known.versions, of.at);
      return missedBy(known, { when: birthday?.when, zone, member: of.member, at: of.at }, levelAt) !== null;
    };
    const first = (t: number): boolean =>
      due.every(
        (other) =>
          other === celebration ||
          other.year !== year ||
          other.at > at ||
          (other.at === at && other.member >= member) ||
          whoIs(known, other.member, t) !== whoIs(known, member, t) ||
          missed(other),
      );
    return [
      {
        of: `birthday:${member}:${year}:${monthDay.replace('-', '')}`,
        unit: unit ?? 'points',
        expiry,
        member,
        counted: at,
        changes: [at, ...known.merges.map((merge) => merge.at).filter((merged) => merged > at)],
        amountAt: (t) => (t >= at && !missed(celebration) && first(t) ? amount() : 0),
        datedAt: () => ({ counted: at, usable: at, rules }),
      },
    ];
  });
}

function celebrationsOf(known: Known, member: Member): Celebration[] {
  const dates = [...member.birthdays]
    .sort((a, b) => a.known - b.known)
    .filter(({ date }, i, all) => date.slice(5) !== all[i - 1]?.date.slice(5));
  const celebrations: Celebration[] = [];
  dates.forEach(({ date, known: since }, index) => {
    const replaced = dates[index + 1]?.known ?? Infinity;
    const firstYear = localTimeOf(since, inForce(known.versions, since).zone).year;
    for (let year = firstYear; year <= Math.min(LAST_YEAR, firstYear + 5); year += 1) {
      const day = date.slice(5) === '02-29' && !isLeapYear(year) ? '02-28' : date.slice(5);
      const at = instantOf(`${year}-${day}`, inForce(known.versions, since).zone);
      const rules = inForce(known.versions, at);
      const longEnough = addDays(since, rules.birthday?.knownDays ?? 0, rules.zone) <= at;
      if (rules.birthday && longEnough && at < replaced && isRunning(rules, at)) {
        celebrations.push({ member: member.id, year, at, monthDay: day });
      }
    }
  });
  return celebrations;
}
