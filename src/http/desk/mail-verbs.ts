import { inTransactionAtOnce } from '../../db/database.js';
import { AppError } from '../../lib/errors.js';
import { audit } from '../../loyalty/store-life.js';
import { localeOf } from '../../rules/sentences.js';
import type { Asking } from '../owner/verbs.js';
import type { DeskParts } from './make-verbs.js';
import { testMail } from './test-mail.js';
import type { MailVerbs } from './verbs.js';

/** Whether mail goes out, and a try of it. */
export function mailVerbs({ db, mailer, mailFrom, lookUpMailDomain }: DeskParts): MailVerbs {
  const mailbox = async ({ owner }: Asking) => {
    if (owner.by !== 'staff') return { email: null, locale: 'en' };
    const [row] = await inTransactionAtOnce(db, { programs: [owner.program] }, (tx) =>
      tx.prepared<{ email: string | null; locale: string }>(
        'desk_me',
        'select email, locale from staff where program_id = $1 and id = $2',
        [owner.program, owner.id],
      ),
    );
    return row ?? { email: null, locale: 'en' };
  };
  return {
    mail: async (asking) => ({ from: mailFrom, to: (await mailbox(asking)).email }),
    async mailDomain() {
      const seen = mailFrom === null ? null : await lookUpMailDomain(mailFrom);
      return seen ?? { domain: null, at: null, records: [] };
    },
    async tryMail(asking) {
      const { email, locale } = await mailbox(asking);
      if (mailFrom === null)
        throw new AppError(
          'no_mail_server',
          409,
          'No mail goes out: whoever runs the service sets SMTP_URL and MAIL_FROM.',
        );
      if (email === null) throw new AppError('no_mailbox', 409, 'Your mailbox is not known here: nothing was sent.');
      await mailer.send({ to: email, ...testMail(localeOf(locale), mailFrom) }).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        throw new AppError('mail_failed', 409, `The mail server did not take it: ${why.slice(0, 200)}`);
      });
      const { owner } = asking;
      await inTransactionAtOnce(db, { programs: [owner.program] }, (tx) =>
        audit(tx, owner.program, `staff:${owner.id}`, 'settings.mail-tried', {}),
      );
      return { from: mailFrom, to: email };
    },
  };
}
