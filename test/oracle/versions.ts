import { endOfDay, instantOf } from './calendar.js';
import type { Base, EarningRule, History, Program, Promotion, Reward, StampCard, Unit } from './format.js';

/** A version of the program with every default of FORMAT 1 written out. */
export interface Rules extends Program {
  base: Base;
  earning: EarningRule[];
  promotions: Promotion[];
  stamps: StampCard[];
  rewards: Reward[];
  pendingDays: number;
  currencies: Record<string, string | number>;
  moment: 'placed' | 'paid';
}

export interface Version {
  from: number;
  rules: Rules;
}

const withDefaults = (program: Program): Rules => ({
  ...program,
  moment: program.moment ?? 'placed',
  pendingDays: program.pendingDays ?? 0,
  base: withBase({ tax: false, shipping: false, discounts: 'after', giftCardPaid: 'in' }, program.base),
  earning: program.earning ?? [],
  promotions: program.promotions ?? [],
  stamps: program.stamps ?? [],
  rewards: program.rewards ?? [],
  currencies: program.currencies ?? {},
});

/** A rule's own `base` overrides the program's, key by key (FORMAT 3). */
export const withBase = (base: Base, own: Partial<Base> | undefined): Base => ({ ...base, ...own });

/** FORMAT 1: a published version's top-level keys replace those of the version before. */
export function versionsOf(program: Program, published: { at: number; program: Partial<Program> }[]): Version[] {
  let current = program;
  const versions = [{ from: Number.NEGATIVE_INFINITY, rules: withDefaults(current) }];
  for (const next of [...published].sort((a, b) => a.at - b.at)) {
    current = { ...current, ...next.program };
    versions.push({ from: next.at, rules: withDefaults(current) });
  }
  return versions;
}

export function inForce(versions: Version[], t: number): Rules {
  const held = versions.filter((version) => version.from <= t);
  const last = held[held.length - 1] ?? versions[0];
  if (!last) throw new Error('a program without a version');
  return last.rules;
}

export const unitOf = (rules: Rules, unit: string): Unit => {
  const found = rules.units[unit];
  if (!found) throw new Error(`the program has no unit ${unit}`);
  return found;
};

/** FORMAT 2.4: `ends` includes its dates; the first instants after them. */
export const earningOver = (rules: Rules): number => (rules.ends ? endOfDay(rules.ends.earn, rules.zone) : Infinity);
export const redeemingOver = (rules: Rules): number =>
  rules.ends ? endOfDay(rules.ends.redeem, rules.zone) : Infinity;
export const startOf = (rules: Rules): number => (rules.starts ? instantOf(rules.starts, rules.zone) : -Infinity);

/** Nothing is given for what has its moment before the program starts or after its last day to earn (FORMAT 1, 6.7). */
export const isRunning = (rules: Rules, moment: number): boolean =>
  startOf(rules) <= moment && moment < earningOver(rules);

export const unitsOf = (history: History): string[] => {
  const all = [history.program, ...history.history.flatMap((event) => (event.kind === 'rules' ? [event.program] : []))];
  return [...new Set(all.flatMap((program) => Object.keys(program.units ?? {})))];
};
