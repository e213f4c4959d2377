import { describe, expect, test } from '@jest/globals';
import { createLogger } from '../../src/lib/logger.js';
import { recordPaths } from '../../src/lib/path-recorder.js';
import { makeReleasers } from '../../src/lib/releasers.js';

function aLog() {
  const lines: string[] = [];
  return { lines, log: createLogger('info', { write: (line) => void lines.push(line) }) };
}

describe('T29: logs carry ids only', () => {
  const CANARY = 'canary-7f3a';

  test.each([
    ['at the top', { email: CANARY, token: CANARY, body: CANARY, code: CANARY }],
    ['inside', { customer: { email: CANARY, phone: CANARY }, headers: { authorization: CANARY, cookie: CANARY } }],
    ['deeper', { request: { config: { password: CANARY, consumer_secret: CANARY } } }],
    [
      'in an error of the database',
      { err: Object.assign(new Error('duplicate key'), { detail: CANARY, where: CANARY }) },
    ],
    [
      'in an error of a client',
      { err: Object.assign(new Error('401'), { config: { auth: CANARY }, response: { data: CANARY } }) },
    ],
    [
      'in its cause',
      { err: new Error('failed', { cause: Object.assign(new Error('inner'), { headers: { x: CANARY } }) }) },
    ],
  ])('nothing that is secret or personal %s', (_, fields) => {
    const { lines, log } = aLog();
    log.warn(fields, 'something happened');
    expect(lines.join()).toContain('something happened');
    expect(lines.join()).not.toContain(CANARY);
  });

  test('the ids by which one grep tells a story stay', () => {
    const { lines, log } = aLog();
    log.info({ delivery: '12', activity: 'order:3/77', transfer: '99', request: 'ab' }, 'posted');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      delivery: '12',
      activity: 'order:3/77',
      transfer: '99',
      request: 'ab',
    });
  });
});

describe('the end', () => {
  test('comes in reverse order, once, and nothing that fails or hangs keeps the rest from it', async () => {
    const { lines, log } = aLog();
    const releasers = makeReleasers(log, { eachMs: 50 });
    const ended: string[] = [];
    releasers.add('database', () => void ended.push('database'));
    releasers.add('hangs', () => new Promise(() => {}));
    releasers.add('fails', () => Promise.reject(new Error('no')));
    releasers.add('work', async () => void ended.push('work'));
    expect(releasers.leaving).toBe(false);
    await Promise.all([releasers.release(), releasers.release()]);
    expect([ended, releasers.leaving, lines.length]).toEqual([['work', 'database'], true, 2]);
  });

  test('and within its time, whatever hangs', async () => {
    const { log } = aLog();
    const releasers = makeReleasers(log, { eachMs: 60_000, allMs: 50 });
    releasers.add('hangs', () => new Promise(() => {}));
    const before = performance.now();
    await releasers.release();
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});

describe('the path of a delivery', () => {
  test('its first steps are recorded before it has an id, and times are since the step before', () => {
    let now = 1_000;
    const paths = recordPaths(10, () => (now += 5));
    paths.record('hash', 'webhook', '6 kB');
    paths.record('hash', 'signature', 'genuine');
    paths.record('7', 'queue', 'claimed');
    paths.begin({ id: '7', topic: 'orders/paid', store: 'Brambles', receivedAt: 1_000 }, 'hash');
    paths.recordLast('platform', 'balance mirrored');
    const [path] = paths.paths();
    expect(path?.delivery.topic).toBe('orders/paid');
    expect(path?.steps.map(({ name, ms }) => [name, ms])).toEqual([
      ['webhook', 0],
      ['signature', 5],
      ['queue', 5],
      ['platform', 5],
    ]);
  });

  test('a row lay in the inbox before it was claimed, whoever heard of it first', () => {
    let now = 1_000;
    const paths = recordPaths(10, () => (now += 5));
    paths.record('hash', 'webhook', '6 kB');
    paths.record('7', 'queue', 'claimed');
    paths.record('hash', 'inbox', 'committed');
    paths.begin({ id: '7', topic: 'orders/paid', store: 'Brambles', receivedAt: 1_000 }, 'hash');
    expect(paths.paths()[0]?.steps.map(({ name, ms }) => [name, ms])).toEqual([
      ['webhook', 0],
      ['inbox', 5],
      ['queue', 0],
    ]);
  });

  test('only the last are kept', () => {
    const paths = recordPaths(3);
    for (let i = 0; i < 10; i++) paths.begin({ id: String(i), topic: '', store: '', receivedAt: 0 });
    expect(paths.paths().map(({ delivery }) => delivery.id)).toEqual(['9', '8', '7']);
  });
});
