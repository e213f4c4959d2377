import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { gallery, readyProgram } from '../../src/gallery/gallery.js';
import { verify } from '../../src/ledger/verify.js';
import { replayProgram } from '../../src/loyalty/replay-program.js';
import type { Step } from '../../src/programs/story.js';
import { Play, type Stage } from '../examples/play-through-the-path.js';
import { observePath } from '../examples/observe-path.js';
import { compareExpected } from '../support/play-example.js';
import { testDatabase } from '../support/database.js';
import { RememberedPlatform } from '../support/remembered-platform.js';
import { startService } from '../support/service.js';
import { storefrontOf } from '../support/storefront-client.js';
import { factsOf } from './facts-of-story.js';

const db = testDatabase();
let stage: Stage;

beforeAll(async () => {
  const platforms = new Map<string, RememberedPlatform>();
  const service = await startService(db, { platforms: (store) => platforms.get(store) ?? new RememberedPlatform() });
  stage = { db, service, platforms, storefront: await storefrontOf(db, service) };
});
afterAll(async () => {
  await stage.storefront.close();
  await stage.service.stop();
});

type Expected = Extract<Step, { kind: 'expect' }>;

/** In the words of the format; what the storefront does not say of a card is not asked. */
function asExpected({ member, available = {}, pending = {}, debt = {}, tier, stamps = {}, filled = {} }: Expected) {
  const units = new Set([available, pending, debt].flatMap((of) => Object.keys(of)));
  const balances = [...units].map((unit) => [
    unit,
    Object.fromEntries(
      Object.entries({ available, pending, debt }).flatMap(([kind, of]) => (unit in of ? [[kind, of[unit]]] : [])),
    ),
  ]);
  const cards = [...new Set([...Object.keys(stamps), ...Object.keys(filled)])].map((card) => [
    card,
    { ...(card in stamps && { stamps: stamps[card] }), ...(card in filled && { filled: filled[card] }) },
  ]);
  const of = {
    ...Object.fromEntries(balances),
    ...(tier !== undefined && { tier }),
    stamps: Object.fromEntries(cards),
  };
  return { members: { [member]: of } };
}

async function liveAYear(id: string, platform: 'shopify' | 'woocommerce'): Promise<string[]> {
  const program = await readyProgram(id);
  const { example, told } = factsOf(`${id}-on-${platform}`, program);
  const play = new Play(stage, example, platform);
  const wrong: string[] = [];
  await play.begin();
  for (const { at, fact, expected } of told) {
    await play.reach(at);
    if (fact) await play.happen(fact);
    if (expected?.kind !== 'expect') continue;
    const asked = asExpected(expected);
    compareExpected(await observePath(play, asked), asked, expected.day, wrong);
  }
  for (const [name, why] of play.refused) wrong.push(`${name} was refused: ${why}`);
  for (const broken of await verify(db.owner, { program: play.program }))
    wrong.push(`ledger: ${JSON.stringify(broken)}`);
  const { differences } = await replayProgram(db.app, play.program, stage.service.clock.now());
  for (const one of differences) wrong.push(`replay: ${one.kind} ${one.cause} ${one.points}`);
  return wrong;
}

describe('B11: a year of a member’s life in each ready program, from signed webhooks to the storefront', () => {
  describe.each(['shopify', 'woocommerce'] as const)('on %s', (platform) => {
    test.each(gallery('en').map(({ id }) => id))('%s', async (id) => {
      expect(await liveAYear(id, platform)).toEqual([]);
    });
  });
});
