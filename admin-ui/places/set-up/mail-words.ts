import { defineWords } from '../../words/words.js';

export const MAIL = defineWords({
  en: {
    from: 'Mail goes out from {from}.',
    none: 'No mail goes out: nobody gets a link by mail. Whoever runs the service sets the mail server (SMTP_URL, MAIL_FROM).',
    try: 'Send me a test mail',
    sent: 'A test mail is on its way to {to}. If it lands in spam, the domain lacks SPF or DKIM.',
  },
  nl: {
    from: 'Er gaat mail uit vanaf {from}.',
    none: 'Er gaat geen mail uit: niemand krijgt een link per mail. Wie de dienst beheert, stelt de mailserver in (SMTP_URL, MAIL_FROM).',
    try: 'Stuur mij een testmail',
    sent: 'Er is een testmail onderweg naar {to}. Komt hij bij de spam, dan mist het domein SPF of DKIM.',
  },
  nb: {
    from: 'E-post går ut fra {from}.',
    none: 'Det går ikke ut e-post: ingen får lenke på e-post. Den som drifter tjenesten, setter e-postserveren (SMTP_URL, MAIL_FROM).',
    try: 'Send meg en test-e-post',
    sent: 'En test-e-post er på vei til {to}. Havner den i søppelposten, mangler domenet SPF eller DKIM.',
  },
  pl: {
    from: 'Poczta jest wysyłana z adresu {from}.',
    none: 'Poczta nie jest wysyłana: nikt nie dostanie linku. Serwer poczty ustawia osoba, która prowadzi usługę (SMTP_URL, MAIL_FROM).',
    try: 'Wyślij mi wiadomość testową',
    sent: 'Wiadomość testowa jest w drodze na {to}. Jeśli trafi do spamu, domenie brakuje SPF lub DKIM.',
  },
});
