import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock, Millis } from '../src/lib/clock.js';

const DAY_MS = 24 * 3_600_000;

/** The demo's time: the machine's, plus the days that somebody let pass. Kept, so that a second start goes on from there. */
export class DemoClock implements Clock {
  private ahead: Millis;
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
    this.ahead = read(file);
  }

  now(): Millis {
    return Date.now() + this.ahead;
  }

  /** How much later it is here than at the machine. */
  get aheadMs(): Millis {
    return this.ahead;
  }

  passDays(days: number): void {
    this.ahead += days * DAY_MS;
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify({ aheadMs: this.ahead }));
  }
}

function read(file: string): Millis {
  try {
    const { aheadMs } = JSON.parse(readFileSync(file, 'utf8')) as { aheadMs: unknown };
    return typeof aheadMs === 'number' && Number.isSafeInteger(aheadMs) && aheadMs >= 0 ? aheadMs : 0;
  } catch {
    return 0;
  }
}
