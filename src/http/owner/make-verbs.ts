import { type Database, type Tx, inTransactionAtOnce } from '../../db/database.js';
import { proveApiKey, programOfKey } from '../../loyalty/api-keys.js';
import { type Draft, discardDraft, readDraft, saveDraft } from '../../loyalty/drafts.js';
import { type PublishedVersion, publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import type { Loyalty } from '../../loyalty/context.js';
import { AppError } from '../../lib/errors.js';
import type { Millis } from '../../lib/clock.js';
import { canonicalForm } from '../../programs/canonical.js';
import { readProgramValue } from '../../programs/read-program.js';
import type { ProveOwner } from '../mount.js';
import type { Asking, DraftAnswer, OwnerVerbs, VersionAnswer } from './verbs.js';

export interface OwnerParts {
  db: Database;
  loyalty: Loyalty;
}

/** Proves API keys: looked for in the scope of the program that the key names. */
export function ownerProof(db: Database): ProveOwner {
  return async (key, now) => {
    const program = programOfKey(key);
    if (program === null) return null;
    return inTransactionAtOnce(db, { programs: [program] }, (tx) => proveApiKey(tx, program, key, now));
  };
}

/** The owner's verbs: each a transaction in the scope of the key's program. */
export function makeOwnerVerbs(parts: OwnerParts): OwnerVerbs {
  return { ...readingVerbs(parts), ...draftVerbs(parts) };
}

const within = <T>({ db }: OwnerParts, { owner }: Asking, fn: (tx: Tx, program: string) => Promise<T>): Promise<T> =>
  inTransactionAtOnce(db, { programs: [owner.program] }, (tx) => fn(tx, owner.program));

export const actorOf = ({ owner }: Asking): string => `key:${owner.id}`;
const iso = (at: Millis): string => new Date(at).toISOString();

function readingVerbs(parts: OwnerParts): Pick<OwnerVerbs, 'program' | 'versions' | 'version'> {
  return {
    program: (asking) =>
      within(parts, asking, async (tx, program) => {
        const versions = await publishedVersions(tx, program);
        return versionView(versions, versionInForce(versions, asking.now), asking.now);
      }),
    versions: (asking) =>
      within(parts, asking, async (tx, program) => {
        const versions = await publishedVersions(tx, program);
        return { versions: versions.map((version) => factsOf(versions, version, asking.now)) };
      }),
    version: (asking, number) =>
      within(parts, asking, async (tx, program) => {
        const versions = await publishedVersions(tx, program);
        const found = versions.find(({ version }) => version === number);
        if (!found) throw new AppError('not_found', 404, 'There is nothing of that name here.');
        return versionView(versions, found, asking.now);
      }),
  };
}

function draftVerbs(parts: OwnerParts): Pick<OwnerVerbs, 'draft' | 'saveDraft' | 'discardDraft'> {
  return {
    draft: (asking) =>
      within(parts, asking, async (tx, program) => {
        const draft = await readDraft(tx, program);
        return draft && draftView(draft);
      }),
    saveDraft: (asking, { file, replaces, base }) => {
      const wish = { file: readProgramValue(file), replaces, base, by: actorOf(asking) };
      return within(parts, asking, async (tx, program) => draftView(await saveDraft(tx, program, wish, asking.now)));
    },
    discardDraft: (asking, hash) => within(parts, asking, (tx, program) => discardDraft(tx, program, hash)),
  };
}

function factsOf(
  all: readonly PublishedVersion[],
  { version, hash, file, from, published }: PublishedVersion,
  now: Millis,
) {
  const inForce = versionInForce(all, now).version === version;
  return { version, hash, name: file.name, from: iso(from), published: iso(published), inForce };
}

function versionView(all: readonly PublishedVersion[], version: PublishedVersion, now: Millis): VersionAnswer {
  return { ...factsOf(all, version, now), file: canonicalForm(version.file) };
}

function draftView({ hash, base, by, at, file }: Draft): DraftAnswer {
  return { hash, base, by, at: iso(at), file: canonicalForm(file) };
}
