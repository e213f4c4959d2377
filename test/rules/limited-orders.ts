import { replay } from '../../src/rules/replay.js';
import { Knowledge } from '../support/knowledge.js';
import { millis } from '../support/read-example.js';
import type { Fact } from '../support/read-example.js';

export const EUR = { code: 'EUR', exponent: 2 };
export const PROGRAM = {
  zone: 'Europe/Amsterdam',
  money: EUR,
  units: { points: { rounding: 'floor', value: '1', expiry: { kind: 'none' }, clawback: 'debt' } },
};
export const LATER = '2026-12-31T12:00:00+01:00';
export type Part = Record<string, unknown>;

/** A point per euro within these limits. */
export const rate = (...limits: Part[]): Part => ({
  earning: [{ id: 'rate', kind: 'rate', points: 1, per: 100, ...(limits.length > 0 && { limits }) }],
});
const joins = ['m', 'n'].map((member) => ({
  ...{ kind: 'join', at: '2026-01-01T00:00:00+01:00', member, customers: [`c-${member}`] },
}));

/** An order of so many euros at a local time of 2026 in winter ("03-02 12:00"), of which so many came back later. */
export function order(
  id: string,
  local: string,
  euros: number,
  rest: Part & { back?: [string, number]; of?: string } = {},
): Fact {
  const { back, of = 'm', ...more } = rest;
  const instant = (text: string): string => `2026-${text.replace(' ', 'T')}:00+01:00`;
  const at = instant(local);
  const refund = back && { id: 'R', at: instant(back[0]), lines: [{ line: 'L', quantity: 1, net: back[1] * 100 }] };
  return {
    ...{ kind: 'order', id, at: refund?.at ?? at, placed: at, paid: at, customer: `c-${of}` },
    ...{ lines: [{ id: 'L', product: 'p', net: euros * 100 }], refunds: refund ? [refund] : [] },
    ...more,
  };
}

export function learned(program: Part, facts: readonly Fact[]): Knowledge {
  const knowledge = new Knowledge({ ...PROGRAM, ...program });
  for (const fact of [...joins, ...facts] as Fact[]) knowledge.learn(fact, millis(fact.arrives ?? fact.at));
  return knowledge;
}

/** What each order gives as of an instant, in points. */
export function given(program: Part, facts: readonly Fact[], at = LATER): Record<string, number> {
  const { decisions } = replay(learned(program, facts).known, millis(at));
  const ids = [...new Set(facts.map(({ id }) => String(id)))];
  return Object.fromEntries(ids.map((id) => [id, Number(decisions[`order:${id}`]?.gives.points ?? 0n)]));
}
