import type * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import type { Asking } from '../owner/verbs.js';
import type * as api from './schemas.js';

export type MeAnswer = z.infer<typeof api.meAnswer>;

/** What the desk's own routes ask: signing in and out, and who one is. */
export interface DeskVerbs {
  /** Sends a link to each desk that the mailbox opens; nobody is told whether there was one. */
  askForLink(email: string, now: Millis): Promise<void>;
  /** @throws AppError `link_spent` */
  enter(link: string, now: Millis): Promise<{ session: string; endsAt: Millis }>;
  leave(session: string): Promise<void>;
  me(asking: Asking): Promise<MeAnswer>;
  changeMe(asking: Asking, change: { language: MeAnswer['language'] }): Promise<MeAnswer>;
}
