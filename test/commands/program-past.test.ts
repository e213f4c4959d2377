import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Command } from '../../src/commands/command.js';
import { command as program } from '../../src/commands/program.js';
import { writeProgram } from '../../src/programs/read-program.js';
import { programFile } from '../../src/programs/program-file.js';
import { testDatabase } from '../support/database.js';
import { runCommand } from '../support/run-command.js';
import { PLAIN_RULES } from '../support/service.js';
import { anOrder, type World, type Worlds, worldsOn } from '../support/world.js';

/** T3, T11 on the command line: a program file over the past of the program, before it is published. */
const db = testDatabase();
let worlds: Worlds;
let shop: World;
let folder: string;
let half: string;

beforeAll(async () => {
  worlds = await worldsOn(db);
  worlds.service.clock.set(Date.now() - 86_400_000);
  shop = await worlds.make(PLAIN_RULES);
  await shop.joins('701');
  await shop.has(anOrder({ id: '7001', customer: '701', cents: 3_000, at: worlds.service.clock.now() }));
  folder = await mkdtemp(join(tmpdir(), 'tallymark-program-'));
  half = join(folder, 'half.yaml');
  const rules = { ...PLAIN_RULES, earning: [{ id: 'base', kind: 'rate', points: '1', per: 200 }] };
  await writeFile(half, writeProgram(programFile.parse({ tallymark: 1, name: 'Half', rules })));
});
afterAll(async () => {
  await worlds.stop();
  await rm(folder, { recursive: true });
});

const run = (command: Command, ...args: string[]) => runCommand(command, args, db.url);

describe('tallymark program', () => {
  test('T3: simulate says what would have been, in text and as JSON, with its progress beside it', async () => {
    const text = await run(program, 'simulate', half);
    expect(text.end).toBe('done');
    expect(text.complained).toEqual(['1 of 1 members']);
    expect(text.said).toContain('1 members: 0 better off, 1 worse off, 0 the same');
    expect(text.said).toContain('  given: 40 -> 25');
    expect(text.said).toContain('  liability now: 0.40 EUR -> 0.25 EUR');
    expect(text.said.join('\n')).toMatch(/order \S+\/7001 \(#7001\): 30 points -> 15 points, first at base: 30 -> 15/);
    const { said } = await run(program, 'simulate', half, '--days', '1', '--json');
    expect(JSON.parse(said.join('\n'))).toMatchObject({ members: { counted: 1 }, since: expect.any(Number) });
  });

  test('T3: simulate over a made past is the same for the same seed', async () => {
    const made = (seed: string) => run(program, 'simulate', half, '--made', '30', '--seed', seed, '--json');
    const [one, same, other] = [await made('3'), await made('3'), await made('4')];
    const orders = ({ said }: typeof one) =>
      (JSON.parse(said.join('\n')) as { orders: { counted: number } }).orders.counted;
    expect(orders(one)).toBeGreaterThan(20);
    expect([orders(same), orders(other) === orders(one)]).toEqual([orders(one), false]);
  });

  test('T11: plan lists what publishing would do to everybody, and writes nothing', async () => {
    const nobody = await run(program, 'plan', half);
    expect([nobody.said, nobody.complained]).toEqual([[], ['1 members, 0 of them are changed']]);
    const { said, complained } = await run(program, 'plan', half, '--from', '2020-01-01T00:00:00Z');
    expect(complained).toEqual(['1 members, 1 of them are changed']);
    expect(JSON.parse(said[0] ?? '')).toMatchObject({
      units: { points: { before: { available: '40' }, after: { available: '25' } } },
      changes: true,
    });
    const { said: csv } = await run(program, 'plan', half, '--from', '2020-01-01T00:00:00Z', '--csv');
    expect(csv[1]).toMatch(/^[0-9a-f-]{36},"points",40,25,0,0,0,0,0,0,0,,$/);
    expect((await shop.balance('701')).available).toBe(40);
  });

  test('T3: what is asked wrongly is answered with how it is used', async () => {
    for (const args of [
      ['simulate'],
      ['plan'],
      ['simulate', half, '--days', 'x'],
      ['plan', half, '--from', 'soon'],
      [],
    ])
      await expect(run(program, ...args)).rejects.toMatchObject({ code: 'usage' });
    await expect(run(program, 'simulate', join(folder, 'none.yaml'))).rejects.toMatchObject({
      code: 'file_unreadable',
    });
    await expect(run(program, 'simulate', half, '--program', '99')).rejects.toMatchObject({ code: 'usage' });
  });
});
