import { type Database, inTransaction } from '../db/database.js';
import type { OpenDesk } from '../http/woocommerce/open-desk.js';
import { AppError } from '../lib/errors.js';
import type { SealingKey } from '../lib/key-file.js';
import type { StoreKeys } from '../http/woocommerce/connect.js';
import type { Guard } from '../platforms/guarded-agent.js';
import { personAtDoor } from '../platforms/woocommerce/companion.js';
import { staffFromShop } from '../staff/people.js';
import { makeSignInLink } from '../staff/sign-in.js';
import { findActiveStore } from './find-active-store.js';
import { isSame, proofOfVisit } from './plugin-proofs.js';
import { readSecrets } from './secrets.js';

/** As long as a browser takes to be sent on. */
const LINK_MS = 60_000;

export interface OpenDeskParts {
  db: Database;
  keys: readonly SealingKey[];
  guard: Guard;
}

/**
 * The verb behind the plugin's way to the desk. The proof keeps strangers from making us ask the shop; who stands at the door
 * is believed to the shop alone, at the address that is connected: a copy of the site has the secret, and cannot answer there.
 */
export function openDesk({ db, keys, guard }: OpenDeskParts): OpenDesk {
  const findStore = findActiveStore(db);
  return async ({ store: key, token, proof, now }) => {
    const store = await findStore('woocommerce', key);
    if (!store) throw unproved();
    const scope = { programs: [store.program] };
    const { secrets, access } = await inTransaction(db, scope, async (tx) => {
      const [text] = await readSecrets(tx, store.id, 'woocommerce-keys', keys);
      return {
        secrets: await readSecrets(tx, store.id, 'webhook', keys),
        access: text === undefined ? null : { url: store.url, ...(JSON.parse(text) as StoreKeys) },
      };
    });
    const genuine = secrets.some((secret) => isSame(proofOfVisit(secret, key, token), proof));
    if (!genuine || !access) throw unproved();
    const person = await personAtDoor(access, token, { guard });
    if (!person) throw unproved();
    return inTransaction(db, scope, async (tx) => {
      const staff = await staffFromShop(tx, store.program, { ...person, user: placeInShop(key, person.user) });
      if (!staff) throw new AppError('not_at_desk', 403, 'You were taken off the list of who works with this program.');
      return { link: await makeSignInLink(tx, store.program, staff.id, now, LINK_MS) };
    });
  };
}

/** WordPress counts its users from 1 in each shop, and a program may have several. */
export const placeInShop = (store: string, user: string): string => `${store}/${user}`;

const unproved = () =>
  new AppError('desk_unproved', 403, 'The connected shop does not vouch for this visit. Open the desk from its admin.');
