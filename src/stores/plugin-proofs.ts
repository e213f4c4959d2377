import { createHmac, timingSafeEqual } from 'node:crypto';

/** HMAC-SHA256 in base64url over what is asked, the store's key and the attempt's token, one a line. */
const proofOf = (what: string) => (secret: string, store: string, token: string) =>
  createHmac('sha256', secret).update(`${what}\n${store}\n${token}`).digest('base64url');

/** That a site is the shop which was connected, at another address now. */
export const proofOfMove = proofOf('tallymark-moved');
/** That the connected shop sends somebody of its admin to the desk. */
export const proofOfVisit = proofOf('tallymark-desk');

export function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
