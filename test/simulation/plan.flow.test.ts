import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inTransaction } from '../../src/db/database.js';
import { rejudgeMembers } from '../../src/jobs/rejudge-members.js';
import { readBalances, readLots } from '../../src/ledger/balances.js';
import { publishRules } from '../../src/loyalty/publish-rules.js';
import { ruleVersions } from '../../src/loyalty/rule-sets.js';
import { type ProgramRules } from '../../src/rules/program-rules.js';
import { type PlannedMember, planChange } from '../../src/simulation/plan-change.js';
import { Play } from '../examples/play-through-the-path.js';
import { aStage } from '../examples/a-stage.js';
import { described, unsound } from '../laws/beside-the-rules.js';
import { type History, histories } from '../support/histories.js';
import { programs } from '../support/made-programs.js';
import { millis, readProgram } from '../support/read-example.js';

/** T11: what a published change does to everybody is listed before; nobody else is touched; rolling back restores what was. */
const RUNS = { numRuns: Number(process.env['LAW_RUNS'] ?? 4), endOnFailure: true };
const DAY = 86_400_000;
const stageOf = aStage();

/** The program with everybody's past, on a real database. */
async function lived({ program, history }: History): Promise<{ play: Play; now: number }> {
  const facts = history.map(described);
  const play = new Play(stageOf(), { id: 'plan', title: 'plan', program, history: facts, expect: [] });
  await play.begin();
  for (const fact of facts) {
    stageOf().service.clock.set(millis(fact.at));
    await play.happen(fact);
  }
  const now = Math.max(...facts.map((fact) => millis(fact.at))) + DAY;
  await play.reach(now);
  return { play, now };
}

const within = <T>({ program }: Play, fn: Parameters<typeof inTransaction<T>>[2]) =>
  inTransaction(stageOf().db.app, { programs: [program] }, fn);

async function plan(play: Play, rules: ProgramRules, from: number, now: number): Promise<PlannedMember[]> {
  const { program } = play;
  const published = (await within(play, (tx) => ruleVersions(tx, [program]))).get(program) ?? [];
  const all: PlannedMember[] = [];
  const planning = { db: stageOf().db.app, program, published, change: { rules, from }, now };
  for await (const one of planChange(planning)) all.push(one);
  return all;
}

async function apply(play: Play, rules: ProgramRules, from: number, now: number): Promise<void> {
  await within(play, (tx) => publishRules(tx, play.program, rules, from, now));
  await rejudgeMembers(stageOf().service.work, undefined, 2);
}

/** What the ledger says that somebody has; lots that have nothing left are no more. */
async function holdingsOf(play: Play): Promise<Map<string, { units: object; lots: object[] }>> {
  const rows = await stageOf().db.sql<{ id: string }>(
    'select id from member where program_id = $1 and merged_into is null order by id',
    [play.program],
  );
  const refs = rows.map(({ id }) => ({ program: play.program, member: id }));
  const [balances, lots] = await within(play, async (tx) => [await readBalances(tx, refs), await readLots(tx, refs)]);
  return new Map(
    rows.map(({ id }) => [
      id,
      {
        units: Object.fromEntries(
          balances
            .filter(({ member }) => member === id)
            .map(({ unit, available, pending, held, debt }) => [unit, { available, pending, held, debt: -debt }])
            .filter(([, all]) => Object.values(all as object).some((points) => points !== 0n)),
        ),
        lots: lots.filter(({ member }) => member === id).map(({ unit, of, left, ends }) => ({ unit, of, left, ends })),
      },
    ]),
  );
}

const listed = ({ units }: PlannedMember, side: 'before' | 'after') =>
  Object.fromEntries(
    Object.entries(units)
      .map(([unit, of]) => [unit, of[side]] as const)
      .filter(([, all]) => Object.values(all).some((points) => points !== 0n)),
  );

describe('the plan of a change', () => {
  test('T11: lists for everybody what applying it comes to; who is not listed keeps all; rolling back restores the state', async () => {
    const cases = fc.tuple(histories({ most: 12 }), programs({}), fc.nat(100));
    await fc.assert(
      fc.asyncProperty(cases, async ([history, other, share]) => {
        const { play, now } = await lived(history);
        const old = play.rulesOf(1);
        // the money of a program is fixed, and what was given stays in its units
        const money = { zone: history.program['zone'], money: history.program['money'] };
        const rules = play.names.rules({ ...other, ...money }, (name) => play.store(name).id);
        const first = millis(history.history[0]?.at);
        const from = first + Math.floor(((now - first) * share) / 100);
        const before = await holdingsOf(play);
        const all = await plan(play, rules, from, now);
        expect(all.map(({ member }) => member)).toEqual([...before.keys()]);
        for (const one of all) expect(listed(one, 'before')).toEqual(before.get(one.member)?.units);
        expect(await holdingsOf(play)).toEqual(before);

        await apply(play, rules, from, now);
        const after = await holdingsOf(play);
        for (const one of all) {
          expect(after.get(one.member)?.units).toEqual(listed(one, 'after'));
          if (!one.changes) expect(after.get(one.member)).toEqual(before.get(one.member));
        }
        await apply(play, old, from, now);
        expect(await holdingsOf(play)).toEqual(before);
        expect(await unsound(stageOf(), play, now)).toEqual([]);
      }),
      RUNS,
    );
  }, 300_000);

  test('T11: points that stay but end sooner are told', async () => {
    const at = (day: number) => new Date(Date.UTC(2026, 2, day, 12)).toISOString();
    const program = {
      ...{ zone: 'Europe/Amsterdam', money: { code: 'EUR', exponent: 2 } },
      units: { points: { expiry: { kind: 'days', days: 300 } } },
      earning: [{ id: 'base', kind: 'rate', points: '1', per: 100 }],
    };
    const order = { kind: 'order', id: 'O1', at: at(5), customer: 'c0', placed: at(5), paid: at(5) };
    const history = [
      { kind: 'join', member: 'm0', customers: ['c0'], at: at(1) },
      { kind: 'join', member: 'm1', customers: ['c1'], at: at(2) },
      { ...order, lines: [{ id: '1', product: 'beans', kind: 'product', quantity: 1, net: 4_000, tax: 0 }] },
    ];
    const { play, now } = await lived({ program, history });
    const sooner = readProgram({ ...program, units: { points: { expiry: { kind: 'days', days: 30 } } } });
    const [had, none] = await plan(play, sooner, Date.UTC(2026, 2, 1), now);
    const points = { available: 40n, pending: 0n, held: 0n, debt: 0n };
    expect(had).toMatchObject({ changes: true, units: { points: { before: points, after: points, endsSooner: 40n } } });
    expect(none).toMatchObject({ changes: false, units: { points: { endsSooner: 0n } } });
    // for new points alone nothing changes for anybody
    expect((await plan(play, sooner, now, now)).map(({ changes }) => changes)).toEqual([false, false]);
  });
});
