import { dice } from '../oracle/dice.js';
import { randomHistory } from '../oracle/random-history.js';
import { shrink } from '../oracle/shrink.js';
import { Knowledge } from '../support/knowledge.js';
import { type Fact, millis } from '../support/read-example.js';

/** One code has one verdict: LAW_SEED=$(date +%s) looks elsewhere. Printed with what is found, to be played again. */
const SEED = Number(process.env['LAW_SEED'] ?? 1_795_422_321);
const RUNS = Number(process.env['LAW_RUNS'] ?? 40);
/** To find a shorter history that shows the same. */
const MOST_TRIES = 300;

type Told = ReturnType<typeof randomHistory>;

/** Somebody's history with a program of any words, and what is known of it once all has arrived. */
export interface Life {
  knowledge: Knowledge;
  /** The last arrival. */
  end: number;
  roll: ReturnType<typeof dice>;
}

function lived({ program, history }: Told, seed: number): Life {
  const facts = JSON.parse(JSON.stringify(history)) as Fact[];
  const arriving = facts
    .map((fact, i) => ({ fact, i, arrives: millis(fact.arrives ?? fact.at) }))
    .sort((a, b) => a.arrives - b.arrives || a.i - b.i);
  const knowledge = new Knowledge(JSON.parse(JSON.stringify(program)) as Record<string, unknown>);
  for (const { fact, arrives } of arriving) knowledge.learn(fact, arrives);
  return { knowledge, end: arriving.at(-1)?.arrives ?? 0, roll: dice(seed) };
}

/**
 * Plays so many random lives and asks of each whether the law holds: what it says is wrong comes with the seed and with the
 * shortest history that shows it.
 */
export function everyLife(law: (life: Life) => string[], without: string[] = []): object[] {
  for (let seed = SEED; seed < SEED + RUNS; seed++) {
    const told = randomHistory(seed, { operations: 12 + (seed % 14), beyond: true, without });
    const wrong = law(lived(told, seed));
    if (wrong.length === 0) continue;
    let tries = 0;
    const smallest = shrink(told, (smaller) => ++tries <= MOST_TRIES && stillBreaks(law, smaller, seed));
    return [{ LAW_SEED: seed, wrong: law(lived(smallest, seed)), smallest: JSON.stringify(smallest) }];
  }
  return [];
}

function stillBreaks(law: (life: Life) => string[], told: Told, seed: number): boolean {
  try {
    return law(lived(told, seed)).length > 0;
  } catch {
    return false;
  }
}
