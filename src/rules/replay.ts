import type { Millis } from '../lib/clock.js';
import { Account } from './account.js';
import type { ProgramEnd } from './account.js';
import type { Activity, Step } from './activities.js';
import type { Books } from './books.js';
import type { Calendar } from './calendar.js';
import { compile } from './compile.js';
import { Conversions, nextMonth } from './conversions.js';
import { endsByInactivity, expiryOf } from './expiry.js';
import { Instants } from './instants.js';
import { judge } from './judged.js';
import type { Judged } from './judged.js';
import type { Known, KnownReservation } from './known.js';
import { byKey, openLot } from './lots.js';
import type { Lot, Spending } from './lots.js';
import type { Move, MoveKind } from './moves.js';
import type { Use } from './redemptions.js';
import { versionAt } from './versions.js';
import { writeBooks } from './write-books.js';

/**
 * The books of a closed group of members as of `now`: an orderly replay of all that is known, by instant (FORMAT 9.10).
 * Pure: equal facts give equal books, whatever the order in which they were learned.
 */
export function replay(known: Known, now: Millis): Books {
  return writeBooks(...playJudged(judge(known, now)));
}

/** The replay with its workings: for those who need accounts rather than books (what can be redeemed, promises). */
export function playJudged(judged: Judged): [Judged, Play] {
  const play = new Play(judged);
  play.run();
  return [judged, play];
}

interface LotPlay {
  activity: Activity;
  lot: Lot | null;
}

interface SpendingPlay {
  use: Use | null;
  spending: Spending;
  steps: Step[];
  kind: MoveKind;
}

/** One run over all instants, in the order of FORMAT 9.9 at each. */
export class Play {
  readonly moves: Move[] = [];
  readonly spendings: SpendingPlay[] = [];
  readonly lots: LotPlay[] = [];
  /** By id, whether a reservation that was only asked for was granted. */
  readonly answers = new Map<string, boolean>();
  private readonly accounts = new Map<string, Account>();
  private readonly active = new Map<string, Millis>();
  private readonly instants: Instants;
  private readonly judged: Judged;
  private readonly steps = new Map<Millis, { rises: [LotPlay, Step][]; falls: [LotPlay, Step][] }>();
  private readonly uses = new Map<Millis, SpendingPlay[]>();
  private readonly stirs = new Map<Millis, string[]>();
  private readonly slides: boolean;
  /** The versions of the rules, if any of them ends the program. */
  private readonly endings: Known['rules'];
  private readonly program: ProgramEnd;
  /** Null when no version of the rules turns points into anything by itself. */
  readonly conversions: Conversions | null;
  private readonly months: Calendar | null;

  constructor(judged: Judged) {
    this.judged = judged;
    this.instants = new Instants(judged.now);
    this.slides = judged.known.rules.some(({ rules }) => endsByInactivity(rules));
    const { rules } = judged.known;
    this.endings = rules.some((version) => version.rules.ends) ? rules : [];
    this.program = { redeemsUntil: compile(versionAt(rules, -Infinity).rules).redeemsUntil };
    const converting = rules.filter((version) => version.rules.converts);
    this.conversions = converting.length > 0 ? new Conversions(judged.known, this.forConversions()) : null;
    const monthly = converting.find((version) => version.rules.converts?.some(({ when }) => when === 'month-end'));
    this.months = monthly ? compile(monthly.rules).calendar : null;
    this.plan();
  }

  private forConversions(): ConstructorParameters<typeof Conversions>[1] {
    return {
      accountOf: (member, unit, at) => this.accountOf(member, unit, at),
      allAccounts: () => this.allAccounts(),
      redeemsUntil: () => this.program.redeemsUntil,
      activeAt: (member) => this.active.get(member) ?? -Infinity,
    };
  }

  private plan(): void {
    const { known, ownership, redemptions } = this.judged;
    for (const merge of ownership.merges) this.instants.add(merge.at);
    for (const version of this.endings) this.instants.add(version.from);
    for (const activity of this.judged.activities) this.planLot(activity);
    const uses = redemptions.flatMap((redemption) => redemption.uses);
    for (const use of uses.sort((a, b) => (a.key < b.key ? -1 : 1))) this.planUse(use);
    for (const { id, member, unit, at, amount } of [...known.adjustments].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      if (amount >= 0 || at > this.judged.now) continue;
      const key = `adjust:${id}`;
      this.planSpending(null, { key, cause: key, member, unit, at, to: 'issued' }, 'adjust', [
        { at, target: BigInt(-amount) },
      ]);
    }
    if (this.slides) this.planActivity();
  }

  private planLot(activity: Activity): void {
    const play: LotPlay = { activity, lot: null };
    this.lots.push(play);
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
      this.uses.set(at, [...(this.uses.get(at) ?? []), play]);
      this.instants.add(at);
    }
  }

  /** What keeps points from ending by inactivity: orders that counted, granted reservations, visits. */
  private planActivity(): void {
    const stir = (member: string, at: Millis): void => {
      this.stirs.set(at, [...(this.stirs.get(at) ?? []), member]);
      this.instants.add(at);
    };
    for (const { owner, countsFor, ...order } of this.judged.orders.map(stirring)) {
      if (owner && countsFor !== null && !order.gone) stir(owner, countsFor);
    }
    for (const one of this.judged.known.reservations) if (one.asked === undefined) stir(one.member, one.at);
    for (const { member, at } of this.judged.known.visits) stir(member, at);
  }

  run(): void {
    for (let at = this.instants.next(); at !== null; at = this.instants.next()) this.playInstant(at);
  }

  private playInstant(at: Millis): void {
    this.merge(at);
    this.followProgram(at);
    for (const account of this.accounts.values()) account.end(at);
    this.shareActivity(at);
    for (const member of this.stirs.get(at) ?? []) this.stir(member, at);
    const steps = this.steps.get(at);
    for (const [play, step] of sorted(steps?.rises)) this.rise(play, step, at);
    for (const account of this.accounts.values()) account.mature(at);
    for (const [play, step] of sorted(steps?.falls)) this.fall(play, step, at);
    const uses = this.uses.get(at) ?? [];
    for (const play of uses) this.giveBack(play, at);
    for (const play of uses) this.draw(play, at);
    for (const account of this.accounts.values()) account.settle(at);
    this.conversions?.play(at);
    if (this.months) this.instants.add(nextMonth(this.months, at));
    for (const account of this.accounts.values()) {
      for (const lot of account.lots) if (!lot.ended) this.instants.add(lot.ends);
    }
  }

  accountOf(member: string, unit: string, at: Millis): Account {
    const owner = this.judged.ownership.memberAt(member, at);
    const key = `${owner}\n${unit}`;
    let account = this.accounts.get(key);
    if (!account) this.accounts.set(key, (account = new Account(owner, unit, this.moves, this.program)));
    return account;
  }

  allAccounts(): Account[] {
    return [...this.accounts.values()];
  }

  private merge(at: Millis): void {
    for (const merge of this.judged.ownership.merges) {
      if (merge.at !== at) continue;
      for (const account of [...this.accounts.values()]) {
        if (account.member === merge.from) account.mergeInto(this.accountOf(merge.into, account.unit, at), at);
      }
    }
  }

  /** After a merge the activities of both are the one's: the last of them moves what has not ended by then (FORMAT 6.2, 7.2). */
  private shareActivity(at: Millis): void {
    for (const { from, into, at: when } of this.judged.ownership.merges) {
      if (when !== at) continue;
      const owner = this.judged.ownership.memberAt(into, at);
      const last = Math.max(this.active.get(from) ?? -Infinity, this.active.get(owner) ?? -Infinity);
      if (last > -Infinity) this.stir(owner, at, last);
    }
  }

  /** A publication may announce the program's end, or put it off. */
  private followProgram(at: Millis): void {
    if (!this.endings.some((version) => version.from === at)) return;
    this.program.redeemsUntil = compile(versionAt(this.endings, at).rules).redeemsUntil;
    for (const account of this.accounts.values()) account.followProgram();
  }

  /** An activity moves the end of all lots that live; it revives none. */
  private stir(member: string, at: Millis, active = at): void {
    const owner = this.judged.ownership.memberAt(member, at);
    this.active.set(owner, Math.max(this.active.get(owner) ?? -Infinity, active));
    for (const account of this.accounts.values()) if (account.member === owner) account.stir(active);
  }

  private rise(play: LotPlay, step: Step, at: Millis): void {
    const { activity } = play;
    const account = play.lot
      ? this.accountOf(play.lot.member, activity.unit, at)
      : this.accountOf(activity.member, activity.unit, at);
    if (!play.lot || step.anew) {
      const dated = step.anew ? { ...activity, compiled: step.anew, earned: at, usable: at, fresh: at } : activity;
      const active = this.active.get(account.member) ?? -Infinity;
      const expiry = expiryOf(dated.compiled, dated.unit, dated.tier ?? null, dated.expiry);
      const fresh = openLot({ ...dated, expiry }, account.member, active, this.program.redeemsUntil);
      if (play.lot)
        Object.assign(play.lot, { ...fresh, given: play.lot.given, left: 0n, lapsed: 0n, drawn: play.lot.drawn });
      else account.lots.push((play.lot = fresh));
    }
    const { lot } = play;
    this.instants.add(lot.usable);
    if (lot.ends !== null && lot.ends <= at) lot.ended = true;
    account.rise(lot, step.target - lot.given, at);
  }

  private fall(play: LotPlay, step: Step, at: Millis): void {
    const { lot } = play;
    if (lot) this.accountOf(lot.member, lot.unit, at).fall(lot, lot.given - step.target, at);
  }

  /** What a spending's target is after this instant. */
  private target(play: SpendingPlay, at: Millis): bigint {
    let target = 0n;
    for (const step of play.steps) if (step.at <= at) target = step.target;
    return target;
  }

  private giveBack(play: SpendingPlay, at: Millis): void {
    const { spending, use } = play;
    const back = spending.taken - this.target(play, at);
    if (back > 0n) this.accountOf(spending.member, spending.unit, at).giveBack(spending, back, at);
    if (use?.captured === at && spending.to === 'held' && spending.taken > 0n) this.capture(spending, at);
  }

  private draw(play: SpendingPlay, at: Millis): void {
    const { spending, use } = play;
    const account = this.accountOf(spending.member, spending.unit, at);
    const target = this.target(play, at);
    if (use && !this.grants(use.reservation, account, at, target)) return;
    const more = target - spending.taken;
    if (more > 0n) {
      if (!account.spendings.includes(spending)) account.spendings.push(spending);
      account.draw(spending, more, at, spending.to === 'redeemed' ? 'spend' : play.kind);
    }
    if (use?.captured === at && spending.to === 'held') this.capture(spending, at);
  }

  /** Asked once, at its instant; whoever asked in vain was not active by it. */
  private grants({ id, member, asked }: KnownReservation, account: Account, at: Millis, points: bigint): boolean {
    if (asked === undefined) return true;
    const before = this.answers.get(id);
    if (before !== undefined) return before;
    const answer = account.available() + BigInt(asked) >= points;
    this.answers.set(id, answer);
    if (answer && this.slides) this.stir(member, at);
    return answer;
  }

  private capture(spending: Spending, at: Millis): void {
    this.accountOf(spending.member, spending.unit, at).capture(spending, at);
  }
}

function stirring(order: Judged['orders'][number]): {
  owner: string | undefined;
  countsFor: Millis | null;
  gone: boolean;
} {
  const { owner, countsFor } = order;
  return { owner: owner?.member.id, countsFor, gone: countsFor !== null && !order.standsAt(countsFor) };
}

/** One fixed order among activities of one instant: by key. */
function sorted(steps: [LotPlay, Step][] | undefined): [LotPlay, Step][] {
  return (steps ?? []).sort(([a], [b]) => byKey(a.activity.of, b.activity.of));
}
