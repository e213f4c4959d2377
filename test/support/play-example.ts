import { replay } from '../../src/rules/replay.js';
import { Knowledge } from './knowledge.js';
import { observe } from './observe-books.js';
import { instant, millis } from './read-example.js';
import type { Example } from './read-example.js';

export type { Example } from './read-example.js';

/** Everything that an example's file says must be true and is not: empty = it holds. */
export function playExample(example: Example): string[] {
  const arriving = example.history
    .map((fact, i) => ({ fact, i, arrives: millis(fact.arrives ?? fact.at) }))
    .sort((a, b) => a.arrives - b.arrives || a.i - b.i);
  const knowledge = new Knowledge(example.program);
  const wrong: string[] = [];
  let next = 0;
  for (const expected of [...example.expect].sort((a, b) => millis(a.at) - millis(b.at))) {
    const at = millis(expected.at);
    for (let one = arriving[next]; one && one.arrives <= at; one = arriving[++next])
      knowledge.learn(one.fact, one.arrives);
    const actual = observe(knowledge, replay(knowledge.known, at), at, expected);
    compareExpected(actual, expected, `at ${String(expected.at)}`, wrong);
  }
  return wrong;
}

/** Only what is written is compared; lists, and the maps of a decision, are compared whole. */
const WHOLE = new Set(['missed', 'gives', 'extra', 'promise']);
const INSTANTS = new Set(['ends', 'usable', 'until']);

/** Adds to `wrong` what is expected and is not so. */
export function compareExpected(actual: unknown, expected: unknown, path: string, wrong: string[]): void {
  if (expected !== null && typeof expected === 'object') {
    if (Array.isArray(expected)) {
      const of = (actual ?? []) as unknown[];
      if (of.length !== expected.length) wrong.push(`${path}: ${JSON.stringify(of)}, not ${JSON.stringify(expected)}`);
      else expected.forEach((one, i) => compareExpected(of[i], one, `${path}[${i}]`, wrong));
      return;
    }
    const of = (actual ?? {}) as Record<string, unknown>;
    const keys = new Set(Object.keys(expected));
    if (WHOLE.has(path.split('.').at(-1) ?? '')) for (const key of Object.keys(of)) keys.add(key);
    for (const key of keys) {
      const one = (expected as Record<string, unknown>)[key];
      const found = INSTANTS.has(key) ? instant(of[key]) : of[key];
      compareExpected(
        found ?? (typeof one === 'number' ? 0 : found),
        INSTANTS.has(key) ? instant(one) : one,
        `${path}.${key}`,
        wrong,
      );
    }
    return;
  }
  if ((actual ?? null) !== (expected ?? null)) {
    wrong.push(`${path}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
  }
}
