import type { Millis } from '../lib/clock.js';
import type { Activity, Step } from './activities.js';
import { endsByInactivity } from './expiry.js';
import { Instants } from './instants.js';
import type { Judged } from './judged.js';
import { byKey } from './lots.js';
import type { Lot, Spending } from './lots.js';
import type { MoveKind } from './moves.js';
import type { Use } from './redemptions.js';

export interface LotPlay {
  activity: Activity;
  lot: Lot | null;
}

export interface SpendingPlay {
  use: Use | null;
  spending: Spending;
  steps: Step[];
  kind: MoveKind;
}

type Turn = [LotPlay, Step];

/** What is played of a judged past: what is judged to be given and taken. */
export type Playable = Pick<Judged, 'known' | 'now' | 'ownership' | 'orders' | 'redemptions' | 'activities'>;

/** What happens when: everything that a play goes through, by instant. */
export class Plan {
  readonly instants: Instants;
  readonly spendings: SpendingPlay[] = [];
  /** Some points end by inactivity: what a member does moves the end of all of them. */
  readonly slides: boolean;
  private readonly steps = new Map<Millis, { rises: Turn[]; falls: Turn[] }>();
  private readonly uses = new Map<Millis, SpendingPlay[]>();
  private readonly stirs = new Map<Millis, string[]>();
  private readonly judged: Playable;

  constructor(judged: Playable) {
    this.judged = judged;
    const { known, now, ownership, redemptions } = judged;
    this.instants = new Instants(now);
    this.slides = known.rules.some(({ rules }) => endsByInactivity(rules));
    for (const merge of ownership.merges) this.instants.add(merge.at);
    for (const activity of judged.activities) this.add(activity);
    const uses = redemptions.flatMap((redemption) => redemption.uses);
    for (const use of uses.sort((a, b) => (a.key < b.key ? -1 : 1))) this.planUse(use);
    for (const { id, member, unit, at, points } of [...(known.sent ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      if (at > now) continue;
      const key = `send:${id}`;
      const steps = [{ at, target: BigInt(points) }];
      this.planSpending(null, { key, cause: key, member, unit, at, to: 'issued' }, 'send', steps);
    }
    for (const { id, member, unit, at, amount } of [...known.adjustments].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      if (amount >= 0 || at > now) continue;
      const key = `adjust:${id}`;
      const steps = [{ at, target: BigInt(-amount) }];
      this.planSpending(null, { key, cause: key, member, unit, at, to: 'issued' }, 'adjust', steps);
    }
    if (this.slides) this.planActivity();
  }

  /** What an activity gives over time: a lot that rises and falls. */
  add(activity: Activity): void {
    const play: LotPlay = { activity, lot: null };
    let target = 0n;
    for (const step of activity.steps) {
      let here = this.steps.get(step.at);
      if (!here) this.steps.set(step.at, (here = { rises: [], falls: [] }));
      (step.target > target ? here.rises : here.falls).push([play, step]);
      target = step.target;
      this.instants.add(step.at);
    }
  }

  private planUse(use: Use): void {
    const { id, member, unit } = use.reservation;
    const spending = { key: use.key, cause: `redemption:${id}`, member, unit, at: use.at };
    const holds = use.captured === null || use.steps[0]?.at !== use.captured || use.key === `redemption:${id}`;
    const to = holds ? ('held' as const) : ('redeemed' as const);
    this.planSpending(use, { ...spending, to }, holds ? 'hold' : 'spend', use.steps);
  }

  private planSpending(
    use: Use | null,
    of: Pick<Spending, 'key' | 'cause' | 'member' | 'unit' | 'at' | 'to'>,
    kind: MoveKind,
    steps: Step[],
  ): void {
    const spending: Spending = { ...of, taken: 0n, owed: 0n, draws: [], forgiven: new Map() };
    const play = { use, spending, steps, kind };
    this.spendings.push(play);
    for (const at of new Set(steps.map((step) => step.at))) {
      this.uses.set(at, [...this.usesAt(at), play]);
      this.instants.add(at);
    }
  }

  /** What keeps points from ending by inactivity: orders that counted, granted reservations, visits. */
  private planActivity(): void {
    const stir = (member: string, at: Millis): void => {
      this.stirs.set(at, [...this.stirringAt(at), member]);
      this.instants.add(at);
    };
    // what somebody does for a household keeps its points as well as their own
    const stirBoth = (member: string, at: Millis, moment: Millis): void => {
      stir(member, at);
      const holder = this.judged.ownership.holderAt(member, moment);
      if (holder !== member) stir(holder, at);
    };
    for (const order of this.judged.orders) {
      const { owner, countsFor } = order;
      if (owner && countsFor !== null && order.standsAt(countsFor))
        stirBoth(owner.member.id, countsFor, order.times.moment);
    }
    for (const one of this.judged.known.reservations) if (one.asked === undefined) stir(one.member, one.at);
    for (const { member, at } of this.judged.known.visits) stirBoth(member, at, at);
  }

  risesAt(at: Millis): readonly Turn[] {
    return sorted(this.steps.get(at)?.rises);
  }

  fallsAt(at: Millis): readonly Turn[] {
    return sorted(this.steps.get(at)?.falls);
  }

  usesAt(at: Millis): readonly SpendingPlay[] {
    return this.uses.get(at) ?? [];
  }

  /** Whose activity at an instant moves the end of their points. */
  stirringAt(at: Millis): readonly string[] {
    return this.stirs.get(at) ?? [];
  }
}

/** One fixed order among activities of one instant: by key. */
function sorted(steps: Turn[] | undefined): readonly Turn[] {
  return (steps ?? []).sort(([a], [b]) => byKey(a.activity.of, b.activity.of));
}
