import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { IdentityTokens } from '../lib/identity-token.js';

/** What is known of a person; lives sealed in member_pii and nowhere else. */
export interface Person {
  email: string | null;
  phone: string | null;
  name: string | null;
}

/** What every verb needs beside its transaction: how people are made comparable, and how work is spread. */
export interface Loyalty {
  tokens(program: string): IdentityTokens;
  /** Doorbells: a program's work is in shard program_id % shards. */
  shards: number;
  /** Derives the text of a single-use code from a redemption's id: unguessable, and the same for every retry. */
  codeOf(program: string, redemption: string): string;
  /** With what a program's rotating member codes are made (src/loyalty/member-code.ts). */
  memberCodeKey(program: string): Buffer;
  /**
   * Seals what is known of a person into member_pii, unless something newer (`at`, the platform's version) is there: then false.
   * Where nothing is said of `emailVerified`, the shop itself told the address.
   */
  keepPerson(
    tx: Tx,
    program: string,
    member: string,
    person: Person & { at?: Millis; emailVerified?: boolean },
  ): Promise<boolean>;
  /** The same for many of whom nothing is known yet. */
  keepNewPeople(tx: Tx, program: string, people: ReadonlyMap<string, Person>): Promise<void>;
  /** Seals what may not be read where it is kept; `place` says where that is, and it opens nowhere else. */
  seal(text: string, ...place: string[]): Buffer;
  /** @throws CannotOpen */
  open(sealed: Buffer, ...place: string[]): string;
  /** Of these members those whose address was typed into an account of a shop that vouches for none: it need not be theirs. */
  readTyped(tx: Tx, program: string, members: readonly string[]): Promise<Set<string>>;
  /** What member_pii says of these members; who is not in it was erased, or is sealed under a key that is gone. */
  readPeople(tx: Tx, program: string, members: readonly string[]): Promise<Map<string, Person>>;
}

/** A store as the loyalty verbs see it. */
export interface StoreRef {
  program: string;
  store: string;
}
