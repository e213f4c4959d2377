import type { Request } from 'express';
import { AppError } from '../../lib/errors.js';
import { mayDo, type Permission, ROLES } from '../../staff/roles.js';
import type { Owner } from '../contract.js';
import type { ProveMerchant } from '../mount.js';

/** Proves an API key; null when it is none, or revoked. */
export type ProveOwner = (key: string, now: number) => Promise<Owner | null>;

/** How whoever works with a program is known. */
export interface DeskGate {
  owner: ProveOwner;
  merchant: ProveMerchant;
  /** Browsers reach us by https. */
  secure: boolean;
  staff: {
    /** Proves a session of the desk; null when it is none, or has ended; 'removed' when its person is no longer on the staff. */
    session(token: string, now: number): Promise<Owner | 'removed' | null>;
    /** Who a user of a shop's own admin is at our desk; null when the shop is not connected. */
    fromShop(shop: string, user: string, now: number): Promise<Owner | 'removed' | null>;
  };
}

/** With https the name itself keeps others of the domain from setting it. */
export const cookieName = (secure: boolean): string => (secure ? '__Host-tallymark' : 'tallymark');

const PLAIN = /(?:^|;\s*)tallymark=([\w.-]{1,200})(?:;|$)/;
const OF_HOST = /(?:^|;\s*)__Host-tallymark=([\w.-]{1,200})(?:;|$)/;
/** By https the other name is nobody's: a page beside us may have planted it, so that one works at a stranger's desk. */
export const sessionOf = (cookies: string | undefined, secure: boolean): string | null =>
  (secure ? OF_HOST : PLAIN).exec(cookies ?? '')?.[1] ?? null;

/**
 * Who calls on the program's own side: by `Authorization: Bearer` an API key or a session token of Shopify's admin, else by
 * the desk's cookie. A cookie goes along whoever asks, so what changes something must come from our own pages.
 * @throws AppError `unauthenticated` (401; to whom was signed in `why`: removed, ended), `elsewhere` (403), `not_your_role` (403)
 */
export async function ownerCaller(
  request: Request,
  may: Permission,
  gate: DeskGate & { now: number },
): Promise<{ owner: Owner; key: string }> {
  const proved = await provedOwner(request, gate);
  if (typeof proved !== 'object') throw signedOut(proved);
  if (!proved) throw unauthenticated();
  if (!mayDo(proved.role, may))
    throw new AppError(
      'not_your_role',
      403,
      `Your role (${proved.role}) may not do this; ${rolesThatMay(may)} may. Ask one of them.`,
      { may, roles: ROLES.filter((role) => mayDo(role, may)) },
    );
  return { owner: proved, key: `${proved.by}/${proved.program}/${proved.id}` };
}

/** Why whoever was known is known no longer. */
type Gone = 'removed' | 'ended';

async function provedOwner(request: Request, gate: DeskGate & { now: number }): Promise<Owner | Gone | null> {
  const authorization = request.get('authorization');
  if (authorization !== undefined) {
    const [, token] = /^Bearer ([\w.-]{1,4096})$/.exec(authorization) ?? [];
    if (token === undefined) return null;
    return token.includes('.') ? fromShopAdmin(token, gate) : gate.owner(token, gate.now);
  }
  const session = sessionOf(request.get('cookie'), gate.secure);
  if (session === null) return null;
  const proved = (await gate.staff.session(session, gate.now)) ?? 'ended';
  if (typeof proved === 'object') refuseOthersPages(request);
  return proved;
}

async function fromShopAdmin(token: string, { merchant, staff, now }: DeskGate & { now: number }) {
  const proved = await merchant(token, now);
  if (!proved || proved.user === null) return null;
  return staff.fromShop(proved.shop, proved.user, now);
}

const SAFE = new Set(['GET', 'HEAD']);

/** @throws AppError `elsewhere` */
export function refuseOthersPages(request: Pick<Request, 'method' | 'get'>): void {
  if (SAFE.has(request.method)) return;
  const origin = request.get('origin');
  const host = URL.canParse(origin ?? '') ? new URL(origin ?? '').host : null;
  const site = request.get('sec-fetch-site');
  if (host === null || host !== request.get('host') || (site !== undefined && site !== 'same-origin'))
    throw new AppError(
      'elsewhere',
      403,
      'This was asked by another page than the desk. Open the desk and do it there.',
    );
}

const rolesThatMay = (may: Permission): string => {
  const roles = ROLES.filter((role) => mayDo(role, may));
  return roles.length === 1 ? `only ${roles[0]}` : roles.join(', ');
};

const unauthenticated = () =>
  new AppError(
    'unauthenticated',
    401,
    'Nobody is known by this. Software sends `Authorization: Bearer tally_...` (`tallymark api-key create` makes a key); people sign in at /admin.',
    { headers: { 'x-shopify-retry-invalid-session-request': '1' } },
  );

const GONE = {
  removed: 'You are no longer among the staff here. An owner of the program can let you in again.',
  ended: 'You are signed in no longer. Sign in again at /admin.',
} as const;
const signedOut = (why: Gone) => new AppError('unauthenticated', 401, GONE[why], { why });
