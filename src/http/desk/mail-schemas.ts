import * as z from 'zod';

export { errorAnswer } from '../storefront/schemas.js';

export const mailAnswer = z.strictObject({
  from: z.string().nullable().meta({ description: 'who our mails are from; null = no mail goes out' }),
  to: z.string().nullable().meta({ description: 'where a test would go: your own mailbox' }),
});

export const mailDomainAnswer = z.strictObject({
  domain: z
    .string()
    .nullable()
    .meta({ description: 'whose records; null = no mail goes out, or from no public domain' }),
  at: z.int().nullable().meta({ description: 'when the DNS was asked, in milliseconds' }),
  records: z.array(
    z.strictObject({
      record: z.enum(['spf', 'dkim', 'dmarc']),
      state: z.enum(['there', 'missing', 'several', 'refuses', 'hidden', 'unreachable']),
      host: z.string().meta({ description: 'where it stands, or would stand' }),
      saw: z.string().nullable().meta({ description: 'what was read there' }),
      value: z.string().nullable().meta({ description: 'a value that would do, where one can be told from outside' }),
    }),
  ),
});
