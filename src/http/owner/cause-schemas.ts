import * as z from 'zod';
import { LOCALES } from '../desk/schemas.js';

const money = z.strictObject({ minor: z.string().regex(/^\d+$/), currency: z.string(), exponent: z.int() });
const parts = {
  members: money.meta({ description: 'what members gave: of points what they are worth' }),
  shop: money.meta({ description: 'what the shop added' }),
};
const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .meta({ description: 'YYYY-MM of the shop' });

const locale = z.enum(LOCALES).default('en');
export const causesQuery = z.strictObject({ locale });
export const causeMonthQuery = z.strictObject({ month: month.optional(), locale });
export const causeMonthAnswer = z.strictObject({
  month: month.meta({ description: 'the one asked for, else the last that may be paid for' }),
  payableFrom: z.iso.datetime(),
  payable: z.boolean(),
  owing: z
    .array(z.strictObject({ month, owed: money }))
    .meta({ description: 'months of the last two years that may be paid for and are not, the latest first' }),
  causes: z.array(
    z.strictObject({
      cause: z.string(),
      name: z.string(),
      ...parts,
      paid: money,
      owed: money.meta({ description: 'what is still to be paid' }),
    }),
  ),
  receipts: z.array(
    z.strictObject({
      id: z.uuid(),
      cause: z.string(),
      name: z.string(),
      ...parts,
      on: z.iso.date(),
      reference: z.string(),
      by: z.string(),
      at: z.iso.datetime(),
    }),
  ),
});
export const payCauseRequest = z.strictObject({
  cause: z.string().min(1).max(100),
  month,
  owed: z
    .string()
    .regex(/^\d{1,18}$/)
    .meta({ description: 'the sum in minor units that was seen; another by now is refused' }),
  on: z.iso.date().meta({ description: 'the local day on which it was paid' }),
  reference: z.string().trim().min(1).max(200).meta({ description: 'of the bank, or of the receipt' }),
});
