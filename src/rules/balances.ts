import type { Millis } from '../lib/clock.js';
import { orderActivities } from './activities.js';
import type { OrderCase } from './order-case.js';
import type { Playable } from './plan.js';
import { Play } from './play.js';

/** What a member could use of a unit from an instant on; ascending. */
type Level = { at: Millis; points: bigint };

/**
 * What members had at any instant, for rules that ask it of an order's member. The past is played once, as far as is asked, and
 * an order is judged when its own instant comes: what was had before an order's moment rests on earlier orders alone, so that
 * their points may hang on balances as well.
 */
export class Balances {
  private readonly play: Play;
  private readonly facts: Playable;
  private readonly orders = new Map<Millis, OrderCase[]>();
  private readonly levels = new Map<string, Level[]>();
  /** Everything up to here has been played, or is being played. */
  private played: Millis = -Infinity;

  /** `facts.activities` = all but those of orders. */
  constructor(facts: Playable) {
    this.facts = facts;
    this.play = new Play(facts);
    for (const order of facts.orders) {
      const { countsFor } = order;
      if (countsFor === null) continue;
      this.orders.set(countsFor, [...(this.orders.get(countsFor) ?? []), order]);
      this.play.plan.instants.add(countsFor);
    }
  }

  /** What a member could use of a unit at the end of an instant. */
  availableAt(member: string, unit: string, at: Millis): bigint {
    this.playUntil(at);
    const owner = this.facts.ownership.memberAt(member, at);
    return this.levels.get(`${owner}\n${unit}`)?.findLast((level) => level.at <= at)?.points ?? 0n;
  }

  private playUntil(until: Millis): void {
    while (this.played < until) {
      const at = this.play.plan.instants.next(until);
      this.played = at ?? until;
      if (at !== null) this.playInstant(at);
    }
  }

  private playInstant(at: Millis): void {
    for (const order of this.orders.get(at) ?? []) {
      for (const activity of orderActivities(order, this.facts.now)) this.play.plan.add(activity);
    }
    this.play.playInstant(at);
    for (const account of this.play.accounts.each()) {
      const key = `${account.member}\n${account.unit}`;
      const levels = this.levels.get(key) ?? [];
      if (levels.length === 0) this.levels.set(key, levels);
      const points = account.available();
      if (points !== (levels.at(-1)?.points ?? 0n)) levels.push({ at, points });
    }
  }
}
