import type { Millis } from '../lib/clock.js';
import type { Account } from './account.js';
import { Accounts } from './accounts.js';
import type { Step } from './activities.js';
import type { Calendar } from './calendar.js';
import { compile } from './compile.js';
import { Conversions, endsOf, nextEnd } from './conversions.js';
import type { End } from './conversions.js';
import { expiryOf } from './expiry.js';
import type { KnownReservation } from './known.js';
import { openLot } from './lots.js';
import type { Spending } from './lots.js';
import { Plan } from './plan.js';
import type { LotPlay, Playable, SpendingPlay } from './plan.js';

/** One run over all instants, in the order of FORMAT 9.9 at each. */
export class Play {
  readonly accounts: Accounts;
  readonly plan: Plan;
  /** By id, whether a reservation that was only asked for was granted. */
  readonly answers = new Map<string, boolean>();
  /** Null when no version of the rules turns points into anything by itself. */
  readonly conversions: Conversions | null;
  /** When points turn into something by the calendar. */
  private readonly ends: readonly End[];
  private readonly calendar: Calendar | null;

  constructor(judged: Playable) {
    const { rules } = judged.known;
    this.plan = new Plan(judged);
    this.accounts = new Accounts(judged.known, judged.ownership);
    for (const at of this.accounts.announcements) this.plan.instants.add(at);
    const converting = rules.filter((version) => version.rules.converts);
    this.conversions = converting.length > 0 ? new Conversions(judged.known, this.accounts) : null;
    // what a publication begins with turns at once
    if (this.conversions) for (const { from } of rules) this.plan.instants.add(from);
    this.ends = endsOf(converting.map((version) => version.rules));
    this.calendar = converting[0] ? compile(converting[0].rules).calendar : null;
  }

  get spendings(): readonly SpendingPlay[] {
    return this.plan.spendings;
  }

  run(): void {
    const { instants } = this.plan;
    for (let at = instants.next(); at !== null; at = instants.next()) this.playInstant(at);
  }

  playInstant(at: Millis): void {
    const { accounts, plan } = this;
    accounts.merge(at);
    accounts.followProgram(at);
    for (const account of accounts.each()) account.end(at);
    accounts.shareActivity(at);
    for (const member of plan.stirringAt(at)) accounts.stir(member, at);
    for (const [play, step] of plan.risesAt(at)) this.rise(play, step, at);
    for (const account of accounts.each()) account.mature(at);
    for (const [play, step] of plan.fallsAt(at)) this.fall(play, step, at);
    for (const play of plan.usesAt(at)) this.giveBack(play, at);
    for (const play of plan.usesAt(at)) this.draw(play, at);
    for (const account of accounts.each()) account.settle(at);
    this.conversions?.play(at);
    // while nobody has anything, no month's end turns it into anything
    if (this.calendar && !accounts.isEmpty)
      for (const end of this.ends) plan.instants.add(nextEnd(this.calendar, end, at));
    for (const account of accounts.each()) {
      for (const lot of account.lots) if (!lot.ended) plan.instants.add(lot.ends);
    }
  }

  private rise(play: LotPlay, step: Step, at: Millis): void {
    const { activity } = play;
    const { lot: opened } = play;
    const account = opened ? this.accounts.of(opened.member, activity.unit, at) : this.accounts.holding(activity, at);
    if (!play.lot || step.anew) {
      const dated = step.anew ? { ...activity, compiled: step.anew, earned: at, usable: at, fresh: at } : activity;
      const active = this.accounts.activeAt(account.member);
      const expiry = expiryOf(dated.compiled, dated.unit, dated.tier ?? null, dated.expiry);
      const fresh = openLot({ ...dated, expiry }, account.member, active, this.accounts.program.redeemsUntil);
      if (play.lot)
        Object.assign(play.lot, { ...fresh, given: play.lot.given, left: 0n, lapsed: 0n, drawn: play.lot.drawn });
      else account.lots.push((play.lot = fresh));
    }
    const { lot } = play;
    this.plan.instants.add(lot.usable);
    if (lot.ends !== null && lot.ends <= at) lot.ended = true;
    account.rise(lot, step.target - lot.given, at);
  }

  private fall(play: LotPlay, step: Step, at: Millis): void {
    const { lot } = play;
    if (lot) this.accounts.of(lot.member, lot.unit, at).fall(lot, lot.given - step.target, at);
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
    if (back > 0n) this.accountOf(spending, at).giveBack(spending, back, at);
    if (use?.captured === at && spending.to === 'held' && spending.taken > 0n) this.capture(spending, at);
  }

  private draw(play: SpendingPlay, at: Millis): void {
    const { spending, use } = play;
    const account = this.accountOf(spending, at);
    const target = this.target(play, at);
    if (use && !this.grants(use.reservation, account, at, target)) return;
    const more = target - spending.taken;
    if (more > 0n) {
      if (!account.spendings.includes(spending)) account.spendings.push(spending);
      // whoever became another before a code was used once more spends what is the other's
      spending.member = account.member;
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
    if (answer && this.plan.slides) this.accounts.stir(member, at);
    return answer;
  }

  private capture(spending: Spending, at: Millis): void {
    this.accountOf(spending, at).capture(spending, at);
  }

  private accountOf({ member, unit }: Spending, at: Millis): Account {
    return this.accounts.of(member, unit, at);
  }
}
