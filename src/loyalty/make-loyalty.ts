import type { SealingKey } from '../lib/key-file.js';
import { type IdentityTokens, identityTokens } from '../lib/identity-token.js';
import { CannotOpen, open, placeOf, seal } from '../lib/seal.js';
import { memberCodeKeys } from './member-code.js';
import { codeMaker } from './codes.js';
import type { Loyalty, Person } from './context.js';
import { keepNewWords, keepWords } from './member-words.js';

const KEEP = `
  insert into member_pii (program_id, member_id, sealed) values ($1, $2, $3)
  on conflict (program_id, member_id) do update set sealed = excluded.sealed`;

const KEEP_NEW = `
  insert into member_pii (program_id, member_id, sealed)
  select $1, member_id, sealed from unnest($2::bigint[], $3::bytea[]) p(member_id, sealed)`;

const READ = 'select sealed from member_pii where program_id = $1 and member_id = $2 for update';

const READ_ALL = 'select member_id, sealed from member_pii where program_id = $1 and member_id = any ($2::bigint[])';

/** Null where no key of the ring opens it. */
function personIn(sealed: Buffer, place: string, ring: readonly SealingKey[]): Person | null {
  try {
    const { email, phone, name } = JSON.parse(open(sealed, place, ring).toString('utf8')) as Person;
    return { email, phone, name };
  } catch (error) {
    if (error instanceof CannotOpen) return null;
    throw error;
  }
}

/** As it is sealed: `at` = how new it is; `typed` = a platform told the address without vouching for it. */
type Kept = Pick<Person, 'email'> & { at?: number; typed?: boolean };
const keptIn = (plain: Buffer): Kept => JSON.parse(plain.toString('utf8')) as Kept;

/** What no key opens any more is vouched for by nothing. */
function isTyped(sealed: Buffer, place: string, ring: readonly SealingKey[]): boolean {
  try {
    return keptIn(open(sealed, place, ring)).typed === true;
  } catch (error) {
    if (error instanceof CannotOpen) return true;
    throw error;
  }
}

/** What the verbs of this folder need of the installation: its keys and how its work is spread. */
export function makeLoyalty(ring: readonly SealingKey[], shards: number): Loyalty {
  const made = new Map<string, IdentityTokens>();
  const tokens = (program: string): IdentityTokens => {
    let found = made.get(program);
    if (!found) made.set(program, (found = identityTokens(ring, program)));
    return found;
  };
  return {
    shards,
    codeOf: codeMaker(ring),
    tokens,
    memberCodeKey: memberCodeKeys(ring),
    async keepPerson(tx, program, member, { email, phone, name, at = 0, emailVerified = true }) {
      const place = placeOf('member_pii', program, member);
      const [row] = await tx.prepared<{ sealed: Buffer }>('loyalty_read_person', READ, [program, member]);
      const before = row && keptIn(open(row.sealed, place, ring));
      if (before && (before.at ?? 0) > at) return false;
      const { mailbox } = tokens(program);
      // what was vouched for once stays so when another shop tells the same
      const isSame = before !== undefined && before.typed !== true && mailbox(before.email) === mailbox(email);
      const typed = !emailVerified && !isSame;
      const plain = Buffer.from(JSON.stringify({ email, phone, name, at, ...(typed && { typed }) }));
      await tx.prepared('loyalty_keep_person', KEEP, [program, member, seal(plain, place, ring)]);
      keepWords(tx, program, member, { email, phone, name }, tokens(program));
      return true;
    },
    async keepNewPeople(tx, program, people) {
      const ids = [...people.keys()];
      const sealed = [...people].map(([member, { email, phone, name }]) =>
        seal(Buffer.from(JSON.stringify({ email, phone, name, at: 0 })), placeOf('member_pii', program, member), ring),
      );
      await tx.prepared('loyalty_keep_new_people', KEEP_NEW, [program, ids, sealed]);
      keepNewWords(tx, program, people, tokens(program));
    },
    async readTyped(tx, program, members) {
      const rows = await tx.prepared<{ member_id: string; sealed: Buffer }>('loyalty_read_people', READ_ALL, [
        program,
        members,
      ]);
      const typed = rows.filter((one) => isTyped(one.sealed, placeOf('member_pii', program, one.member_id), ring));
      return new Set(typed.map(({ member_id }) => member_id));
    },
    seal: (text, ...place) => seal(Buffer.from(text), placeOf('sealed', ...place), ring),
    open: (sealed, ...place) => open(sealed, placeOf('sealed', ...place), ring).toString('utf8'),
    async readPeople(tx, program, members) {
      const rows = await tx.prepared<{ member_id: string; sealed: Buffer }>('loyalty_read_people', READ_ALL, [
        program,
        members,
      ]);
      const people = new Map<string, Person>();
      for (const { member_id, sealed } of rows) {
        const person = personIn(sealed, placeOf('member_pii', program, member_id), ring);
        if (person) people.set(member_id, person);
      }
      return people;
    },
  };
}
