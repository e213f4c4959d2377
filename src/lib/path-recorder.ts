import { systemClock, type Clock, type Millis } from './clock.js';

export const STEPS = ['webhook', 'signature', 'inbox', 'queue', 'engine', 'ledger', 'outbox', 'platform'] as const;
export type StepName = (typeof STEPS)[number];

/** One delivery's way through the service, as it happened. `at` is epoch ms; `ms` = since the step before. */
export interface Path {
  delivery: { id: string; topic: string; store: string; receivedAt: Millis };
  steps: { name: StepName; at: Millis; ms: number; detail: string }[];
}

/** Keeps the ways of the last deliveries in memory, for the demo's panel. Elsewhere `noPaths` costs nothing. */
export interface PathRecorder {
  begin(delivery: Path['delivery']): void;
  /** A step of a delivery that was begun; of any other it is dropped. `detail` is a few words, never personal data. */
  record(deliveryId: string, step: StepName, detail: string): void;
  /** The newest first. */
  paths(): Path[];
}

export const noPaths: PathRecorder = { begin: () => {}, record: () => {}, paths: () => [] };

export function recordPaths(kept = 20, clock: Clock = systemClock): PathRecorder {
  const paths = new Map<string, Path & { last: number }>();
  return {
    begin(delivery) {
      paths.set(delivery.id, { delivery, steps: [], last: performance.now() });
      for (const id of paths.keys()) {
        if (paths.size <= kept) break;
        paths.delete(id);
      }
    },
    record(deliveryId, name, detail) {
      const path = paths.get(deliveryId);
      if (!path) return;
      const now = performance.now();
      const ms = Math.round((now - path.last) * 100) / 100;
      path.last = now;
      path.steps.push({ name, at: clock.now(), ms, detail });
    },
    paths: () => [...paths.values()].reverse().map(({ delivery, steps }) => ({ delivery, steps })),
  };
}
