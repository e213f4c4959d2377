import { writeSync } from 'node:fs';

/** How many rounds a test that kills things plays: what it says itself, or FAULT_ROUNDS. */
export function rounds(usual: number): number {
  const asked = Number(process.env['FAULT_ROUNDS']);
  return asked > 0 ? asked : usual;
}

/** Chances that can be repeated: the seed is said, and FAULT_SEED brings it back. */
export function dice(what: string): () => number {
  let state = Number(process.env['FAULT_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  say(`${what}: seed ${state}`);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A line for whoever watches the run: seeds, and how long recoveries took. */
export function say(line: string): void {
  writeSync(2, `${line}\n`);
}

/** Of some times in milliseconds: "median 0.8 s, longest 2.1 s". */
export function timesOf(all: readonly number[]): string {
  const sorted = [...all].sort((a, b) => a - b);
  const text = (ms: number | undefined) => `${((ms ?? 0) / 1000).toFixed(1)} s`;
  return `median ${text(sorted[Math.floor(sorted.length / 2)])}, longest ${text(sorted.at(-1))}`;
}
