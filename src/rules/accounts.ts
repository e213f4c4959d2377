import type { Millis } from '../lib/clock.js';
import { Account } from './account.js';
import type { ProgramEnd } from './account.js';
import { holderOf } from './activities.js';
import type { Activity } from './activities.js';
import { compile } from './compile.js';
import type { Known } from './known.js';
import type { Move } from './moves.js';
import type { Ownership } from './ownership.js';
import { versionAt } from './versions.js';

/** Everybody's accounts while a past is played: whose they are at an instant, who was active when, when the program ends. */
export class Accounts {
  readonly moves: Move[] = [];
  readonly program: ProgramEnd;
  private readonly all = new Map<string, Account>();
  private readonly active = new Map<string, Millis>();
  private readonly ownership: Ownership;
  /** The versions of the rules, if any of them ends the program. */
  private readonly endings: Known['rules'];

  constructor({ rules }: Known, ownership: Ownership) {
    this.ownership = ownership;
    this.endings = rules.some((version) => version.rules.ends) ? rules : [];
    this.program = { redeemsUntil: compile(versionAt(rules, -Infinity).rules).redeemsUntil };
  }

  /** The instants at which the program's end may be another. */
  get announcements(): Millis[] {
    return this.endings.map(({ from }) => from);
  }

  /** The account of whoever the member is at an instant; a new one when they have none. */
  of(member: string, unit: string, at: Millis): Account {
    const owner = this.ownership.memberAt(member, at);
    const key = `${owner}\n${unit}`;
    let account = this.all.get(key);
    if (!account) this.all.set(key, (account = new Account(owner, unit, this.moves, this.program)));
    return account;
  }

  /** The account in which an activity's points come to be. */
  holding(activity: Activity, at: Millis): Account {
    return this.of(holderOf(activity, this.ownership), activity.unit, at);
  }

  /** Nobody has had anything yet. */
  get isEmpty(): boolean {
    return this.all.size === 0;
  }

  each(): Iterable<Account> {
    return this.all.values();
  }

  /** All that there are by now, whatever is opened meanwhile. */
  list(): Account[] {
    return [...this.all.values()];
  }

  activeAt(member: string): Millis {
    return this.active.get(member) ?? -Infinity;
  }

  merge(at: Millis): void {
    for (const merge of this.ownership.merges) {
      if (merge.at !== at) continue;
      for (const account of this.list()) {
        if (account.member === merge.from) account.mergeInto(this.of(merge.into, account.unit, at), at);
      }
    }
  }

  /** A publication may announce the program's end, or put it off. */
  followProgram(at: Millis): void {
    if (!this.endings.some((version) => version.from === at)) return;
    this.program.redeemsUntil = compile(versionAt(this.endings, at).rules).redeemsUntil;
    for (const account of this.all.values()) account.followProgram();
  }

  /** After a merge the activities of both are the one's: the last of them moves what has not ended by then (FORMAT 6.2, 7.2). */
  shareActivity(at: Millis): void {
    for (const { from, into, at: when } of this.ownership.merges) {
      if (when !== at) continue;
      const owner = this.ownership.memberAt(into, at);
      const last = Math.max(this.activeAt(from), this.activeAt(owner));
      if (last > -Infinity) this.stir(owner, at, last);
    }
  }

  /** An activity moves the end of all lots that live; it revives none. */
  stir(member: string, at: Millis, active = at): void {
    const owner = this.ownership.memberAt(member, at);
    this.active.set(owner, Math.max(this.activeAt(owner), active));
    for (const account of this.all.values()) if (account.member === owner) account.stir(active);
  }
}
