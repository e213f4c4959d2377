import * as z from 'zod';
import { AppError } from '../../lib/errors.js';
import { expect } from './answers.js';
import { type WooAccess, wooClient, type WooClientOptions } from './client.js';

/** WooCommerce lets REST keys open what begins with `wc-`. */
const NAMESPACE = 'wc-tallymark/v1';
const attempt = z.object({ token: z.string() });

/**
 * The one-time token of the attempt to connect that the companion plugin at this address has under way, read with the
 * keys that came with it. Throws AppError `plugin_absent` (422) when nothing there says so.
 */
export async function connectingToken(access: WooAccess, options: WooClientOptions): Promise<string> {
  const answer = await wooClient(access, { ...options, namespace: NAMESPACE }).get('connecting');
  if (answer.status !== 200)
    throw new AppError('plugin_absent', 422, 'The shop at this address is not connecting at present: begin there.');
  return expect(attempt, answer.body, 'wc-tallymark/v1/connecting').token;
}
