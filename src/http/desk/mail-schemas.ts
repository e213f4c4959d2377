import * as z from 'zod';

export { errorAnswer } from '../storefront/schemas.js';

export const mailAnswer = z.strictObject({
  from: z.string().nullable().meta({ description: 'who our mails are from; null = no mail goes out' }),
  to: z.string().nullable().meta({ description: 'where a test would go: your own mailbox' }),
});
