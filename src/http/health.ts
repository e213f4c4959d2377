import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { registry } from '../lib/metrics.js';
import { type Route, route } from './contract.js';

/** What `/ready` looks at: each named check resolves when that part works, and rejects or hangs when it does not. */
export type Checks = Record<string, () => Promise<void>>;

const CHECK_MS = 2_000;
const readiness = z.strictObject({ ready: z.boolean(), checks: z.record(z.string(), z.enum(['ok', 'failed'])) });

/** Alive = the process answers. Ready = its parts do; send no traffic otherwise. */
export function healthRoutes(checks: Checks): Route[] {
  return [
    route({
      method: 'get',
      path: '/live',
      name: 'live',
      summary: 'The process answers',
      policy: { kind: 'open', why: 'says nothing but that it runs' },
      limit: 'none',
      answers: { 200: z.strictObject({ live: z.literal(true) }) },
      handle: async () => ({ status: 200, body: { live: true } }),
    }),
    route({
      method: 'get',
      path: '/ready',
      name: 'ready',
      summary: 'The parts that a request needs answer too',
      policy: { kind: 'open', why: 'load balancers ask without a secret; names parts, no detail' },
      limit: 'none',
      answers: { 200: readiness, 503: readiness },
      async handle() {
        const results = await Promise.all(
          Object.entries(checks).map(async ([name, check]) => [name, (await holds(check)) ? 'ok' : 'failed'] as const),
        );
        const ready = results.every(([, result]) => result === 'ok');
        return { status: ready ? 200 : 503, body: { ready, checks: Object.fromEntries(results) } };
      },
    }),
    route({
      method: 'get',
      path: '/metrics',
      name: 'metrics',
      summary: 'Figures in the text format of Prometheus',
      policy: { kind: 'operator' },
      limit: 'none',
      answers: { 200: null },
      async handle() {
        return { status: 200, headers: { 'content-type': registry.contentType }, body: await registry.metrics() };
      },
    }),
  ];
}

async function holds(check: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((done) => (timer = setTimeout(() => done(false), CHECK_MS)));
  const result = await Promise.race([
    check().then(
      () => true,
      () => false,
    ),
    late,
  ]);
  clearTimeout(timer);
  return result;
}

/** Who may read /metrics: with a token configured whoever has it; without one everybody, but nobody in production. */
export function operatorGate(token: string | null, production: boolean): (given: string | undefined) => boolean {
  if (token === null) return () => !production;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const wanted = digest(`Bearer ${token}`);
  return (given) => timingSafeEqual(digest(given ?? ''), wanted);
}
