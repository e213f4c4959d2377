import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { environment, readConfig } from '../../src/config.js';
import { AppError } from '../../src/lib/errors.js';

const aFolder = () => mkdtempSync(join(tmpdir(), 'tallymark-config-'));
const KEY = 'k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgresql://a:b@db.example.com/t',
  PUBLIC_URL: 'https://points.example.com/',
  KEYS: KEY,
};

function problemsOf(source: Record<string, string>): string[] {
  try {
    readConfig(source);
  } catch (error) {
    if (error instanceof AppError) return error.details['problems'] as string[];
    throw error;
  }
  return [];
}

describe('configuration', () => {
  test('nothing set: embedded, on loopback, keys of its own that the next start reads again', () => {
    const folder = aFolder();
    const config = readConfig({ DATA_DIR: folder });
    expect(config).toMatchObject({ databaseUrl: null, redisUrl: null, host: '127.0.0.1', port: 3000, shards: 4 });
    expect(config.keys.map(({ key }) => key.length)).toEqual([32]);
    expect(readConfig({ DATA_DIR: folder }).keys).toEqual(config.keys);
    expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o600);
  });

  test('an empty value counts as not set', () => {
    expect(readConfig({ DATA_DIR: aFolder(), DATABASE_URL: '', PORT: ' ' })).toMatchObject({
      databaseUrl: null,
      port: 3000,
    });
  });

  test('without a database nothing but loopback is listened on', () => {
    expect(problemsOf({ DATA_DIR: aFolder(), HOST: '0.0.0.0' })).toEqual([
      expect.stringContaining('HOST 0.0.0.0 needs DATABASE_URL'),
    ]);
    expect(problemsOf({ DATA_DIR: aFolder(), HOST: '::1' })).toEqual([]);
  });

  test('with a database it listens on every address, unless told otherwise', () => {
    expect(readConfig(PRODUCTION).host).toBe('0.0.0.0');
    expect(readConfig({ ...PRODUCTION, HOST: '10.0.0.7' }).host).toBe('10.0.0.7');
  });

  test('production without what it needs refuses to start and names all of it', () => {
    expect(problemsOf({ NODE_ENV: 'production' }).map((line) => line.split(' ')[0])).toEqual([
      'DATABASE_URL',
      'PUBLIC_URL',
      'KEYS',
    ]);
    expect(problemsOf(PRODUCTION)).toEqual([]);
  });

  test('every problem is named at once, and malformed is not called missing', () => {
    const problems = problemsOf({
      ...PRODUCTION,
      DATABASE_URL: 'mysql://db',
      KEYS: 'k1:short',
      PORT: '70000',
      LOG_LEVEL: 'loud',
      SHOPIFY_API_KEY: 'abc',
      ALLOW_PRIVATE_STORES: 'true',
    });
    const named = problems.map((line) => line.split(/[ :]/)[0]);
    expect(named.sort()).toEqual([
      'ALLOW_PRIVATE_STORES',
      'DATABASE_URL',
      'KEYS',
      'LOG_LEVEL',
      'PORT',
      'SHOPIFY_API_KEY',
    ]);
  });

  test('a link to nowhere safe is refused in production', () => {
    expect(problemsOf({ ...PRODUCTION, PUBLIC_URL: 'http://points.example.com' })).toEqual([
      expect.stringContaining('https://'),
    ]);
  });

  test('no problem shows a value', () => {
    const problems = problemsOf({
      ...PRODUCTION,
      DATABASE_URL: 'mysql://user:hunter2@db',
      KEYS: 'k1:hunter2',
      METRICS_TOKEN: 'hunter2',
    });
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toContain('hunter2');
  });

  test('keys: several, the first seals; a doubled id is refused', () => {
    expect(readConfig({ ...PRODUCTION, KEYS: `${KEY.replace('k1', 'k2')},${KEY}` }).keys.map(({ id }) => id)).toEqual([
      'k2',
      'k1',
    ]);
    expect(problemsOf({ ...PRODUCTION, KEYS: `${KEY},${KEY}` })).toEqual([expect.stringContaining('same id twice')]);
  });
});

describe('.env.example', () => {
  const lines = readFileSync('.env.example', 'utf8').split('\n');
  const assigned = lines.flatMap((line) => {
    const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value ?? ''] as const];
  });

  test('names every variable that is read, and none other', () => {
    expect(assigned.map(([name]) => name).sort()).toEqual(Object.keys(environment.shape).sort());
  });

  test('is a valid configuration as it stands', () => {
    expect(problemsOf(Object.fromEntries(assigned))).toEqual([]);
  });

  test('says a word about each', () => {
    for (const [index, line] of lines.entries())
      if (/^[A-Z_]+=/.test(line)) expect(lines[index - 1]).toMatch(/^(#|[A-Z_]+=)/);
  });
});
