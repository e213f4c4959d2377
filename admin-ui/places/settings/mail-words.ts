import { defineWords } from '../../words/words.js';

export const MAIL_TAB = defineWords({
  en: {
    mail: 'Mail',
    lead: 'Your staff get their links to sign in by mail, each in their own language. Members get no mail from here: whom to remind of points that end is told to your mailing program by the API (/api/v1/reminders).',
  },
  nl: {
    mail: 'Mail',
    lead: 'Medewerkers krijgen hun inloglink per mail, ieder in de eigen taal. Leden krijgen van hier geen mail: wie aan aflopende punten herinnerd moet worden, vraagt je mailprogramma aan de API (/api/v1/reminders).',
  },
  nb: {
    mail: 'E-post',
    lead: 'Ansatte får innloggingslenken sin på e-post, hver på sitt eget språk. Medlemmer får ingen e-post herfra: hvem som skal påminnes om poeng som utløper, henter e-postprogrammet ditt fra API-et (/api/v1/reminders).',
  },
  pl: {
    mail: 'Poczta',
    lead: 'Pracownicy dostają linki do logowania pocztą, każdy w swoim języku. Członkowie nie dostają stąd poczty: komu przypomnieć o wygasających punktach, Twój program pocztowy dowie się z API (/api/v1/reminders).',
  },
});
