import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Command } from '../../src/commands/command.js';
import { command as apiKey } from '../../src/commands/api-key.js';
import { command as program } from '../../src/commands/program.js';
import { ownerProof } from '../../src/http/owner/make-verbs.js';
import { hashOf } from '../../src/programs/canonical.js';
import { readProgram, writeProgram } from '../../src/programs/read-program.js';
import { testDatabase } from '../support/database.js';
import { runCommand } from '../support/run-command.js';
import { aProgram, order, story } from './programs.js';

/** T14: tallymark program check, diff, apply, export; tallymark api-key. */
const db = testDatabase();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tallymark-program-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(command: Command, args: string[], database: string | null = db.url) {
  const { end, said, complained } = await runCommand(command, args, database);
  return { end, said: said.join('\n'), complained: complained.join('\n') };
}

const examples = story(order('A', 1250, { gives: { points: 12 } }));
const first = aProgram({
  examples,
  names: { units: { points: { symbol: '☕', nl: '{n, plural, one {# boon} other {# bonen}}' } } },
});
const richer = { ...first, rules: { ...first.rules, joining: { gives: 10, unit: 'points' } } };
async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe('tallymark program', () => {
  test('check: fine or what is wrong with its line; no database is asked', async () => {
    const fine = await write('fine.yaml', writeProgram(first));
    expect(await run(program, ['check', fine], null)).toMatchObject({
      end: 'done',
      said: expect.stringContaining(hashOf(first)),
    });
    const wrong = await write('wrong.yaml', writeProgram(first).replace('points: 12', 'points: 13'));
    expect(await run(program, ['check', fine, wrong], null)).toMatchObject({
      end: 'failed',
      said: expect.stringMatching(
        /wrong\.yaml examples\[0\]\.story\[0\] \(example “a story”\): points given should be 13 and is 12/,
      ),
    });
    const unknown = await write('unknown.yaml', writeProgram(first).replace('per: 100', 'par: 100'));
    expect((await run(program, ['check', unknown], null)).said).toMatch(
      /unknown\.yaml:\d+ rules\.earning\[0\]\.par: the format does not know/,
    );
    await expect(run(program, ['check', join(folder, 'none.yaml')], null)).rejects.toThrow(/cannot be read/);
    await expect(run(program, ['publish'], null)).rejects.toThrow(/check, diff, apply, export/);
  });

  test('C10, T9: check names traps, and promotions that meet with the order that shows it; neither keeps it from being fine', async () => {
    const careless = aProgram({
      rules: {
        promotions: [
          { id: 'double', factor: 2 },
          { id: 'triple', factor: 3 },
        ],
        rewards: [{ id: 'mug', kind: 'product', points: 100 }],
      },
    });
    const path = await write('careless.yaml', writeProgram(careless));
    const { end, said } = await run(program, ['check', path], null);
    expect(end).toBe('done');
    const lines = said.split('\n');
    expect(lines[0]).toMatch(/careless\.yaml: fine/);
    expect(lines[1]).toMatch(
      /careless\.yaml beware, rules\.rewards\[0\]\.onRefund: a refund gives back a share of its points/,
    );
    expect(lines[2]).toMatch(
      /promotions that meet: Where both apply, “double” changes nothing: “triple” takes its place\. For example, an order of €100\.00 on .*: 100 points without them, 200 points with “double”, 300 points with “triple”, 300 points with both\.$/,
    );
    expect(lines.slice(3)).toEqual([
      '  Without promotions: 100 points.',
      '  “double”: +100 points, which makes 200 points.',
      '  “triple”: +100 points, which makes 300 points.',
    ]);
  });

  test('apply --new, diff, apply, export: what comes out is what went in, to the hash', async () => {
    const path = await write('first.yaml', writeProgram(first));
    const { said } = await run(program, ['apply', path, '--new']);
    const number = /program (\d+) is founded/.exec(said)?.[1] ?? '';
    const exported = await run(program, ['export', '--program', number]);
    expect(hashOf(readProgram(exported.said))).toBe(hashOf(first));
    expect(exported.complained).toContain(hashOf(first));
    expect(`${exported.said}\n`).toBe(await readFile(path, 'utf8'));

    const next = await write('richer.json', writeProgram(richer, 'json'));
    expect((await run(program, ['diff', next, '--program', number, '--locale', 'pl'])).said).toBe(
      'Nowość: dołączenie (daje: 10).',
    );
    expect((await run(program, ['diff', path, next], null)).said).toContain('New: joining');
    expect((await run(program, ['apply', next, '--program', number, '--base', '1'])).said).toMatch(
      /New: joining.*\n.*version 2 is published/,
    );
    expect((await run(program, ['apply', next, '--program', number])).said).toMatch(/says that already, as version 2/);
    await expect(run(program, ['apply', path, '--program', number, '--base', '1'])).rejects.toThrow(
      /Version 2 was published since/,
    );
    expect(
      hashOf(readProgram((await run(program, ['export', '--program', number, '--version', '1', '--json'])).said)),
    ).toBe(hashOf(first));
    expect(await db.sql('select actor, what from audit_event where program_id = $1', [number])).toEqual([
      { actor: 'command', what: 'program.published' },
    ]);
  });

  test('apply refuses what is not fine, and says why', async () => {
    const wrong = await write('refused.yaml', writeProgram(first).replace('points: 12', 'points: 13'));
    await expect(run(program, ['apply', wrong, '--new'])).rejects.toThrow(/Nothing was published/);
  });
});

test('T27: tallymark api-key: made, used, listed, revoked', async () => {
  const path = await write('keyed.yaml', writeProgram(first));
  const number = /program (\d+)/.exec((await run(program, ['apply', path, '--new'])).said)?.[1] ?? '';
  const { said: text } = await run(apiKey, ['create', number, 'till']);
  expect(await ownerProof(db.app)(text, Date.now())).toMatchObject({ program: number, name: 'till' });
  const { said } = await run(apiKey, ['list', number]);
  const key = /^key (\d+) \(till\): made .*, last used /.exec(said)?.[1] ?? '';
  await run(apiKey, ['revoke', number, key]);
  expect(await ownerProof(db.app)(text, Date.now())).toBeNull();
  expect((await run(apiKey, ['list', number])).said).toContain('revoked');
  await expect(run(apiKey, ['revoke', number, key])).rejects.toThrow(/no key/);
  await expect(run(apiKey, ['create', '999999', 'x'])).rejects.toThrow(/no program/);
});
