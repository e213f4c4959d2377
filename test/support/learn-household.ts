import type { Known } from '../../src/rules/known.js';
import { millis } from './read-example.js';
import type { Fact } from './read-example.js';

/** Somebody came into a household, until then or for good; told twice is told once. */
export function learnHousehold(known: Known, { member, head, until }: Fact, from: number): void {
  const shared = (known.households ??= []);
  if (shared.some((one) => one.member === member && one.from === from)) return;
  const end = until === undefined ? null : millis(until);
  shared.push({ member: String(member), head: String(head), from, until: end });
}
