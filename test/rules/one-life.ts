import { replay } from '../../src/rules/replay.js';
import { Knowledge } from '../support/knowledge.js';
import type { Fact } from '../support/read-example.js';

export const noon = (day: string): string => `${day}T12:00:00+00:00`;
export const base = { zone: 'UTC', money: { code: 'EUR', exponent: 2 }, units: { points: {} } };
export const perEuro = [{ id: 'base', kind: 'rate', points: '1', per: 100 }];

/** One member, Eva, who joined on New Year's Day unless it is said, and what happened to her on which day. */
export function life(
  program: object,
  happenings: (Omit<Fact, 'at'>[] & { day?: string }[]) | (Partial<Fact> & { day: string; kind: string })[],
  joined = '2027-01-01',
) {
  const knowledge = new Knowledge({ ...base, ...program });
  knowledge.learn({ kind: 'join', at: noon(joined), member: 'eva', customers: ['c'], birthday: '1990-06-18' }, 0);
  for (const { day, ...fact } of happenings as (Fact & { day: string })[]) {
    const told = { customer: 'c', member: 'eva', ...fact, at: noon(day) } as Fact;
    knowledge.learn(told, Date.parse(told.at));
  }
  const at = (instant: number) => {
    const member = replay(knowledge.known, instant).members['eva'];
    if (!member) throw new Error('Eva is no member');
    return member;
  };
  return { at, on: (day: string) => at(Date.parse(noon(day))) };
}

export const buys = (day: string, id: string, net: number, more: object = {}) => ({
  ...{ day, kind: 'order', id, paid: noon(day), lines: [{ id: '1', product: 'p', net }] },
  ...more,
});
/** The order as it is after all of it, or some money of it, came back. */
export const returned = (day: string, order: ReturnType<typeof buys>, amount: number) => ({
  ...order,
  day,
  placed: noon(order.day),
  refunds: [{ id: `r-${order.id}`, at: noon(day), amount }],
});
