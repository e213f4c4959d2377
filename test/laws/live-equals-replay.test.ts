import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { replay } from '../../src/rules/replay.js';
import { observePath } from '../examples/observe-path.js';
import { Play } from '../examples/play-through-the-path.js';
import { type History, histories } from '../support/histories.js';
import { Knowledge } from '../support/knowledge.js';
import { observe } from '../support/observe-books.js';
import { compareExpected } from '../support/play-example.js';
import { type Fact, millis } from '../support/read-example.js';
import { aStage } from '../examples/a-stage.js';
import { comparable, described, unsound } from './beside-the-rules.js';

const RUNS = { numRuns: Number(process.env['LAW_RUNS'] ?? 6), endOnFailure: true };
const DAY = 86_400_000;
/** Acts whose outcome is recorded first come: what arrives before one stays before it. */
const ACTS = new Set(['join', 'claim', 'reserve', 'release', 'merge']);

const stageOf = aStage();

/** What lies between two acts, in one batch or one by one, shuffled and partly twice; then the act. */
function arrivals(history: Fact[], roll: () => number): { facts: Fact[]; at: number; together: boolean }[] {
  const groups: { facts: Fact[]; at: number; together: boolean }[] = [];
  let segment: Fact[] = [];
  const flush = (): void => {
    if (segment.length === 0) return;
    const doubled = segment.flatMap((fact) => (roll() % 3 === 0 ? [fact, fact] : [fact]));
    const keyed = doubled.map((fact) => ({ fact, key: roll() })).sort((a, b) => a.key - b.key);
    const at = Math.max(...segment.map((fact) => millis(fact.at)));
    groups.push({ facts: keyed.map(({ fact }) => fact), at, together: roll() % 2 === 0 });
    segment = [];
  };
  for (const fact of history) {
    if (!ACTS.has(fact.kind)) {
      segment.push(fact);
      continue;
    }
    flush();
    groups.push({ facts: [fact], at: millis(fact.at), together: false });
  }
  flush();
  return groups;
}

/** Everything in which the live product differs from an orderly replay by the pure rules. */
async function differencesOf({ program, history }: History, wait: number, rolls: Iterator<number>): Promise<string[]> {
  const stage = stageOf();
  const facts = history.map(described);
  const roll = (): number => rolls.next().value as number;
  const example = { id: 'law', title: 'law', program, history: facts, expect: [] };
  const play = new Play(stage, example);
  const knowledge = new Knowledge(program);
  await play.begin();
  const clock = stage.service.clock;
  for (const { facts: group, at, together } of arrivals(facts, roll)) {
    clock.set(at);
    for (const fact of group) {
      if (together) await play.tell(fact);
      else await play.happen(fact);
      knowledge.learn(fact, at);
    }
    await stage.service.drain();
  }
  const at = Math.max(...facts.map((fact) => millis(fact.at))) + wait;
  await play.reach(at);
  const expected = comparable(observe(knowledge, replay(knowledge.known, at), at, { at: new Date(at).toISOString() }));
  const wrong: string[] = [];
  compareExpected(comparable(await observePath(play, expected)), expected, 'live', wrong);
  return [...wrong, ...(await unsound(stage, play, at))];
}

const later = fc.constantFrom(0, 1, 3 * DAY, 30 * DAY, 200 * DAY);

describe('what the live product comes to', () => {
  test('T1, T2, T4: is the orderly replay of all that is known, however it arrived', async () => {
    await fc.assert(
      fc.asyncProperty(
        histories({ most: 10, ceilings: true }),
        fc.infiniteStream(fc.nat(1000)),
        later,
        async (history, stream, wait) => {
          expect(await differencesOf(history, wait, stream[Symbol.iterator]())).toEqual([]);
        },
      ),
      RUNS,
    );
  }, 300_000);
});
