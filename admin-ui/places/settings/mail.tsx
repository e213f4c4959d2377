import { Card } from '../../kit/page.js';
import { useWords } from '../../shell/desk-context.js';
import { MailLine } from '../set-up/mail.js';
import { MAIL_TAB } from './mail-words.js';

/** Whether mail goes out, from whom, and what mailboxes think of it. */
export function Mail() {
  const t = useWords(MAIL_TAB);
  return (
    <Card title={t('mail')}>
      <p>{t('lead')}</p>
      <ul className="checks">
        <MailLine />
      </ul>
    </Card>
  );
}
