import type { Millis } from '../lib/clock.js';
import { isDoneAt } from './activities.js';
import type { Activity } from './activities.js';
import { compile } from './compile.js';
import { turnsOf } from './deed-cases.js';
import type { Often } from './deeds/kind.js';
import { memberOfAward } from './goal-awards.js';
import { ALL_TAKEN, decidedIn } from './in-vain.js';
import { judge } from './judged.js';
import type { Known, KnownAward } from './known.js';
import { filledAt } from './payouts.js';
import type { ProgramRules } from './program-rules.js';
import { versionAt } from './versions.js';

/** The names of the locks of all turns of goals, of reviews and of friends that have limits of all together. */
export function goalLocks({ goals, reviews, referral }: ProgramRules): string[] {
  return [
    ...goals.filter(({ inAll }) => inAll !== undefined).map(({ id }) => `goal ${id}/`),
    ...(reviews?.inAll ? ['gift reviews/'] : []),
    ...(referral?.inAll ? ['gift referral/'] : []),
  ];
}

export interface GoalTurns {
  known: Known;
  /** What is decided now, by the name of the award; null = nothing any more. */
  changed: Map<string, KnownAward | null>;
  /** How many more are taken of each limit of all together. */
  more: Map<string, bigint>;
}

/** What somebody reached that has limits of all together: when, and whose it is. */
interface Reached {
  of: string;
  at: Millis;
  member: string;
  kind: 'goal' | 'gift';
  rule: { id: string; inAll: Often };
}

/**
 * Gives those who wrote a review, brought a friend or reached a goal their turns under limits of all together: first come, so that
 * what was decided stands for as long as it is reached. What is no longer reached gives its turns back first; reached again it is
 * asked anew. A day, week, month and year are those in which it was reached. Only for members of the `family`: of others not all is
 * known. `granted` = how many were had under each, by everybody.
 */
export function grantGoalTurns(
  known: Known,
  now: Millis,
  family: ReadonlySet<string>,
  granted: ReadonlyMap<string, bigint>,
): GoalTurns {
  const desk = new Desk(known, family, granted);
  const locks = new Set(known.rules.flatMap(({ rules }) => goalLocks(rules)));
  // a review in vain leaves its room under its member's own limits to another one, which is asked then
  const gifts = known.reviews.length + known.referrals.length;
  const isDecided = known.awards?.some(({ of }) => !of.startsWith('goal:')) === true;
  const ofGifts = (gifts > 0 || isDecided) && [...locks].some((name) => name.startsWith('gift '));
  for (let more = ofGifts ? gifts + 1 : 0; more > 0 && desk.decide('gift', giftsReached(desk.known, now)); more--);
  if ([...locks].some((name) => name.startsWith('goal '))) desk.decide('goal', goalsReached(desk.known, now));
  return desk;
}

/** Where turns are given, by what was decided before. */
class Desk implements GoalTurns {
  known: Known;
  readonly changed: GoalTurns['changed'] = new Map();
  readonly more: GoalTurns['more'] = new Map();
  private readonly family: ReadonlySet<string>;
  private readonly granted: ReadonlyMap<string, bigint>;

  constructor(known: Known, family: ReadonlySet<string>, granted: ReadonlyMap<string, bigint>) {
    this.known = known;
    this.family = family;
    this.granted = granted;
  }

  /** Whether anything was decided anew. Who was first is first; of one instant by name. */
  decide(kind: Reached['kind'], reached: readonly Reached[]): boolean {
    const all = reached.filter(({ member }) => this.family.has(member));
    all.sort((a, b) => a.at - b.at || (a.of < b.of ? -1 : 1));
    const standing = new Set(all.map(({ of }) => of));
    const decided = decidedIn(this.known);
    const before = this.changed.size;
    for (const [of, one] of decided) {
      if (of.startsWith('goal:') !== (kind === 'goal') || standing.has(of)) continue;
      if (!this.family.has(memberOfAward(of) ?? one.member ?? '')) continue;
      for (const place of one.turns) this.take(place, -1n);
      this.changed.set(of, null);
    }
    for (const one of all) this.ask(one, decided.get(one.of));
    const awards = [...new Map<string, KnownAward | null>([...decided, ...this.changed]).values()];
    this.known = { ...this.known, awards: awards.filter((one) => one !== null) };
    return this.changed.size > before;
  }

  private ask({ of, at, member, kind, rule }: Reached, before: KnownAward | undefined): void {
    if (before && (before.turns.length > 0 || at >= before.at)) return;
    const places = turnsOf(kind, rule, at, compile(versionAt(this.known.rules, at).rules).calendar);
    if (places.length === 0) return;
    const free = places.every(([place, most]) => this.taken(place) < BigInt(most));
    const turns = free ? places.map(([place]) => place) : [];
    for (const place of turns) this.take(place, 1n);
    this.changed.set(of, { of, at, turns, ...(kind === 'gift' && { member }) });
  }

  private taken(place: string): bigint {
    return (this.granted.get(place) ?? 0n) + (this.more.get(place) ?? 0n);
  }

  private take(place: string, n: bigint): void {
    this.more.set(place, (this.more.get(place) ?? 0n) + n);
  }
}

/** Every goal that is reached, and is limited so. */
function goalsReached(known: Known, now: Millis): Reached[] {
  return judge(known, now)
    .goals.payouts()
    .flatMap(({ goal: id, activity: { of }, activity, stands, inVain }) => {
      const at = filledAt(activity);
      const inAll = versionAt(known.rules, at).rules.goals.find((one) => one.id === id)?.inAll;
      if (!stands || (inVain ?? ALL_TAKEN) !== ALL_TAKEN || !inAll) return [];
      return [{ of, at, member: memberOfAward(of) ?? '', kind: 'goal', rule: { id, inAll } }];
    });
}

/** Every review, and every friend, that something is given for but for limits of all together. */
function giftsReached(known: Known, now: Millis): Reached[] {
  const { reviews, referrals } = judge(known, now);
  const of = (id: 'reviews' | 'referral', one: Activity | null | undefined, tooLate: boolean): Reached[] => {
    const inAll = one?.compiled.rules[id]?.inAll;
    if (!one || !inAll || !(tooLate || isDoneAt(one, now))) return [];
    return [{ of: one.of, at: one.earned, member: one.member, kind: 'gift', rule: { id, inAll } }];
  };
  return [
    ...reviews.flatMap(({ activity, tooLate }) => of('reviews', activity, tooLate)),
    ...referrals.flatMap(({ activities, tooLate }) => {
      const advocate = activities.find((one) => one.of.startsWith('referral:'));
      return of('referral', tooLate ?? advocate, tooLate !== null);
    }),
  ];
}
