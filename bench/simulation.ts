import { type ProgramRules, programRules } from '../src/rules/program-rules.js';
import { startChild } from './child.js';
import { fillPast } from './fill-past.js';
import { interleave, type Plan, ratio, spread } from './harness.js';
import { makeDatabase, type Servers } from './postgres.js';
import type { Simulated, SimulationSettings } from './simulation-process.js';
import { type Claim, most } from './targets.js';

const NOW = Date.UTC(2026, 5, 1);
const ORDERS = 100_000;
/** What a made member orders on average. */
const EACH = 4.8;

const RULES = {
  ...{ zone: 'Europe/Amsterdam', money: { code: 'EUR', exponent: 2 } },
  units: { points: { value: '1', expiry: { kind: 'months', months: 12 } } },
  earning: [{ id: 'base', kind: 'rate', points: '1', per: 100 }],
  promotions: [{ id: 'beans', factor: '2', where: { products: ['beans'] } }],
  tiers: {
    ...{ basis: 'spend', window: { kind: 'rolling', days: 365 } },
    levels: [{ id: 'plain' }, { id: 'gold', enter: 40_000, keep: 30_000, multiplier: '5/4' }],
  },
  joining: { gives: 50 },
  rewards: [
    { id: 'five-off', kind: 'amount-off', points: 200, off: 500 },
    { id: 'slider', kind: 'slider', step: 50, off: 100 },
  ],
};
const rules = (change: object): ProgramRules => programRules.parse({ ...RULES, ...change });
const HALF = [{ id: 'base', kind: 'rate', points: '1', per: 200 }];
const BURST = [{ id: 'burst', factor: '3', ceiling: { points: 50_000 } }];

/** What is gone through: nothing but replayed, or compared with a draft. A ceiling takes a second round. */
const VARIANTS = {
  'a plain replay': null,
  'a simulation': rules({ earning: HALF }),
  'a simulation with a ceiling': rules({ promotions: BURST }),
};

/** A draft over 100,000 orders in one process, against the plain replay of the same past; each in a process of its own. */
export async function benchSimulation(
  plan: Plan,
  { postgresUrl }: Servers,
): Promise<{ claims: Claim[]; samples: object }> {
  const database = await makeDatabase(postgresUrl, 'free');
  try {
    const members = Math.round((plan.quick ? ORDERS / 10 : ORDERS) / EACH);
    const orders = await fillPast(database, rules({}), { members, seed: 1, now: NOW });
    plan.say(`  ${orders} orders of ${members} members`);
    const run = (draft: ProgramRules | null) => async (): Promise<Simulated> => {
      const settings: SimulationSettings = { url: database.url, now: NOW };
      const child = await startChild('simulation-process.ts', settings);
      try {
        return await child.ask<Simulated>('run', draft);
      } finally {
        await child.stop();
      }
    };
    const variants = Object.fromEntries(Object.entries(VARIANTS).map(([name, draft]) => [name, run(draft)]));
    const samples = await interleave({ ...plan, rounds: Math.min(plan.rounds, 3) }, variants);
    return { claims: claimsOf(samples, orders), samples };
  } finally {
    await database.drop();
  }
}

function claimsOf(samples: Record<string, Simulated[]>, orders: number): Claim[] {
  const seconds = (name: keyof typeof VARIANTS) => (samples[name] ?? []).map((one) => one.seconds);
  const peak = (name: keyof typeof VARIANTS) => spread((samples[name] ?? []).map((one) => one.peakMB));
  const plain = seconds('a plain replay');
  const claim = (what: string, measured: Claim['measured'], unit: Claim['unit'], bound: Claim['bound']): Claim => ({
    ...{ target: 'simulation', what: `${what}, ${orders} orders`, measured, unit, bound },
  });
  return [
    claim('a plain replay', spread(plain), 's', null),
    claim('a simulation against it', ratio(seconds('a simulation'), plain), 'x', most(3)),
    claim('with a ceiling against it', ratio(seconds('a simulation with a ceiling'), plain), 'x', most(6)),
    claim('a plain replay, peak', peak('a plain replay'), 'MB', null),
    claim('a simulation, peak', peak('a simulation'), 'MB', most(400)),
    claim('with a ceiling, peak', peak('a simulation with a ceiling'), 'MB', most(400)),
  ];
}
