import * as z from 'zod';
import { MAY, type Permission, ROLES } from '../../staff/roles.js';
import { errorAnswer } from '../storefront/schemas.js';

export { errorAnswer };

export const LOCALES = ['en', 'nl', 'nb', 'pl'] as const;
export const locale = z.enum(LOCALES);
export const role = z.enum(ROLES);
const permissions = Object.keys(MAY) as [Permission, ...Permission[]];

export const signInRequest = z.strictObject({
  email: z.email('must be an e-mail address').max(254),
});
export const enterRequest = z.strictObject({ link: z.string().max(200) });

const namedUnit = z.strictObject({
  unit: z.string(),
  counted: z.string().meta({ description: 'ICU message of `n`, in the reader’s language' }),
  symbol: z.string().nullable(),
});

export const meAnswer = z.strictObject({
  id: z.string(),
  by: z.enum(['key', 'staff']),
  name: z.string(),
  email: z.string().nullable(),
  role,
  may: z.array(z.enum(permissions)),
  language: locale,
  now: z.iso.datetime().meta({ description: 'the time of the service' }),
  program: z.strictObject({
    id: z.string(),
    name: z.string(),
    zone: z.string().meta({ description: 'IANA time zone of the shop' }),
    currency: z.string(),
    exponent: z.int(),
    units: z.array(namedUnit),
    formerUnits: z.array(namedUnit).meta({
      description: 'units that are gone from the rules, as they were last called; members may hold lines in them',
    }),
  }),
  stores: z.array(z.strictObject({ id: z.string(), platform: z.string(), url: z.string(), status: z.string() })),
});
export const changeMeRequest = z.strictObject({ language: locale });
