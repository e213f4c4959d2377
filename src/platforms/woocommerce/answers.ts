import * as z from 'zod';
import { nonsense } from '../failures.js';

const id = z.union([z.int().nonnegative(), z.string().regex(/^\d{1,20}$/)]).transform(String);
const gmt = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
  .transform((text) => Date.parse(`${text}Z`));

export const errorAnswer = z.object({ code: z.string(), message: z.string().catch('') });

export const orderHead = z.object({
  id,
  status: z.string(),
  date_modified_gmt: gmt.nullish(),
  date_created_gmt: gmt,
  refunds: z.array(z.object({ id })).nullish(),
});

export const refundHead = z.object({ id, parent_id: id.optional() });

export const customer = z.object({
  id,
  email: z.string().nullish(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  role: z.string().nullish(),
  billing: z.object({ phone: z.string().nullish() }).nullish(),
  date_created_gmt: gmt.nullish(),
  date_modified_gmt: gmt.nullish(),
  meta_data: z.array(z.object({ key: z.string().nullish(), value: z.unknown() })).nullish(),
});

export const coupon = z.object({
  id,
  code: z.string(),
  amount: z.string(),
  status: z.string().nullish(),
  discount_type: z.string(),
  free_shipping: z.boolean().catch(false),
  usage_count: z.int().nonnegative(),
  usage_limit: z.int().nullable(),
  date_expires_gmt: gmt.nullish(),
  email_restrictions: z.array(z.string()),
});
export type Coupon = z.infer<typeof coupon>;

export const review = z.object({
  id,
  date_created_gmt: gmt,
  product_id: id,
  status: z.string(),
  reviewer_email: z.string().nullish(),
  _links: z.object({ reviewer: z.array(z.object({ href: z.string() })).nullish() }).nullish(),
});

export const webhook = z.object({
  id,
  name: z.string(),
  status: z.string(),
  topic: z.string(),
  delivery_url: z.string(),
});

/** What the shop answered as what it should be; an answer of another shape is nonsense (RetryLater), never a defect of ours. */
export function expect<T extends z.ZodType>(schema: T, body: unknown, what: string): z.output<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw nonsense(what, `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}
