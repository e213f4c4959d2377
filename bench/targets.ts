import { writeFile, mkdir } from 'node:fs/promises';
import { arch, availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import { figure, type Spread } from './harness.js';

/** What the targets are about, in the words of the design: ratios inside one run, latencies, sizes. */
export const TARGETS = {
  'P-T1': 'the full posting statement against the plain batch, one connection',
  'P-T2': 'draining a filled inbox against the raw limit',
  'P-T3': 'draining a filled inbox against one job and one transaction per event',
  'P-T4': 'full posting against a per-transfer function with running balances (pgledger-like)',
  'P-T5': 'full posting against one transaction per event (kysely)',
  'P-T6': 'what a 1 ms flush leaves of the batch rate',
  'P-T7': 'what the hot balance of the program costs',
  'P-T8': 'a ledger with many rows against an empty one',
  'P-T9': 'ingest: signature and committed row',
  'P-T10': 'whole path at saturation, 50 connections',
  'P-T11': 'webhook to balance at saturation',
  'P-T12': 'webhook to balance at 100/s and 500/s',
  'P-T13': 'queue jobs per event',
  'P-T14': 'the queue on Postgres against Redis, whole path',
  'P-T15': 'sweeps against row by row, and the readers beside them',
  'P-T16': 'redemption with many open lots',
  memory: 'resident size of the one-process service',
  ceiling: 'orders that all take of one ceiling against the same without one',
  simulation: 'a draft over 100,000 orders in one process',
  rules: 'what more rules cost a decision on an order',
  desk: 'the desk of a program with 200,000 members',
} as const;
export type Target = keyof typeof TARGETS;

/** One line of the table. */
export interface Claim {
  target: Target;
  what: string;
  measured: Spread;
  unit: 'x' | 'kB' | 'ms' | 's' | 'MB' | 'MB/min' | 'jobs/event' | '%';
  /** The median must be at least, or at most, this; null = shown to understand the others. */
  bound: { least: number } | { most: number } | null;
}

export const least = (value: number) => ({ least: value });
export const most = (value: number) => ({ most: value });

export function holds({ measured, bound }: Claim): boolean | null {
  if (bound === null) return null;
  return 'least' in bound ? measured.median >= bound.least : measured.median <= bound.most;
}

export function table(claims: readonly Claim[]): string {
  const rows = (Object.keys(TARGETS) as Target[]).flatMap((target) => {
    const own = claims.filter((claim) => claim.target === target);
    const lines = own.length > 0 ? own.map(rowOf) : [[target, TARGETS[target], 'not run', '', '']];
    return [...lines];
  });
  const head = ['', 'what', 'median [min..max]', 'target', 'holds'];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  return [head, widths.map((width) => '-'.repeat(width)), ...rows]
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function rowOf(claim: Claim): string[] {
  const { target, what, measured, unit, bound } = claim;
  const goal = bound === null ? '' : 'least' in bound ? `>= ${bound.least}` : `<= ${bound.most}`;
  const verdict = { true: 'yes', false: 'NO', null: '' }[String(holds(claim)) as 'true' | 'false' | 'null'];
  const range = `${figure(measured.median)} ${unit} [${figure(measured.min)}..${figure(measured.max)}]`;
  return [target, what, range, goal, verdict];
}

const RESULTS = fileURLToPath(new URL('./results/', import.meta.url));

/** Keeps a run for later comparison: every claim, and every sample that it came from. */
export async function keep(run: {
  claims: readonly Claim[];
  samples: object;
  plan: object;
  started: Date;
}): Promise<string> {
  await mkdir(RESULTS, { recursive: true });
  const file = `${RESULTS}${run.started.toISOString().slice(0, 19).replaceAll(':', '-')}.json`;
  const machine = {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    os: `${type()} ${release()} ${arch()}`,
    node: process.version,
  };
  const claims = run.claims.map((claim) => ({ ...claim, holds: holds(claim) }));
  await writeFile(file, JSON.stringify({ ...run, machine, claims }, null, 1));
  return file;
}
