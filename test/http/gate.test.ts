import { afterEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import * as z from 'zod';
import { type Limit, type Policy, type Route, route } from '../../src/http/contract.js';
import { healthRoutes } from '../../src/http/health.js';
import { mount } from '../../src/http/mount.js';
import { AppError, RetryLater } from '../../src/lib/errors.js';
import { aGate, bearer, serving, type Serving, shopperToken } from './serving.js';

const open: Serving[] = [];
const start = async (...given: Parameters<typeof serving>) => {
  const started = await serving(...given);
  open.push(started);
  return started;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const ANYBODY = { kind: 'open', why: 'a test' } as const;
const shared = { method: 'get', name: 'test', summary: '', policy: ANYBODY, limit: 'none' } as const;
/** A route that does what the test says. */
const doing = (
  path: string,
  act: () => Promise<unknown>,
  more: { policy?: Policy; limit?: Limit; params?: z.ZodType; query?: z.ZodType } = {},
): Route =>
  route({
    ...shared,
    path,
    answers: { 200: z.strictObject({ said: z.string() }) },
    handle: async () => ({ status: 200, body: await act() }),
    ...more,
  });
const echo = route({
  ...shared,
  method: 'post',
  path: '/echo',
  body: z.strictObject({ text: z.string().max(50_000) }),
  answers: { 200: z.strictObject({ text: z.string() }) },
  handle: async ({ body }) => ({ status: 200, body }),
});
const json = (body: string | Buffer, headers: Record<string, string> = {}) => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'application/json', ...headers },
});

const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code;

describe('T8: deny by default', () => {
  test('a route without a policy keeps the server from starting', () => {
    const forgotten = { ...echo, policy: undefined } as unknown as Route;
    expect(() => mount(express(), [forgotten], aGate())).toThrow(/post \/echo says not who may call it/);
  });

  test('a policy of an unknown kind does too', () => {
    const odd = { ...echo, policy: { kind: 'everybody' } } as unknown as Route;
    expect(() => mount(express(), [odd], aGate())).toThrow(AppError);
  });

  test('so does a route that came past the declaration', () => {
    const app = express();
    app.get('/secret-door', (_request, response) => void response.end('come in'));
    expect(() => mount(app, [echo], aGate())).toThrow(/get \/secret-door is not declared/);
  });

  test('what has no route is a 404 of the common shape, whatever the method', async () => {
    const { url } = await start([echo]);
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await fetch(`${url}/echo`, { method });
      expect([answer.status, await answer.json()]).toEqual([
        404,
        { error: { code: 'not_found', message: expect.any(String) } },
      ]);
    }
  });
});

describe('T9: only what is declared comes in and goes out', () => {
  test('unknown keys in body, query and path are a 400 that names them, not their values', async () => {
    const { url } = await start([echo]);
    const body = await fetch(`${url}/echo`, json('{"text":"a","admin":"hunter2"}'));
    const query = await fetch(`${url}/echo?debug=hunter2`, json('{"text":"a"}'));
    for (const answer of [body, query]) {
      const text = await answer.text();
      expect([answer.status, JSON.parse(text).error.code]).toEqual([400, 'invalid_request']);
      expect(text).toMatch(/admin|debug/);
      expect(text).not.toContain('hunter2');
    }
  });

  test('a parameter given twice is a 400', async () => {
    const { url } = await start([doing('/x', async () => ({ said: 'x' }), { query: z.looseObject({}) })]);
    expect((await fetch(`${url}/x?a=1`)).status).toBe(200);
    expect((await fetch(`${url}/x?a=1&a=2`)).status).toBe(400);
    expect((await fetch(`${url}/x?__proto__=1`)).status).toBe(200);
  });

  test('an answer that is not the declared one is a 500 without its content', async () => {
    const { url, logged } = await start([doing('/leak', async () => ({ said: 'x', secret: 'hunter2' }))]);
    const answer = await fetch(`${url}/leak`);
    expect([answer.status, await answer.json()]).toEqual([
      500,
      { error: { code: 'internal', message: expect.any(String) } },
    ]);
    expect(logged.join()).not.toContain('hunter2');
  });

  test('an undeclared status is a defect too', async () => {
    const odd = route({ ...shared, path: '/odd', answers: { 200: null }, handle: async () => ({ status: 201 }) });
    const { url } = await start([odd]);
    expect((await fetch(`${url}/odd`)).status).toBe(500);
  });
});

describe('every refusal has one shape', () => {
  test('AppError: its code, status, sentence and details', async () => {
    const fail = async () => {
      throw new AppError('not_enough', 422, 'You have 80 points; this needs 100.', { missing: '20' });
    };
    const { url } = await start([doing('/fail', fail)]);
    const answer = await fetch(`${url}/fail`);
    expect([answer.status, await answer.json()]).toEqual([
      422,
      { error: { code: 'not_enough', message: 'You have 80 points; this needs 100.', details: { missing: '20' } } },
    ]);
  });

  test.each([
    ['RetryLater', new RetryLater('busy', 1_500), '2'],
    ['no database', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), '2'],
    ['database starting', Object.assign(new Error('starting'), { code: '57P03' }), '2'],
    ['pool exhausted', new Error('timeout exceeded when trying to connect'), '2'],
    ['statement timeout', Object.assign(new Error('canceling'), { code: '57014' }), '2'],
  ])('F6, F9: %s is a 503 with Retry-After', async (_, error, seconds) => {
    const { url, logged } = await start([doing('/busy', () => Promise.reject(error))]);
    const answer = await fetch(`${url}/busy`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, seconds]);
    expect(logged).toEqual([]);
  });

  test('anything else is a 500 that says nothing of itself, and one line of log', async () => {
    const { url, logged } = await start([doing('/bug', () => Promise.reject(new Error('column "x" does not exist')))]);
    const answer = await fetch(`${url}/bug`);
    expect(await answer.text()).not.toContain('column');
    expect(logged).toHaveLength(1);
    expect(JSON.parse(logged[0] ?? '')).toMatchObject({ level: 'error', request: answer.headers.get('x-request-id') });
  });
});

describe('T26: what is too much is refused', () => {
  test('a body over 100 kB', async () => {
    const { url } = await start([echo]);
    expect((await fetch(`${url}/echo`, json(JSON.stringify({ text: 'a'.repeat(99_000) })))).status).toBe(400);
    const answer = await fetch(`${url}/echo`, json(JSON.stringify({ text: 'a'.repeat(110_000) })));
    expect([answer.status, await codeOf(answer)]).toEqual([413, 'too_large']);
  });

  test.each([
    ['not JSON', json('{"text":'), 400],
    ['not an object', json('"text"'), 400],
    ['no body', { method: 'POST', headers: { 'content-type': 'application/json' } }, 400],
    ['a form', json('text=a', { 'content-type': 'application/x-www-form-urlencoded' }), 415],
    ['no type', { method: 'POST', body: new Blob(['{"text":"a"}']) }, 415],
    ['compressed', json('{"text":"a"}', { 'content-encoding': 'gzip' }), 415],
    ['another charset', json('{"text":"a"}', { 'content-type': 'application/json; charset=utf-16' }), 400],
    ['NUL', json('{"text":"a\\u0000b"}'), 400],
    ['a lone surrogate', json('{"text":"a\\ud800b"}'), 400],
    ['NUL in a key', json('{"te\\u0000xt":"a"}'), 400],
    ['ten thousand levels', json(`{"text":${'['.repeat(10_000)}${']'.repeat(10_000)}}`), 400],
    ['text that is a pair of surrogates', json('{"text":"\\ud83c\\udf81"}'), 200],
  ])('%s', async (_, request, status) => {
    const { url } = await start([echo]);
    const answer = await fetch(`${url}/echo`, request);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      expect.stringContaining('application/json'),
    ]);
  });

  test('a broken path is a 400', async () => {
    const { url } = await start([
      doing('/things/:id', async () => ({ said: 'x' }), { params: z.object({ id: z.string() }) }),
    ]);
    expect((await fetch(`${url}/things/%E0%A4%A`)).status).toBe(400);
    expect((await fetch(`${url}/things/a%00`)).status).toBe(400);
  });

  test('a member over the limit is told when to come back; another is not held up', async () => {
    const reading = doing('/mine', async () => ({ said: 'yours' }), {
      policy: { kind: 'shopper', customer: 'required' },
      limit: 'read',
    });
    const { url } = await start([reading], aGate({}, { read: 3 }));
    const ask = async (customer: string) => fetch(`${url}/mine`, { headers: bearer(await shopperToken({ customer })) });
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push((await ask('7')).status);
    const late = await ask('7');
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await codeOf(late)).toBe('too_many_requests');
    expect((await ask('8')).status).toBe(200);
  });

  test('T27: an address that forges is shut out, and X-Forwarded-For does not help it', async () => {
    const mine = doing('/mine', async () => ({ said: 'yours' }), { policy: { kind: 'shopper', customer: 'optional' } });
    const { url } = await start([mine], aGate({}, { unproved: 3 }));
    const statuses = [];
    for (let i = 0; i < 6; i++)
      statuses.push(
        (await fetch(`${url}/mine`, { headers: { ...bearer('a.b.c'), 'x-forwarded-for': `203.0.113.${i}` } })).status,
      );
    expect(statuses.slice(0, 3)).toEqual([401, 401, 401]);
    expect(statuses.slice(4)).toEqual([429, 429]);
  });

  test('behind one proxy of ours the nearest address counts, whatever the caller put before it', async () => {
    const outside = doing('/x', async () => ({ said: 'x' }), { limit: 'outside' });
    const { url } = await start([outside], aGate({}, { outside: 2 }), 1);
    const from = async (address: string) =>
      (await fetch(`${url}/x`, { headers: { 'x-forwarded-for': `198.51.100.9, ${address}` } })).status;
    expect([await from('203.0.113.1'), await from('203.0.113.1'), await from('203.0.113.1')]).toEqual([200, 200, 429]);
    expect(await from('203.0.113.2')).toBe(200);
  });
});

describe('headers', () => {
  test('nothing may be loaded, framed, cached or referred from an answer', async () => {
    const { url } = await start([doing('/x', async () => ({ said: 'x' }))]);
    const { headers } = await fetch(`${url}/x`);
    expect(headers.get('content-security-policy')).toContain("default-src 'none';frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('any page may ask the storefront, none with credentials', async () => {
    const { url } = await start([doing('/storefront/v1/x', async () => ({ said: 'x' }))]);
    const preflight = await fetch(`${url}/storefront/v1/x`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'GET' },
    });
    expect(preflight.status).toBe(204);
    for (const { headers } of [preflight, await fetch(`${url}/storefront/v1/x`)]) {
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
  });
});

describe('health', () => {
  const hangs = () => new Promise<void>(() => {});

  test('alive is not ready: /ready names the part that does not answer', async () => {
    const checks = { database: async () => {}, queue: () => Promise.reject(new Error('away')) };
    const { url } = await start(healthRoutes(checks));
    expect((await fetch(`${url}/live`)).status).toBe(200);
    const ready = await fetch(`${url}/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { ready: false, checks: { database: 'ok', queue: 'failed' } },
    ]);
  });

  test('a part that hangs is not ready either', async () => {
    const { url } = await start(healthRoutes({ database: hangs }));
    expect((await fetch(`${url}/ready`)).status).toBe(503);
  });

  test('/metrics is there for the operator alone', async () => {
    const { url } = await start(healthRoutes({}));
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    expect((await fetch(`${url}/metrics`, { headers: bearer('operator-token-1235') })).status).toBe(404);
    const answer = await fetch(`${url}/metrics`, { headers: bearer('operator-token-1234') });
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringContaining('tallymark_http_request_seconds'),
    ]);
  });
});
