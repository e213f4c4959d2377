/** How a store misbehaves towards those who call it, and towards those whom it calls. Off until told otherwise. */

/**
 * One wrong answer of the store's API. `reset-after` and `hang-after` do the work first and lose the answer:
 * the caller cannot know. `throttled` is Shopify's way to say 429 at HTTP 200.
 */
export type AnswerFault = {
  /** Matched against `METHOD path?query` (and, for GraphQL, ` operation`). All requests when absent. */
  on?: RegExp;
  /** How often it happens; once when absent. */
  times?: number;
} & (
  | { kind: 'status'; status: number; retryAfter?: string; body?: string }
  | { kind: 'html' | 'truncated' | 'empty' | 'reset' | 'reset-after' | 'hang' | 'hang-after' | 'throttled' | 'huge' }
  | { kind: 'redirect'; to: string }
  | { kind: 'delay'; ms: number }
);

/** What may go wrong with webhooks on their way out; chances are 0..1. */
export interface DeliveryFaults {
  drop: number;
  duplicate: number;
  delayMs: number;
  shuffle: boolean;
}

const WELL: DeliveryFaults = { drop: 0, duplicate: 0, delayMs: 0, shuffle: false };

export class Faults {
  deliveries: DeliveryFaults = { ...WELL };
  private answers: { fault: AnswerFault; left: number }[] = [];
  private readonly random: () => number;

  /** `seed` makes the chances repeatable. */
  constructor(seed = 1) {
    this.random = mulberry32(seed);
  }

  /** The next matching requests get this; several are used up in the order given. */
  answer(fault: AnswerFault): this {
    this.answers.push({ fault, left: fault.times ?? 1 });
    return this;
  }

  /** Everything works again. */
  clear(): void {
    this.answers = [];
    this.deliveries = { ...WELL };
  }

  take(request: string): AnswerFault | null {
    const found = this.answers.find((each) => each.left > 0 && (!each.fault.on || each.fault.on.test(request)));
    if (!found) return null;
    found.left -= 1;
    return found.fault;
  }

  happens(chance: number): boolean {
    return chance > 0 && this.random() < chance;
  }

  pick(count: number): number {
    return Math.floor(this.random() * count);
  }
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
