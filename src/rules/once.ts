import type { Millis } from '../lib/clock.js';
import type { Activity } from './activities.js';
import type { Ownership } from './ownership.js';

/** Something that a person may be given once: of all candidates of a scope the lowest rank has it. */
export interface Candidate {
  /** "join", "birthday:2026", "review:<product>". */
  scope: string;
  from: Millis;
  rank: number;
  gives: bigint;
  /** Its steps are written by `giveOnce`. */
  activity: Activity;
}

/**
 * Gives each candidate its steps: it has its points from its instant while nobody of the same person (merged by then)
 * ranks before it. After a merge what stays is the earliest; the others are taken back at the merge (FORMAT 6.2).
 */
export function giveOnce(candidates: readonly Candidate[], ownership: Ownership, now: Millis): void {
  const scopes = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    if (candidate.from > now) continue;
    const list = scopes.get(candidate.scope) ?? [];
    list.push(candidate);
    scopes.set(candidate.scope, list);
  }
  const merges = ownership.merges.map((merge) => merge.at);
  for (const list of scopes.values()) {
    const instants = [...new Set([...list.map((one) => one.from), ...merges])].sort((a, b) => a - b);
    for (const at of instants) settleScope(list, ownership, at);
  }
}

function settleScope(list: readonly Candidate[], ownership: Ownership, at: Millis): void {
  const winners = new Map<string, Candidate>();
  for (const one of list) {
    if (one.from > at) continue;
    const who = ownership.memberAt(one.activity.member, at);
    const held = winners.get(who);
    if (!held || before(one, held)) winners.set(who, one);
  }
  for (const one of list) {
    if (one.from > at) continue;
    const wins = winners.get(ownership.memberAt(one.activity.member, at)) === one;
    const { steps } = one.activity;
    const target = wins ? one.gives : 0n;
    if (target !== (steps.at(-1)?.target ?? 0n)) steps.push({ at, target });
  }
}

function before(a: Candidate, b: Candidate): boolean {
  return a.rank !== b.rank ? a.rank < b.rank : a.activity.of < b.activity.of;
}
