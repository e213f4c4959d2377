import { setTimeout as wait } from 'node:timers/promises';
import type { Faults } from './faults.js';

export interface Letter {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** One attempt to deliver, for the panel that shows what happened. */
export interface Delivered {
  at: number;
  topic: string;
  url: string;
  status: number | null;
  ms: number;
  headers: Record<string, string>;
  body: string;
}

export interface Posting {
  topic: string;
  /** A posting that waits with the same key is not queued twice. */
  key: string | null;
  /** Written when it is sent, not when it was queued; null = nothing to send (any longer). */
  write(): Letter | null;
  /** Called with the answer's status, or null for none at all. True = try once more after `retryMs`. */
  answered(status: number | null): boolean;
}

const KEPT = 500;

/** Sends webhooks one after another, as a shop's own queue does, through whatever `faults` does to them. */
export class Postman {
  readonly sent: Delivered[] = [];
  private readonly waiting: Posting[] = [];
  private readonly faults: Faults;
  private readonly timeoutMs: number;
  private readonly retryMs: number;
  private late = 0;
  private held = false;
  private running: Promise<void> | null = null;
  private readonly stop = new AbortController();

  constructor(faults: Faults, timeoutMs: number, retryMs: number) {
    this.faults = faults;
    this.timeoutMs = timeoutMs;
    this.retryMs = retryMs;
  }

  post(posting: Posting): void {
    if (posting.key !== null && this.waiting.some((each) => each.key === posting.key)) return;
    this.waiting.push(posting);
    this.run();
  }

  /** Nothing leaves until `release`: what happens meanwhile is sent as it stands then. */
  hold(): void {
    this.held = true;
  }
  release(): void {
    this.held = false;
    this.run();
  }

  /** Resolves when nothing waits any more. */
  async settle(): Promise<void> {
    while (this.running || this.late > 0) {
      await this.running;
      if (this.late > 0) await wait(5);
    }
  }

  close(): void {
    this.waiting.length = 0;
    this.stop.abort();
  }

  private run(): void {
    if (this.held || this.running || this.stop.signal.aborted) return;
    this.running = this.drain().finally(() => {
      this.running = null;
    });
  }

  private async drain(): Promise<void> {
    await wait(0);
    while (this.waiting.length > 0 && !this.held && !this.stop.signal.aborted) {
      const { drop, duplicate, delayMs, shuffle } = this.faults.deliveries;
      const [posting] = this.waiting.splice(shuffle ? this.faults.pick(this.waiting.length) : 0, 1);
      if (!posting) return;
      if (this.faults.happens(drop)) continue;
      const times = this.faults.happens(duplicate) ? 2 : 1;
      const letter = posting.write();
      if (!letter) continue;
      for (let i = 0; i < times; i += 1) {
        if (delayMs > 0) this.later(delayMs, () => this.send(posting, letter));
        else await this.send(posting, letter);
      }
    }
  }

  private later(ms: number, work: () => Promise<void>): void {
    this.late += 1;
    void wait(ms, undefined, { signal: this.stop.signal })
      .then(work)
      .catch(() => undefined)
      .finally(() => {
        this.late -= 1;
      });
  }

  private async send(posting: Posting, letter: Letter): Promise<void> {
    const at = Date.now();
    const signal = AbortSignal.any([AbortSignal.timeout(this.timeoutMs), this.stop.signal]);
    const status = await fetch(letter.url, {
      method: 'POST',
      headers: letter.headers,
      body: letter.body,
      redirect: 'manual',
      signal,
    })
      .then(async (answer) => {
        await answer.arrayBuffer();
        return answer.status;
      })
      .catch(() => null);
    this.sent.push({
      at,
      topic: posting.topic,
      url: letter.url,
      status,
      ms: Date.now() - at,
      headers: letter.headers,
      body: letter.body,
    });
    if (this.sent.length > KEPT) this.sent.shift();
    if (posting.answered(status)) this.later(this.retryMs, () => this.send(posting, letter));
  }
}
