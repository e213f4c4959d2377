import type { Millis } from '../lib/clock.js';

/** Instants still to be played, each once, soonest first; more may be added while it is emptied. A binary heap. */
export class Instants {
  private readonly heap: Millis[] = [];
  private readonly seen = new Set<Millis>();
  private readonly until: Millis;

  constructor(until: Millis) {
    this.until = until;
  }

  add(at: Millis | null): void {
    if (at === null || at > this.until || this.seen.has(at)) return;
    this.seen.add(at);
    const { heap } = this;
    let i = heap.push(at) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if ((heap[parent] ?? 0) <= at) break;
      heap[i] = heap[parent] ?? 0;
      i = parent;
    }
    heap[i] = at;
  }

  /** The soonest, if it is not after `limit`. */
  next(limit = Infinity): Millis | null {
    const { heap } = this;
    const first = heap[0];
    if (first === undefined || first > limit) return null;
    const last = heap.pop();
    if (last === undefined) return null;
    if (heap.length === 0) return first;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && (heap[child + 1] ?? 0) < (heap[child] ?? 0)) child++;
      if ((heap[child] ?? 0) >= last) break;
      heap[i] = heap[child] ?? 0;
      i = child;
    }
    heap[i] = last;
    return first;
  }
}
