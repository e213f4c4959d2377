import type { Mail } from '../../lib/mail.js';
import type { Locale } from '../../rules/sentences.js';
import { escaped } from '../page.js';

const WORDS: Record<Locale, { subject: string; text(from: string): string }> = {
  en: {
    subject: 'A test mail from Tallymark',
    text: (from) =>
      `Mail goes out from ${from}. If this was in the spam folder, the domain lacks its SPF or DKIM record.`,
  },
  nl: {
    subject: 'Een testmail van Tallymark',
    text: (from) =>
      `Er gaat mail uit vanaf ${from}. Zat dit bij de spam, dan mist het domein zijn SPF- of DKIM-record.`,
  },
  nb: {
    subject: 'En test-e-post fra Tallymark',
    text: (from) =>
      `E-post går ut fra ${from}. Lå denne i søppelposten, mangler domenet sin SPF- eller DKIM-oppføring.`,
  },
  pl: {
    subject: 'Wiadomość testowa z Tallymark',
    text: (from) =>
      `Poczta wychodzi z adresu ${from}. Jeśli ta wiadomość trafiła do spamu, domenie brakuje wpisu SPF lub DKIM.`,
  },
};

/** A mail that says that mails arrive. */
export function testMail(locale: Locale, from: string): Omit<Mail, 'to'> {
  const { subject, text } = WORDS[locale];
  return {
    subject,
    text: `${text(from)}\n`,
    html: `<!doctype html><html lang="${locale}"><body style="font:16px/1.5 system-ui,sans-serif;color:#1c1e1f"><p>${escaped(text(from))}</p></body></html>`,
  };
}
