import { createHash } from 'node:crypto';
import { AppError } from '../../lib/errors.js';
import { localeOf } from '../../rules/sentences.js';
import { mailbox } from '../../staff/people.js';
import { linksForPlaces, placesOfMailbox } from '../../staff/sign-in.js';
import type { DeskParts } from './make-verbs.js';
import { signInMail } from './sign-in-mail.js';
import type { DeskVerbs } from './verbs.js';

/**
 * The verb that sends links. Mailboxes that nobody has are not counted: what strangers ask for them keeps nobody's invitation back.
 * Mails are not waited for, and what fails is told to the log alone.
 */
export function askForLink({
  db,
  mailer,
  publicUrl,
  log,
  limiter,
}: Pick<DeskParts, 'db' | 'mailer' | 'publicUrl' | 'log' | 'limiter'>): DeskVerbs['askForLink'] {
  return async (email, now) => {
    try {
      const places = await placesOfMailbox(db, email);
      if (places.length === 0) return;
      await limiter.count('mailbox', keyOf(email));
      for (const { programName, locale, token } of await linksForPlaces(db, places, now)) {
        const link = `${publicUrl}/admin/enter#${token}`;
        mailer
          .send({ to: email, ...signInMail(localeOf(locale), programName, link) })
          .catch((error: unknown) => log.error({ err: error }, 'a sign-in mail could not be sent'));
      }
    } catch (error) {
      if (error instanceof AppError && error.code === 'too_many_requests')
        log.warn('a mailbox was asked for too many sign-in links: it is sent no more for a while');
      else log.error({ err: error }, 'sign-in links could not be made');
    }
  };
}

/** Nobody's address is kept beside the database. */
const keyOf = (email: string): string => createHash('sha256').update(mailbox(email)).digest('base64url');
