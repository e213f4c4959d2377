import * as z from 'zod';

/** `gid://shopify/<kind>/<number>`. */
export const gidOf = (kind: string, id: string): string => `gid://shopify/${kind}/${id}`;

/** A gid of this kind in an answer, as its number. */
export const gid = (kind: string) =>
  z
    .string()
    .regex(new RegExp(`^gid://shopify/${kind}/\\d{1,20}(\\?.*)?$`))
    .transform((text) => /\/(\d+)(?:\?.*)?$/.exec(text)?.[1] ?? '');

export const dateTime = z.string().transform((text, context) => {
  const at = Date.parse(text);
  if (!Number.isNaN(at)) return at;
  context.addIssue({ code: 'custom', message: 'not an instant' });
  return z.NEVER;
});

/** Shop money as decimal text. */
export const money = z
  .object({ shopMoney: z.object({ amount: z.union([z.string(), z.number()]).transform(String) }) })
  .transform((set) => set.shopMoney.amount);

export const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });
