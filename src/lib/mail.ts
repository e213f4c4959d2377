import { createTransport } from 'nodemailer';
import type { Logger } from './logger.js';

export interface Mail {
  to: string;
  subject: string;
  /** Plain text; every mail reads well without its HTML. */
  text: string;
  html: string;
}

export interface Mailer {
  send(mail: Mail): Promise<void>;
}

/** Through a mail server. `url` = smtp://name:password@host:587 or smtps://...; `from` = "Bean Club <points@example.com>". */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport(url);
  return {
    async send(mail) {
      await transport.sendMail({ from, ...mail });
    },
  };
}

/** Where there is no mail server: the log says what would have gone out, to whoever runs the service. */
export function loggingMailer(log: Logger): Mailer {
  return {
    async send({ to, subject, text }) {
      log.warn({ to, subject, text }, 'no mail server is set (SMTP_URL): this was not sent');
    },
  };
}
