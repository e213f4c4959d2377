import type { Millis } from './clock.js';

export const STEPS = ['webhook', 'signature', 'inbox', 'queue', 'engine', 'ledger', 'outbox', 'platform'] as const;
export type StepName = (typeof STEPS)[number];

export interface Delivery {
  id: string;
  topic: string;
  store: string;
  receivedAt: Millis;
}

/** One delivery's way through the service, as it happened. `at` is epoch ms; `ms` = since the step before. */
export interface Path {
  delivery: Delivery;
  steps: { name: StepName; at: Millis; ms: number; detail: string }[];
}

/** Keeps the ways of the last deliveries in memory, for the demo's panel. Elsewhere `noPaths` costs nothing. */
export interface PathRecorder {
  /**
   * A step of a delivery: by its id, or, before its sender's side knows one, by a key of its own that begins with the step
   * `webhook`. `detail` is a few words, never personal data.
   */
  record(key: string, step: StepName, detail: string): void;
  /** Says what the delivery is; `earlier` = the key under which its first steps were recorded. */
  begin(delivery: Delivery, earlier?: string): void;
  /**
   * A step that follows from the delivery that last reached the ledger (before any did: the one begun last), when that was
   * just now: effects do not know which delivery caused them.
   */
  recordLast(step: StepName, detail: string): void;
  /** Those that were begun, newest first. */
  paths(): Path[];
}

export const noPaths: PathRecorder = { record: () => {}, begin: () => {}, recordLast: () => {}, paths: () => [] };

/** An effect that is taken up later than this after a delivery's last step has another cause: somebody clicked. */
const FOLLOWS_WITHIN_MS = 2_000;
/** What the platform answered within this belongs to the effect that was taken up. */
const ANSWERED_WITHIN_MS = 20_000;

interface Kept {
  delivery: Delivery | null;
  steps: { name: StepName; at: number; detail: string }[];
}

export function recordPaths(
  most = 50,
  now: () => number = () => performance.timeOrigin + performance.now(),
): PathRecorder {
  const kept = new Map<string, Kept>();
  /** The ids of deliveries whose first steps came under another key: those may still be recorded when work has begun. */
  const aliases = new Map<string, string>();
  let begun: string | null = null;
  let posted: string | null = null;

  function at(key: string): Kept {
    const known = kept.get(key);
    if (known) return known;
    const made: Kept = { delivery: null, steps: [] };
    kept.set(key, made);
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    return made;
  }
  const record = (key: string, name: StepName, detail: string, when = now()) => {
    if (name === 'webhook') aliases.delete(key);
    at(aliases.get(key) ?? key).steps.push({ name, at: when, detail });
    if (name === 'ledger') posted = key;
  };
  return {
    record,
    begin(delivery, earlier) {
      const path = at(delivery.id);
      path.delivery = delivery;
      if (earlier !== undefined && kept.has(earlier)) {
        const { steps } = at(earlier);
        // the same body may have come twice: each delivery has its own first steps
        const next = steps.findIndex(({ name }, index) => index > 0 && name === 'webhook');
        path.steps.unshift(...steps.splice(0, next < 0 ? steps.length : next));
        if (steps.length === 0) kept.delete(earlier);
        if (aliases.size > most) aliases.clear();
        if (steps.length === 0) aliases.set(earlier, delivery.id);
      }
      begun = delivery.id;
    },
    recordLast(step, detail) {
      const cause = posted ?? begun;
      const before = cause === null ? undefined : kept.get(cause)?.steps.at(-1);
      const when = now();
      if (cause === null || !before) return;
      const within = step === 'platform' && before.name === 'outbox' ? ANSWERED_WITHIN_MS : FOLLOWS_WITHIN_MS;
      if (when - before.at < within) record(cause, step, detail, when);
    },
    paths: () =>
      [...kept.values()].reverse().flatMap(({ delivery, steps }) => (delivery ? [shown(delivery, steps)] : [])),
  };
}

function shown(delivery: Delivery, recorded: Kept['steps']): Path {
  const steps = inOrder(recorded);
  const since = (index: number) => (steps[index]?.at ?? 0) - (steps[index - 1]?.at ?? steps[index]?.at ?? 0);
  return {
    delivery,
    steps: steps.map(({ name, at, detail }, index) => ({
      name,
      at: Math.round(at),
      ms: Math.round(since(index) * 100) / 100,
      detail,
    })),
  };
}

/** By time. The receiver hears of its commit when a worker may have claimed the row already: it was there before that. */
function inOrder(recorded: Kept['steps']): Kept['steps'] {
  const kept = recorded.find(({ name }) => name === 'inbox');
  const claimed = recorded.find(({ name }) => name === 'queue');
  const at = (step: Kept['steps'][number]) => (step === kept && claimed ? Math.min(step.at, claimed.at) : step.at);
  return recorded
    .map((step) => ({ ...step, at: at(step) }))
    .toSorted((a, b) => a.at - b.at || STEPS.indexOf(a.name) - STEPS.indexOf(b.name));
}
