import * as z from 'zod';
import { TROUBLE_SOLUTIONS } from '../../loyalty/store-trouble.js';
import { LOCALES, role } from '../desk/schemas.js';
import { errorAnswer } from './schemas.js';

export { errorAnswer };

const instant = z.iso.datetime();
const number = z.string().regex(/^\d{1,18}$/);
export const numberParams = z.strictObject({ id: number });

const person = z.strictObject({
  id: z.string(),
  email: z.string().nullable(),
  name: z.string(),
  role,
  language: z.enum(LOCALES),
  added: instant,
  seen: instant.nullable().meta({ description: 'when they were last at the desk' }),
  enrolled: z.int().meta({ description: 'how many members they enrolled by hand' }),
});
export const staffAnswer = z.strictObject({ staff: z.array(person) });
export const inviteRequest = z.strictObject({
  email: z.email('must be an e-mail address').max(254),
  name: z.string().trim().min(1).max(100),
  role,
  language: z.enum(LOCALES),
});
export const changeStaffRequest = z.strictObject({ role });

export const keysAnswer = z.strictObject({
  keys: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      created: instant,
      used: instant.nullable(),
      revoked: instant.nullable(),
    }),
  ),
});
export const keyRequest = z.strictObject({ name: z.string().trim().min(1).max(100) });
export const newKeyAnswer = z.strictObject({
  id: z.string(),
  name: z.string(),
  text: z.string().meta({ description: 'the key itself; shown now and never again' }),
});

export const storeParams = z.strictObject({ store: number });

const trouble = z.strictObject({
  id: z.string(),
  what: z.string().meta({ description: 'a topic of the platform, or what is to be done there' }),
  about: z.string().nullable().meta({ description: 'the order, customer or redemption' }),
  at: instant,
  attempts: z.int(),
  why: z.string().nullable(),
  kept: z.boolean().meta({ description: 'false = its body was forgotten: it cannot be tried again' }),
});
export const troubleAnswer = z.strictObject({
  messages: z.array(trouble).meta({ description: 'what could not be read, at most the newest hundred' }),
  effects: z.array(trouble).meta({ description: 'what failed again and again on the platform, likewise' }),
});
export const solveTroubleRequest = z.strictObject({ how: z.enum(TROUBLE_SOLUTIONS) });
export const troubleSolved = z.strictObject({ messages: z.int(), effects: z.int() });
export const showing = z.strictObject({
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .nullable()
    .meta({ description: 'made readable by day and by night; null = the widget’s own colour' }),
  corner: z.enum(['start', 'end']).meta({ description: 'of the launcher, where the page names none' }),
  share: z
    .int()
    .min(1)
    .max(100)
    .meta({ description: 'of a hundred customers so many see the program, always the same; 100 = everyone' }),
});

export const auditQuery = z.strictObject({
  before: number.optional(),
  about: z
    .string()
    .regex(/^[a-z.-]{1,60}$/)
    .optional()
    .meta({ description: 'a beginning of `what`: "staff", "promotion.paused"' }),
  actor: z
    .string()
    .regex(/^[\w:-]{1,40}$/)
    .optional(),
});
export const auditAnswer = z.strictObject({
  lines: z.array(
    z.strictObject({
      id: z.string(),
      at: instant,
      actor: z.string().meta({ description: 'staff:3, key:2, platform, command ...' }),
      who: z.string().nullable(),
      what: z.string(),
      facts: z.record(z.string(), z.unknown()),
    }),
  ),
  more: z.boolean(),
});

export const storesAnswer = z.strictObject({
  stores: z.array(
    z.strictObject({
      id: z.string(),
      platform: z.string(),
      url: z.string(),
      status: z.string(),
      currency: z.string(),
      zone: z.string(),
      installed: instant,
      lastDelivery: instant.nullable(),
      widgetSeen: instant.nullable().meta({ description: 'when the widget last asked from a page of the store' }),
      hasOrders: z.boolean(),
      unread: z.int().meta({ description: 'deliveries that nobody could read' }),
      waiting: z.int().meta({ description: 'what is still to be done on the platform' }),
      stuck: z.int().meta({ description: 'of these and of those given up, what failed again and again' }),
      comparisons: z.array(
        z.strictObject({
          what: z.string(),
          finished: instant.nullable(),
          healed: z.int(),
          failure: z.string().nullable(),
        }),
      ),
    }),
  ),
});
