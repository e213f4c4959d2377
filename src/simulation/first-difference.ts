import type { Because, Decision } from '../rules/books.js';

/** Where two decisions on one order part: the first step of the reasoning that is not the same, or else the reason itself. */
export interface Difference {
  /** A rule, promotion or `tier`; null = only the reason differs. */
  rule: string | null;
  /** What it came to on either side, exact points; or why it did not apply; null = it is not there. */
  before: string | null;
  after: string | null;
}

export function firstDifference(before: Decision, after: Decision): Difference {
  const [left, right] = [stepsOf(before), stepsOf(after)];
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const [a, b] = [left.get(key) ?? null, right.get(key) ?? null];
    if (a?.text !== b?.text) return { rule: (a ?? b)?.rule ?? null, before: a?.shown ?? null, after: b?.shown ?? null };
  }
  for (const id of new Set([...Object.keys(before.promotions), ...Object.keys(after.promotions)])) {
    const [a, b] = [before.promotions[id] ?? null, after.promotions[id] ?? null];
    if (a !== b) return { rule: id, before: a?.toString() ?? null, after: b?.toString() ?? null };
  }
  return { rule: null, before: before.reason, after: after.reason };
}

interface Step {
  rule: string;
  /** All of it, to be compared. */
  text: string;
  shown: string;
}

/** In the order of the reasoning; what did not apply comes after what did. */
function stepsOf({ because, missed }: Decision): Map<string, Step> {
  const steps = new Map<string, Step>();
  for (const one of because) steps.set(keyOf(one), { rule: one.rule, text: textOf(one), shown: one.exact });
  for (const { id, why } of missed) steps.set(`missed ${id}`, { rule: id, text: why, shown: why });
  return steps;
}

const keyOf = ({ rule, kind, unit, line }: Because): string => [kind, rule, unit, line ?? ''].join('\n');
const textOf = ({ exact, figures }: Because): string => JSON.stringify([exact, figures]);
