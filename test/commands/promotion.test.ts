import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { command as promotion } from '../../src/commands/promotion.js';
import { programRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { type OwnerClient, ownerOf } from '../support/owner-client.js';
import { runCommand } from '../support/run-command.js';
import { PLAIN_RULES } from '../support/service.js';
import { anOrder, type World, type Worlds, worldsOn } from '../support/world.js';

/** C10, T9: promotions of the running program, from the command line and over HTTP: the same acts, the same answers. */
const db = testDatabase();
const { joining: _, ...PLAIN } = PLAIN_RULES;
const RULES = programRules.parse({
  ...PLAIN,
  promotions: [
    { id: 'double', factor: 2 },
    { id: 'triple', factor: 3, when: { dates: { from: '2099-01-01', to: '2099-01-31' } } },
    { id: 'extra', add: 5, ceiling: { points: 100 } },
  ],
});
let worlds: Worlds;
let owner: OwnerClient;
let shop: World;
let next = 70_000;

beforeAll(async () => {
  worlds = await worldsOn(db);
  owner = await ownerOf(db, worlds.service);
  worlds.service.clock.set(Date.now() - 3_600_000);
  shop = await worlds.make(RULES);
  await shop.joins('1');
});
afterAll(async () => {
  await owner.close();
  await worlds.stop();
});

const run = (...args: string[]) => runCommand(promotion, args, db.url);
/** An order of ten euros now: what it gives. */
async function orders(): Promise<number> {
  const id = String(++next);
  const at = Math.max(Date.now(), worlds.service.clock.now() + 5);
  worlds.service.clock.set(at);
  await shop.has(anOrder({ id, customer: '1', cents: 1_000, placed: at, at }));
  return Number((await shop.decision(id))?.gives['points'] ?? 0);
}

describe('tallymark promotion', () => {
  test('C10: list tells how each stands, with what is left of a ceiling and how long that lasts', async () => {
    expect(await orders()).toBe(25);
    const { said, end } = await run('list', shop.program);
    expect(end).toBe('done');
    expect(said.filter((line) => !line.startsWith(' '))).toEqual([
      'double: open. Double points.',
      expect.stringMatching(/^triple: waiting\. Triple points, from 1 January 2099 /),
      expect.stringMatching(/^extra: open\. 5 points extra/),
    ]);
    expect(said.at(-1)).toMatch(/^ {2}5 points of 100 points given, 95 points left; .* an hour, /);
  });

  test('C10: conflicts names those that meet, with the order and its steps', async () => {
    const { said } = await run('conflicts', shop.program);
    expect(said[0]).toMatch(
      /^Where both apply, “double” changes nothing: “triple” takes its place\. For example, an order of €100\.00 on 1 January 2099/,
    );
    expect(said).toContain('  “double”: +100 points, which makes 200 points.');
  });

  test('C10: pause, resume, schedule, copy and stop are in force at once', async () => {
    expect((await run('pause', shop.program, 'double')).said).toEqual([
      'double is paused: version 2, in force from now on',
    ]);
    expect(await orders()).toBe(15);
    await run('resume', shop.program, 'double');
    expect(await orders()).toBe(25);
    await run('schedule', shop.program, 'double', '2098-01-01T00:00', '2098-02-01T00:00');
    expect(await orders()).toBe(15);
    expect((await run('copy', shop.program, 'double', 'double-99')).said).toEqual([
      'double is copied: version 5, in force from now on',
    ]);
    expect((await run('stop', shop.program, 'extra')).said).toEqual([
      'extra is stopped: version 6, in force from now on',
    ]);
    expect(await orders()).toBe(10);
    const { said } = await run('list', shop.program);
    expect(said.find((line) => line.startsWith('double-99'))).toMatch(
      /^double-99: waiting\. Double points, from 1 January 2099/,
    );
    await shop.isSound();
  });

  test('C10: what is asked wrongly is answered with how it is used, or what is not there', async () => {
    for (const args of [
      [],
      ['list'],
      ['list', 'x'],
      ['pause', shop.program],
      ['schedule', shop.program, 'double', 'soon', 'later'],
    ])
      await expect(run(...args)).rejects.toMatchObject({ code: 'usage' });
    await expect(run('pause', shop.program, 'none')).rejects.toMatchObject({ code: 'no_such_promotion' });
    await expect(run('copy', shop.program, 'double', 'triple')).rejects.toMatchObject({ code: 'promotion_exists' });
  });
});

describe('T9: the owner’s routes of promotions', () => {
  const ask = <T>(method: string, path: string, body?: unknown) => owner.ask<T>(shop.program, method, path, body);
  interface State {
    id: string;
    state: string;
    sentence: string;
    ceiling: { points: string; granted: string; left: string; perHour: number | null } | null;
  }
  const states = async (locale = 'en') => {
    const { status, body } = await ask<{ promotions: State[] }>('GET', `/promotions?locale=${locale}`);
    expect(status).toBe(200);
    return new Map(body.promotions.map((one) => [one.id, one]));
  };

  test('promotions: state, sentence and ceiling, in the owner’s language', async () => {
    worlds.service.clock.set(Date.now());
    shop = await worlds.make(RULES);
    await shop.joins('1');
    await orders();
    expect((await states()).get('extra')).toMatchObject({
      state: 'open',
      ceiling: { points: '100', granted: '5', left: '95', perHour: expect.any(Number) },
    });
    expect((await states('pl')).get('double')?.sentence).toBe('Podwójne punkty.');
  });

  test('conflicts: of the program in force, of the draft; four figures and the steps', async () => {
    const { body } = await ask<{ conflicts: { first: string; second: string; points: object; steps: string[] }[] }>(
      'GET',
      '/conflicts?locale=nl',
    );
    expect(body.conflicts.map(({ first, second }) => `${first}, ${second}`)).toEqual([
      'double, triple',
      'double, extra',
      'triple, extra',
    ]);
    expect(body.conflicts[1]).toMatchObject({
      ...{ first: 'double', second: 'extra', kind: 'raises', idle: null },
      points: { none: '100', first: '200', second: '105', both: '205' },
      steps: expect.arrayContaining(['Zonder acties: 100 punten.']),
    });
    const { body: now } = await ask<{ file: { rules: object } }>('GET', '/program');
    const file = { ...now.file, rules: { ...now.file.rules, promotions: [] } };
    expect((await ask('PUT', '/draft', { file, replaces: null })).status).toBe(200);
    expect((await ask('GET', '/conflicts?of=draft')).body).toEqual({ conflicts: [] });
  });

  test('pause, resume, schedule, copy, stop: each is a version, in force at once', async () => {
    const act = async (path: string, body?: unknown) => {
      worlds.service.clock.advance(10);
      return ask('POST', `/promotions/${path}`, body);
    };
    expect(await act('double/pause')).toEqual({ status: 200, body: { version: 2 } });
    worlds.service.clock.advance(10);
    expect((await states()).get('double')?.state).toBe('paused');
    expect(await orders()).toBe(15);
    expect(await act('double/resume')).toEqual({ status: 200, body: { version: 3 } });
    expect(await orders()).toBe(25);
    const window = { from: '2098-01-01T00:00', to: '2098-02-01T00:00' };
    expect(await act('double/schedule', window)).toEqual({ status: 200, body: { version: 4 } });
    expect(await act('double/copy', { as: 'again', years: 2 })).toEqual({ status: 200, body: { version: 5 } });
    expect(await act('extra/pause')).toEqual({ status: 200, body: { version: 6 } });
    expect(await act('extra/stop')).toEqual({ status: 200, body: { version: 7 } });
    expect(await orders()).toBe(10);
    const all = await states();
    expect([...all.keys()]).toEqual(expect.arrayContaining(['double', 'triple', 'extra', 'again']));
    // it was paused when it was ended: there is nothing to resume
    expect(all.get('extra')?.state).toBe('over');
    expect(all.get('again')?.sentence).toMatch(/2100/);
    await shop.isSound();
  });
});
