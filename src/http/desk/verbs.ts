import type * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import type { Asking } from '../owner/verbs.js';
import type * as mail from './mail-schemas.js';
import type * as own from './passkey-schemas.js';
import type * as api from './schemas.js';

export type MeAnswer = z.infer<typeof api.meAnswer>;

type PasskeysAnswer = z.infer<typeof own.passkeysAnswer>;
type MailAnswer = z.infer<typeof mail.mailAnswer>;
type MailDomainAnswer = z.infer<typeof mail.mailDomainAnswer>;

/** Passkeys; `at` = the address in the browser's bar, without scheme and path. */
export interface PasskeyVerbs {
  challenge(at: string, now: Millis): z.infer<typeof own.challengeAnswer>;
  /** @throws AppError `passkey_refused` */
  enterByPasskey(
    signed: z.infer<typeof own.signedRequest>,
    at: string,
    now: Millis,
  ): Promise<{ session: string; endsAt: Millis }>;
  passkeys(asking: Asking): Promise<PasskeysAnswer>;
  passkeyToAdd(asking: Asking, at: string): Promise<z.infer<typeof own.newPasskeyAnswer>>;
  addPasskey(asking: Asking, made: z.infer<typeof own.addPasskeyRequest>, at: string): Promise<PasskeysAnswer>;
  removePasskey(asking: Asking, id: string): Promise<PasskeysAnswer>;
}

/** Whether mail goes out. */
export interface MailVerbs {
  mail(asking: Asking): Promise<MailAnswer>;
  /** Answers also where the DNS does not. */
  mailDomain(asking: Asking): Promise<MailDomainAnswer>;
  /** @throws AppError `no_mail_server`, `no_mailbox`, `mail_failed` (409) */
  tryMail(asking: Asking): Promise<MailAnswer>;
}

/** What the desk's own routes ask: signing in and out, and who one is. */
export interface DeskVerbs extends PasskeyVerbs, MailVerbs {
  /**
   * Sends a link to each desk that the mailbox opens, as often as its limit lets; nobody is told whether there was one. Does not reject;
   * whoever answers a stranger does not wait for it.
   */
  askForLink(email: string, now: Millis): Promise<void>;
  /** @throws AppError `link_spent` */
  enter(link: string, now: Millis): Promise<{ session: string; endsAt: Millis }>;
  leave(session: string): Promise<void>;
  me(asking: Asking): Promise<MeAnswer>;
  changeMe(asking: Asking, change: { language: MeAnswer['language'] }): Promise<MeAnswer>;
}
