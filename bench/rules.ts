import { judgeOrder } from '../src/rules/judge-order.js';
import type { KnownMember, KnownOrder } from '../src/rules/known.js';
import { type ProgramRules, programRules } from '../src/rules/program-rules.js';
import { madePage } from '../src/simulation/made-past.js';
import { closedLoop, interleave, type Plan, ratio } from './harness.js';
import { type Claim, most } from './targets.js';

const NOW = Date.UTC(2026, 5, 1);
const RULES = {
  ...{ zone: 'Europe/Amsterdam', money: { code: 'EUR', exponent: 2 } },
  units: { points: { value: '1', expiry: { kind: 'months', months: 12 } } },
};
const BASE = { id: 'base', kind: 'rate', points: '1', per: 100 };

/** So many rules in all that are in force: the rate for everything, and rules and promotions that ask something of orders. */
function rulesOf(many: number): ProgramRules {
  const others = Array.from({ length: many - 1 }, (_, i) => i);
  const earning = others
    .filter((i) => i % 2 === 0)
    .map((i) =>
      i % 4 === 0
        ? { id: `tea-${i}`, kind: 'rate', points: '3', per: 100, where: { products: [`tea-${i}`] } }
        : { id: `big-${i}`, kind: 'fixed', gives: 5, when: { minOrder: 5_000 + i } },
    );
  const promotions = others
    .filter((i) => i % 2 === 1)
    .map((i) =>
      i % 4 === 1
        ? { id: `week-${i}`, factor: '2', when: { weekdays: ['mon', 'sat'], channels: ['web'] } }
        : { id: `cup-${i}`, add: 10, where: { products: [`cup-${i}`] }, when: { minOrder: 2_000 } },
    );
  return programRules.parse({ ...RULES, earning: [...earning, BASE], promotions });
}

/** What one decision on an order costs when more rules are in force: pure, in this process, without a database. */
export async function benchRules(plan: Plan): Promise<{ claims: Claim[]; samples: object }> {
  const sets = { one: rulesOf(1), five: rulesOf(5), fifty: rulesOf(50) };
  // the same orders for all: of products that the most rules name, and others
  const { known } = madePage([sets.fifty], { members: 400, seed: 1, now: NOW }, 0, 400);
  const members = new Map(known.members.map((member) => [member.id, member]));
  const cases = known.orders.flatMap((order): [KnownOrder, KnownMember][] => {
    const member = members.get(order.customer?.slice('made/'.length) ?? '');
    return member ? [[order, member]] : [];
  });
  const judging = (rules: ProgramRules) => {
    const versions = [{ version: 1, from: 0, rules }];
    let next = 0;
    return () =>
      closedLoop(1, plan.sliceMs, async () => {
        for (let i = 0; i < 200; i++) {
          const [order, member] = cases[next++ % cases.length] ?? fail();
          judgeOrder(versions, order, { member, since: member.joined, claimed: false }, NOW);
        }
        return 200;
      });
  };
  const samples = await interleave(plan, {
    'one rule': judging(sets.one),
    'five rules': judging(sets.five),
    'fifty rules': judging(sets.fifty),
  });
  const claim = (what: string, measured: Claim['measured'], bound: Claim['bound']): Claim => ({
    ...{ target: 'rules', what, measured, unit: 'x', bound },
  });
  const [one, five, fifty] = [samples['one rule'], samples['five rules'], samples['fifty rules']];
  return {
    claims: [
      claim('a decision by five rules against one rule', ratio(one, five), most(3)),
      claim('a decision by fifty rules against one rule', ratio(one, fifty), most(15)),
    ],
    samples,
  };
}

function fail(): never {
  throw new Error('no orders were made');
}
