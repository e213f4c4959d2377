import type { Mail } from '../../lib/mail.js';
import type { Locale } from '../../rules/sentences.js';
import { escaped } from '../page.js';

interface Words {
  subject(program: string): string;
  open: string;
  ends: string;
  unasked: string;
}

const WORDS: Record<Locale, Words> = {
  en: {
    subject: (program) => `Your link to ${program}`,
    open: 'Open the desk',
    ends: 'The link works once, for 15 minutes.',
    unasked: 'You did not ask for it? Then nothing has to be done: without the link nobody gets in.',
  },
  nl: {
    subject: (program) => `Je link naar ${program}`,
    open: 'Beheer openen',
    ends: 'De link werkt één keer, 15 minuten lang.',
    unasked: 'Niet zelf gevraagd? Dan hoef je niets te doen: zonder de link komt niemand binnen.',
  },
  nb: {
    subject: (program) => `Lenken din til ${program}`,
    open: 'Åpne administrasjonen',
    ends: 'Lenken virker én gang, i 15 minutter.',
    unasked: 'Har du ikke bedt om den? Da trenger du ikke gjøre noe: uten lenken kommer ingen inn.',
  },
  pl: {
    subject: (program) => `Link do programu ${program}`,
    open: 'Otwórz panel',
    ends: 'Link działa jeden raz, przez 15 minut.',
    unasked: 'To nie Ty? Nic nie trzeba robić: bez linku nikt nie wejdzie.',
  },
};

/** The mail with somebody's way in. */
export function signInMail(locale: Locale, program: string, link: string): Omit<Mail, 'to'> {
  const { subject, open, ends, unasked } = WORDS[locale];
  return {
    subject: subject(program),
    text: `${open}:\n${link}\n\n${ends}\n${unasked}\n`,
    html: `<!doctype html><html lang="${locale}"><body style="font:16px/1.5 system-ui,sans-serif;color:#1c1e1f;max-width:34em">
<p><a href="${escaped(link)}" style="display:inline-block;padding:12px 20px;background:#0b5c61;color:#fff;border-radius:4px;text-decoration:none">${open}</a></p>
<p>${ends}<br>${unasked}</p></body></html>`,
  };
}
