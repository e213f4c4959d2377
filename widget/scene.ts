import type { CartFacts, HistoryLine, Program, Redemption } from './answers.js';
import { type Client, Refused } from './client.js';
import type { Words } from './words.js';

/** What the host page told the element, read anew whenever an attribute changes. */
export interface Facts {
  view: string;
  cart: CartFacts | null;
  product: CartFacts['lines'][number] | null;
  currency: string;
  order: string | null;
  referral: string | null;
  signIn: string | null;
  checkIn: string | null;
  /** The launcher's corner. */
  place: string;
  hidden: boolean;
}

export interface Asked<T> {
  value: T | null;
  failed: boolean;
  /** True from 200 ms of waiting on, and then for 400 ms at least: show the skeleton. */
  slow: boolean;
}

/** Where a redemption stands; `trouble` says why the last try did not go through, `retry` sends the same intention again. */
export type Stage =
  | { is: 'choosing'; trouble?: string; retry?: () => void }
  | { is: 'holding'; reward: string; sentence: string }
  | { is: 'placing'; redemption: Redemption }
  | { is: 'applied'; redemption: Redemption };

/** All that one block knows and shows. Views are functions of it; whoever changes it draws it again. */
export interface Scene {
  client: Client;
  words: Words;
  facts: Facts;
  program: Program;
  /** What the service said to a question, asked once per `key`; the last answer stays on show while asking again. */
  ask<T>(name: string, key: string, load: () => Promise<T>): Asked<T>;
  emit(name: string, detail: unknown): void;
  draw(): void;
  /** The shopper's points moved: every block on the page asks again. */
  changed(): void;
  /** Asks again after a failure. */
  again(): void;
  alive(): boolean;
  stage: Stage;
  /** The redemption that was just removed: an answer from before may still name it. */
  undone: string;
  /** What is chosen of each reward that can be had in steps. */
  points: Record<string, number>;
  focusNext: boolean;
  busy: boolean;
  copied: boolean;
  /** What came of what the shopper did last, by what it was. */
  told: Record<string, string>;
  /** Whether the launcher's panel is open, and at which part. */
  shown: boolean;
  room: string;
  order: { id: string; lines: HistoryLine[] } | null;
  older: { lines: HistoryLine[]; next: string | null } | null;
}

const SKELETON_AFTER = 200;
const SKELETON_AT_LEAST = 400;
const PATIENCE = 1500;

/**
 * Questions and their answers; a late answer to an old question is dropped. Who is not answered in time is shown the last
 * that was known, else that nobody answers; the answer is shown all the same when it comes.
 */
export function makeAsk(draw: () => void, last: Client['last']): Scene['ask'] {
  const asked = new Map<string, Asked<unknown> & { key: string }>();
  return <T>(name: string, key: string, load: () => Promise<T>) => {
    const before = asked.get(name);
    if (before?.key === key) return before as Asked<T>;
    const now: Asked<T> & { key: string } = { key, value: (before?.value as T) ?? null, failed: false, slow: false };
    asked.set(name, now);
    let shown = 0;
    const timer = setTimeout(() => {
      shown = Date.now();
      now.slow = true;
      draw();
    }, SKELETON_AFTER);
    const settle = (value: T | null) => {
      clearTimeout(timer);
      clearTimeout(patience);
      setTimeout(
        () => {
          if (asked.get(name) !== now) return;
          now.failed = value === null;
          now.value = value ?? now.value;
          now.slow = false;
          draw();
        },
        shown && Math.max(0, shown + SKELETON_AT_LEAST - Date.now()),
      );
    };
    const miss = () => settle((last(name) as T) ?? null);
    const patience = setTimeout(miss, PATIENCE);
    load().then(settle, (why) => (why instanceof Refused ? settle(null) : miss()));
    return now;
  };
}
