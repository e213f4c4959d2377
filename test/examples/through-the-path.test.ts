import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { verify } from '../../src/ledger/verify.js';
import { replayProgram } from '../../src/loyalty/replay-program.js';
import { compareExpected } from '../support/play-example.js';
import { type Example, millis } from '../support/read-example.js';
import { observePath } from './observe-path.js';
import { aStage } from './a-stage.js';
import { Play } from './play-through-the-path.js';

const FOLDER = new URL('../fixtures/examples/', import.meta.url);

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const stageOf = aStage();

/** Everything that an example's file says must be true and is not, when it comes by signed webhooks: empty = it holds. */
async function playThroughThePath(example: Example): Promise<string[]> {
  const arriving = example.history
    .map((fact, i) => ({ fact, i, arrives: millis(fact.arrives ?? fact.at) }))
    .sort((a, b) => a.arrives - b.arrives || a.i - b.i);
  const play = new Play(stageOf(), example);
  const wrong: string[] = [];
  let next = 0;
  await play.begin();
  for (const expected of [...example.expect].sort((a, b) => millis(a.at) - millis(b.at))) {
    const at = millis(expected.at);
    for (let one = arriving[next]; one && one.arrives <= at; one = arriving[++next]) {
      stageOf().service.clock.set(one.arrives);
      await play.happen(one.fact);
    }
    await play.reach(at);
    compareExpected(await observePath(play, expected), expected, `at ${String(expected.at)}`, wrong);
  }
  for (const broken of await verify(stageOf().db.owner, { program: play.program }))
    wrong.push(`ledger: ${JSON.stringify(broken)}`);
  for (const failed of await refusedDeliveries(play)) wrong.push(failed);
  const { differences } = await replayProgram(stageOf().db.app, play.program, stageOf().service.clock.now());
  for (const one of differences) wrong.push(`replay: ${one.kind} ${one.cause} ${one.points}`);
  return wrong;
}

/** Deliveries that were refused or wait for ever: the example's own are all genuine and readable. */
async function refusedDeliveries({ program }: Play): Promise<string[]> {
  const rows = await stageOf().db.sql<{ topic: string; status: number; error: string | null }>(
    'select topic, status, error from inbox where program_id = $1 and status <> 1',
    [program],
  );
  return rows.map(({ topic, status, error }) => `${topic} is ${status === 2 ? 'dead' : 'waiting'}: ${error}`);
}

describe('the examples of the loyalty format, from signed webhooks to the storefront', () => {
  test('there are examples', () => expect(files.length).toBeGreaterThan(100));

  test.each(files)('%s', async (name) => {
    const example = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Example;
    const wrong = await playThroughThePath(example).catch((error: unknown) => [String(error)]);
    expect(wrong).toEqual([]);
  });
});
