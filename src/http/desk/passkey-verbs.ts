import type { Tx } from '../../db/database.js';
import { AppError } from '../../lib/errors.js';
import {
  addPasskey,
  credentialsOf,
  enterByPasskey,
  handleOf,
  hostIn,
  listPasskeys,
  removePasskey,
} from '../../staff/passkeys.js';
import { ALGORITHMS, makeChallenge } from '../../staff/webauthn.js';
import type { Asking } from '../owner/verbs.js';
import type { DeskParts } from './make-verbs.js';
import { inTransactionAtOnce } from '../../db/database.js';
import type { PasskeyVerbs } from './verbs.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');

/** Signing in by one's device, and the devices one has. */
export function passkeyVerbs({ db, keys }: DeskParts): PasskeyVerbs {
  const within = <T>({ owner }: Asking, fn: (tx: Tx, program: string, staff: string) => Promise<T>) =>
    inTransactionAtOnce(db, { programs: [owner.program] }, (tx) => fn(tx, owner.program, owner.id));
  const view = async (tx: Tx, program: string, staff: string) => ({
    passkeys: (await listPasskeys(tx, program, staff)).map(({ added, used, ...rest }) => ({
      ...rest,
      added: added.toISOString(),
      used: used?.toISOString() ?? null,
    })),
  });
  return {
    challenge: (at, now) => ({ challenge: makeChallenge(now, keys), rpId: hostIn(at) }),
    enterByPasskey: ({ credential, handle, clientData, deviceData, signature }, at, now) =>
      enterByPasskey(
        db,
        {
          ...{ credential: bytes(credential), handle: bytes(handle).toString('utf8') },
          ...{ clientData: bytes(clientData), deviceData: bytes(deviceData), signature: bytes(signature) },
        },
        { at, keys },
        now,
      ),
    // a key of the API is nobody, and has none
    passkeys: async (asking) => (asking.owner.by === 'staff' ? within(asking, view) : { passkeys: [] }),
    passkeyToAdd: async (asking, at) => {
      refuseKeys(asking);
      const known = await within(asking, credentialsOf);
      const { program, id, name } = asking.owner;
      return {
        ...{ challenge: makeChallenge(asking.now, keys), rpId: hostIn(at) },
        person: { id: Buffer.from(handleOf(program, id)).toString('base64url'), name },
        algorithms: [...ALGORITHMS],
        known: known.map((credential) => credential.toString('base64url')),
      };
    },
    addPasskey: async (asking, { name, ...made }, at) => {
      refuseKeys(asking);
      const read = {
        ...{ name, credential: bytes(made.credential), clientData: bytes(made.clientData) },
        ...{ deviceData: bytes(made.deviceData), publicKey: bytes(made.publicKey) },
      };
      return within(asking, async (tx, program, staff) => {
        await addPasskey(tx, { program, staff }, read, { at, keys }, asking.now);
        return view(tx, program, staff);
      });
    },
    removePasskey: async (asking, id) =>
      within(asking, async (tx, program, staff) => {
        await removePasskey(tx, program, asking.owner.by === 'staff' ? staff : '0', id);
        return view(tx, program, staff);
      }),
  };
}

function refuseKeys({ owner }: Asking): void {
  if (owner.by !== 'staff') throw new AppError('nobody', 409, 'A passkey is a person’s: sign in at /admin to add one.');
}
