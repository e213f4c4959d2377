import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { command as help, ROLES } from '../../src/commands/help.js';
import { command as program } from '../../src/commands/program.js';
import { writeProgram } from '../../src/programs/read-program.js';
import { testDatabase } from '../support/database.js';
import { runCommand } from '../support/run-command.js';
import { aProgram } from './programs.js';

const db = testDatabase();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tallymark-money-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(name: string, money: object): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, writeProgram(aProgram({ rules: { money } })));
  return path;
}

describe('T10, T11: a program of other money is another program', () => {
  test.each<[string, string[], object, RegExp]>([
    [
      'simulated',
      ['simulate'],
      { code: 'NOK', exponent: 2 },
      /kept in EUR with 2 decimals.*a program in NOK is another/,
    ],
    ['simulated over a made past', ['simulate', '--made', '5'], { code: 'NOK', exponent: 2 }, /program apply --new/],
    ['planned', ['plan'], { code: 'EUR', exponent: 0 }, /with 0 decimals.*Write money: \{ code: EUR, exponent: 2 \}/],
    ['published', ['apply'], { code: 'USD', exponent: 2 }, /a program in USD is another program/],
  ])('it is not %s', async (_, [verb = '', ...more], money, wanted) => {
    const euros = await written('euros.yaml', { code: 'EUR', exponent: 2 });
    const { said } = await runCommand(program, ['apply', euros, '--new'], db.url);
    const [, number = ''] = /program (\d+) is founded/.exec(said.join()) ?? [];
    const other = await written('other.yaml', money);
    await expect(runCommand(program, [verb, other, '--program', number, ...more], db.url)).rejects.toThrow(wanted);
  });
});

test('whoever asks for help is told every role in a line', async () => {
  const { end, said } = await runCommand(help, [], null);
  expect(end).toBe('done');
  for (const role of Object.keys(ROLES)) expect(said.filter((line) => line.startsWith(`  ${role} `))).toHaveLength(1);
});
