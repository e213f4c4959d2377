import * as z from 'zod';
import { type Path, type PathRecorder, STEPS } from '../lib/path-recorder.js';
import { type Route, route } from './contract.js';

const path = z.strictObject({
  delivery: z
    .strictObject({ id: z.string(), topic: z.string(), store: z.string(), receivedAt: z.number() })
    .nullable()
    .meta({ description: 'null when none has come yet' }),
  steps: z.array(z.strictObject({ name: z.enum(STEPS), at: z.number(), ms: z.number(), detail: z.string() })),
});

/** The last that moved something: an echo (what we wrote, told back to us) would hide it at once. */
function lastOf(paths: Path[]): Path | { delivery: null; steps: [] } {
  const moved = paths.find(({ steps }) => steps.some(({ name }) => name === 'ledger'));
  return moved ?? paths[0] ?? { delivery: null, steps: [] };
}

/** The way of the last delivery, for the demo's panel. Declared in the demo alone. */
export function demoRoutes(recorder: PathRecorder): Route[] {
  return [
    route({
      method: 'get',
      path: '/demo/path',
      name: 'demoPath',
      summary: 'How the last delivery went, step by step (demo only)',
      policy: { kind: 'open', why: 'exists in the demo alone, which listens on loopback' },
      limit: 'none',
      answers: { 200: path },
      handle: async () => ({
        status: 200,
        body: lastOf(recorder.paths()),
        headers: { 'access-control-allow-origin': '*' },
      }),
    }),
  ];
}
