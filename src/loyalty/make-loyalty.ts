import type { SealingKey } from '../lib/key-file.js';
import { type IdentityTokens, identityTokens } from '../lib/identity-token.js';
import { placeOf, seal } from '../lib/seal.js';
import { codeMaker } from './codes.js';
import type { Loyalty } from './context.js';

const KEEP = `
  insert into member_pii (program_id, member_id, sealed) values ($1, $2, $3)
  on conflict (program_id, member_id) do update set sealed = excluded.sealed`;

/** What the verbs of this folder need of the installation: its keys and how its work is spread. */
export function makeLoyalty(ring: readonly SealingKey[], shards: number): Loyalty {
  const tokens = new Map<string, IdentityTokens>();
  return {
    shards,
    codeOf: codeMaker(ring),
    tokens(program) {
      let found = tokens.get(program);
      if (!found) tokens.set(program, (found = identityTokens(ring, program)));
      return found;
    },
    async keepPerson(tx, program, member, { email, phone, name }) {
      const plain = Buffer.from(JSON.stringify({ email, phone, name }));
      await tx.prepared('loyalty_keep_person', KEEP, [
        program,
        member,
        seal(plain, placeOf('member_pii', program, member), ring),
      ]);
    },
  };
}
