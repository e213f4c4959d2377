import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ruleVersions } from '../../src/loyalty/rule-sets.js';
import type { Books } from '../../src/rules/books.js';
import { comparePast } from '../../src/simulation/compare-past.js';
import { pastOf } from '../../src/simulation/read-past.js';
import { observePath } from '../examples/observe-path.js';
import { Play, type Stage } from '../examples/play-through-the-path.js';
import { described, unsound } from '../laws/beside-the-rules.js';
import { aStage } from '../examples/a-stage.js';
import { histories } from '../support/histories.js';
import { programs } from '../support/made-programs.js';
import { type Fact, millis } from '../support/read-example.js';

/** T3: a simulation of a draft is what a second database comes to that had these rules from the start and was fed the same. */
const RUNS = { numRuns: Number(process.env['LAW_RUNS'] ?? 4), endOnFailure: true };
const SHAPE = { most: 12, ceilings: true, redemptions: false };
const DAY = 86_400_000;
const first = aStage();
const second = aStage();

async function lived(stage: Stage, program: Record<string, unknown>, history: Fact[], now: number): Promise<Play> {
  const play = new Play(stage, { id: 'twin', title: 'twin', program, history, expect: [] });
  await play.begin();
  for (const fact of history) {
    stage.service.clock.set(millis(fact.at));
    await play.happen(fact);
  }
  await play.reach(now);
  return play;
}

interface Standing {
  /** By member and unit; what nobody has is left out. */
  members: Record<string, unknown>;
  /** Of orders of members. */
  decisions: Record<string, unknown>;
}

const NOBODYS = ['guest', 'not-a-member'];
const ACCOUNTS = ['available', 'pending', 'held', 'debt'] as const;
type Unit = Record<(typeof ACCOUNTS)[number], bigint | number>;

const unitsOf = (units: [string, Unit][]) =>
  Object.fromEntries(
    units
      .map(([unit, of]) => [unit, ACCOUNTS.map((account) => Number(of[account]))] as const)
      .filter(([, points]) => points.some((one) => one !== 0)),
  );

async function simulated(play: Play, draft: Record<string, unknown>, now: number): Promise<Standing> {
  const { app } = first().db;
  const published = (await play.within((tx) => ruleVersions(tx, [play.program]))).get(play.program) ?? [];
  const rules = play.names.rules(draft, (name) => play.store(name).id);
  const found: Standing = { members: {}, decisions: {} };
  const note = ({ members, decisions }: Books): void => {
    for (const [id, { units, tier }] of Object.entries(members))
      found.members[play.names.names.get(`member:${id}`) ?? id] = { ...unitsOf(Object.entries(units)), tier };
    for (const [key, { reason, gives }] of Object.entries(decisions)) {
      if (!key.startsWith('order:') || NOBODYS.includes(reason)) continue;
      const points = Object.entries(gives).map(([unit, given]) => [unit, Number(given)]);
      found.decisions[play.names.names.get(key) ?? key] = { reason, gives: Object.fromEntries(points) };
    }
  };
  const past = pastOf(app, play.program, published);
  await comparePast({ past, published, draft: { rules, since: null }, now }, ({ after }) => note(after));
  return found;
}

async function published(play: Play, names: string[], now: number): Promise<Standing> {
  const asked = { at: new Date(now).toISOString(), members: Object.fromEntries(names.map((name) => [name, {}])) };
  const seen = await observePath(play, asked);
  const members = Object.entries(seen['members'] as Record<string, Record<string, unknown>>).map(([name, of]) => {
    const { tier, stamps: _stamps, membership: _membership, ...units } = of;
    return [name, { ...unitsOf(Object.entries(units as Record<string, Unit>)), tier }];
  });
  const decisions = Object.entries(seen['decisions'] as Record<string, { reason: string; gives: object }>)
    .filter(([name, { reason }]) => /^O\d+$/.test(name) && !NOBODYS.includes(reason))
    .map(([name, { reason, gives }]) => [name, { reason, gives }]);
  return { members: Object.fromEntries(members), decisions: Object.fromEntries(decisions) } as Standing;
}

test('T3: a draft that is simulated over a store’s past is the draft published in a second store that lives it anew', async () => {
  const cases = fc.tuple(histories(SHAPE), programs(SHAPE), fc.constantFrom(0, 3 * DAY, 200 * DAY));
  await fc.assert(
    fc.asyncProperty(cases, async ([{ program, history }, other, wait]) => {
      const facts = history.map(described);
      const now = Math.max(...facts.map((fact) => millis(fact.at))) + wait;
      const draft = { ...other, zone: program['zone'], money: program['money'] };
      const one = await lived(first(), program, facts, now);
      const expected = await simulated(one, draft, now);
      const twin = await lived(second(), draft, facts, now);
      expect(await published(twin, Object.keys(expected.members), now)).toEqual(expected);
      expect(await unsound(second(), twin, now)).toEqual([]);
    }),
    RUNS,
  );
}, 300_000);
