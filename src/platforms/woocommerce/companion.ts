import * as z from 'zod';
import { AppError } from '../../lib/errors.js';
import { expect } from './answers.js';
import { wooClient, type WooAccess, type WooClientOptions } from './client.js';

/** WooCommerce lets REST keys open what begins with `wc-`. */
const NAMESPACE = 'wc-tallymark/v1';
const person = z
  .object({ user: z.string().regex(/^[1-9]\d{0,18}$/), name: z.string(), email: z.string(), language: z.string() })
  .transform(({ user, name, email, language }) => ({
    user,
    name: name.trim().slice(0, 100) || user,
    email: z.email().max(254).safeParse(email.trim()).data ?? null,
    locale: language.slice(0, 20),
  }));
/** Somebody who may manage the shop, as its WordPress knows them. */
export type ShopPerson = z.infer<typeof person>;
const attempt = z.object({ token: z.string(), person: person.optional() });

/**
 * The attempt to connect that the companion plugin at this address has under way, read with the keys that came with it: its
 * one-time token, and who connects. Throws AppError `plugin_absent` (422) when nothing there says so.
 */
export async function readAttempt(
  access: WooAccess,
  options: WooClientOptions,
): Promise<{ token: string; person?: ShopPerson | undefined }> {
  const answer = await wooClient(access, { ...options, namespace: NAMESPACE }).get('connecting');
  if (answer.status !== 200)
    throw new AppError('plugin_absent', 422, 'The shop at this address is not connecting at present: begin there.');
  return expect(attempt, answer.body, 'wc-tallymark/v1/connecting');
}

/** Whom the shop sent to the desk with this token: it says so once. Null = nobody, or no longer. */
export async function personAtDoor(
  access: WooAccess,
  token: string,
  options: WooClientOptions,
): Promise<ShopPerson | null> {
  const answer = await wooClient(access, { ...options, namespace: NAMESPACE }).get('desk', { token });
  return answer.status === 200 ? expect(person, answer.body, 'wc-tallymark/v1/desk') : null;
}
