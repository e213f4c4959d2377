import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { command } from '../../src/commands/program-check.js';
import { runCommand } from '../support/run-command.js';

/** T14: whoever wrote a file is told the line and the way out. */
const FILE = `tallymark: 1
name: Bean card
names: { units: { beans: { en: "{n} beans", nl: "{n} bonen", nb: "{n} bønner", pl: "{n} ziaren" } } }
rules:
  zone: Europe/Oslo
  money: { code: NOK, exponent: 2 }
  units:
    beans: { value: 5 }
  earning:
    - { id: base, unit: beans, kind: rate, points: 1, per: 1000 }
  tiers:
    basis: spend
    window: { kind: lifetime }
    levels: [{ id: friend }, { id: gold, enter: 500000 }]
  promotions:
    - { id: weekend, unit: beans, factor: 2, when: { weekdays: [sat, sun], tiers: [gold] } }
examples:
  - name: a plain day
    story:
      - { kind: join, day: 2027-01-04, birthday: 05-20 }
      - { kind: order, day: 2027-01-04, id: A, amount: 20000, gives: { beans: 20 } }
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'places-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function said(text: string): Promise<string[]> {
  const path = join(folder, 'f.yaml');
  await writeFile(path, text);
  const { said: lines } = await runCommand(command, [path], null);
  return lines.map((line) => line.replaceAll(path, 'F'));
}

describe('T14: what is wrong with a file, with its line and what to do', () => {
  test('a file that is fine', async () => {
    expect(await said(FILE)).toEqual([expect.stringMatching(/^F: fine, its example comes out as it says, hash/)]);
  });

  test.each<[string, string, string, RegExp]>([
    ['a misspelt condition', 'weekdays:', 'weekday:', /^F:16 .*when\.weekday: .* Did you mean weekdays\? /],
    ['a misspelt kind', 'kind: rate', 'kind: ratte', /^F:10 .*Did you mean rate\? /],
    ['a weekday in full', '[sat, sun]', '[saturday, sun]', /^F:16 .*weekdays\[0\].*Did you mean sat\? /],
    ['a level that is not there', '[gold]', '[golden]', /^F:16 .*there is no tier golden\. Did you mean gold\? /],
    [
      'a unit that is not there',
      'unit: beans, kind',
      'unit: bean, kind',
      /^F:10 .*no unit bean\. Did you mean beans\? /,
    ],
    [
      'a day that does not exist',
      'weekdays: [sat, sun]',
      'from: 2027-02-30T00:00',
      /^F:16 .*does not exist\. Write a day/,
    ],
    [
      'a span without its beginning',
      'weekdays: [sat, sun]',
      'recurs: { weeks: 2, on: [sat] }',
      /^F:16 .*recurs\.from: it is missing\. Add it: a day/,
    ],
    [
      'a birthday with its year',
      'birthday: 05-20',
      'birthday: 1990-05-20',
      /^F:20 .*Write a day of the year, as in 12-24\.$/,
    ],
    ['a birthday on no day', 'birthday: 05-20', 'birthday: 02-31', /^F:20 .*02-31 is no day of the year\. /],
    ['a decimal rate', 'points: 1,', 'points: 1.5,', /^F:10 .*1\.5 is "3\/2"\.$/],
    ['an amount with decimals', 'amount: 20000', 'amount: 200.5', /^F:21 .*200\.5 is 20050\.$/],
    [
      'nothing where units are named',
      'units:\n    beans: { value: 5 }',
      'units:',
      /^F:7 rules\.units: nothing stands here\. /,
    ],
    ['a tab', '  zone', '\tzone', /^F:5 .*Write spaces instead of the tab\.$/],
    [
      'a word twice',
      '  money:',
      '  zone: Europe/Oslo\n  money:',
      /^F:6 .*It is written twice: take one of the two out\.$/,
    ],
    [
      'a text that refers to itself',
      'name: Bean card',
      'name: *none',
      /^F.*cannot be read|^F .*refers to parts of itself/,
    ],
    ['a plural without its last form', '"{n} beans"', '"{n, plural, one {# bean}}"', /^F:3 .*lacks the form “other”/],
    ['a number sign beside no plural', '"{n} beans"', '"# beans"', /^F:3 .*# is the number inside plural alone/],
    [
      'a wrong number',
      'beans: 20 }',
      'beans: 21 }',
      /^F examples\[0\]\.story\[1\] .*should be 21 and is 20 \(line 21\)$/,
    ],
    [
      'a strange unit in an example',
      '{ beans: 20 }',
      '{ bean: 20 }',
      /bean given \(the program has no such unit\) should be 20 and is 0 \(line 21\)$/,
    ],
    [
      'a trap',
      'beans: { value: 5 }',
      'beans: { value: 5, clawback: zero }',
      /^F beware, rules\.units\.beans\.clawback: .*\(line 8\)$/,
    ],
  ])('%s', async (_, from, to, wanted) => {
    expect(FILE).toContain(from);
    const lines = await said(FILE.replace(from, to));
    expect(lines.filter((line) => wanted.test(line))).toHaveLength(1);
  });

  test('why an example does not come out is told beside it', async () => {
    const lines = await said(FILE.replace('per: 1000 }', 'per: 1000, limits: [{ per: day, points: 0 }] }'));
    expect(lines).toEqual([
      expect.stringMatching(/beans given should be 20 and is 0/),
      expect.stringMatching(/beware, rules\.earning\[0\]\.limits\[0\]\.points: a limit of 0 leaves nothing/),
    ]);
  });

  test('one broken line is told once, however much of the file it breaks', async () => {
    const lines = await said(FILE.replace('  zone: Europe/Oslo', '   zone: ['));
    expect(lines).toHaveLength(1);
  });
});
