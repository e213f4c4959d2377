import { parseArgs } from 'node:util';
import type { Flush, Plan } from './harness.js';
import { benchCeiling } from './ceiling.js';
import { benchDesk } from './desk.js';
import { benchIngest } from './ingest.js';
import { benchLevels } from './levels.js';
import { benchMemory } from './memory.js';
import { benchPath } from './path.js';
import { benchPosting } from './posting.js';
import { type Servers, startServers } from './postgres.js';
import { benchRedemption } from './redemption.js';
import { benchRules } from './rules.js';
import { benchSimulation } from './simulation.js';
import { benchSweeps } from './sweeps.js';
import { type Claim, keep, table } from './targets.js';

type Benchmark = (plan: Plan, servers: Servers) => Promise<{ claims: Claim[]; samples: object }>;

const BENCHMARKS: Record<string, Benchmark> = {
  posting: benchPosting,
  path: benchPath,
  redemption: benchRedemption,
  sweeps: benchSweeps,
  levels: benchLevels,
  ingest: benchIngest,
  memory: benchMemory,
  simulation: benchSimulation,
  rules: benchRules,
  ceiling: benchCeiling,
  desk: benchDesk,
};

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    flush: { type: 'string', default: 'both' },
    minutes: { type: 'string' },
    quick: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
  },
});
const names = positionals.length > 0 ? positionals : Object.keys(BENCHMARKS);
const FLUSHES: Record<string, Flush[]> = { free: ['free'], '1ms': ['1ms'], both: ['free', '1ms'] };
const flushes = FLUSHES[given.flush];
const unknown = names.find((name) => !(name in BENCHMARKS));
if (unknown !== undefined || flushes === undefined) {
  console.error(
    `usage: npm run bench -- [${Object.keys(BENCHMARKS).join(' ')}] [--rounds N] [--flush free|1ms|both] [--minutes N] [--quick] [--large]`,
  );
  process.exit(2);
}

const plan: Plan = {
  rounds: Number(given.rounds ?? (given.quick ? 3 : 5)),
  sliceMs: given.quick ? 500 : 1000,
  flushes,
  quick: given.quick,
  large: given.large,
  minutes: Number(given.minutes ?? (given.quick ? 1 : 10)),
  say: (line) => console.log(line),
};
const started = new Date();
const servers = await startServers(plan.say);
const claims: Claim[] = [];
const samples: Record<string, object> = {};
try {
  for (const name of names) {
    plan.say(`\n${name}`);
    const result = await BENCHMARKS[name]?.(plan, servers);
    claims.push(...(result?.claims ?? []));
    samples[name] = result?.samples ?? {};
  }
} finally {
  await servers.stop();
}
console.log(`\n${table(claims)}\n`);
const kept = { ...plan, say: undefined };
console.log(`Kept in ${await keep({ claims, samples, plan: { ...kept, names }, started })}`);
