import { sql } from 'kysely';
import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { hashOf } from '../programs/canonical.js';
import { proveProgram } from '../programs/play-examples.js';
import type { ProgramFile } from '../programs/program-file.js';
import { changesInWords } from '../programs/diff/changes-in-words.js';
import { draftChanged, lockProgram, readDraft } from './drafts.js';
import { refuseOtherMoney } from './other-money.js';
import { type PublishedVersion, publishedVersion, publishedVersions } from './program-versions.js';
import { publishRules } from './publish-rules.js';
import { audit } from './store-life.js';

export interface Publication {
  /** From when it is in force; else at once. */
  from?: Millis | undefined;
  /** Whether the past may be judged anew: a start before now is refused without it. */
  reachesBack?: boolean | undefined;
  /** Who publishes: `key:<id>`, `command`. */
  by: string;
}

/**
 * Publishes the draft, if it is the one that was seen and nothing else was published since it was begun. Asked again after it
 * was done it answers with the same version.
 * @throws AppError `no_draft` (404), `draft_changed`, `draft_outdated` (409), `program_invalid`, `examples_fail`, `from_past`, `money_fixed` (422)
 */
export async function publishDraft(
  tx: Tx,
  program: string,
  wish: Publication & { hash: string },
  now: Millis,
): Promise<PublishedVersion> {
  await lockProgram(tx, program);
  const draft = await readDraft(tx, program);
  const versions = await publishedVersions(tx, program);
  const latest = versions.at(-1);
  if (draft === null) {
    if (latest?.hash === wish.hash) return latest;
    throw new AppError('no_draft', 404, 'There is no draft to publish: keep one first.');
  }
  if (draft.hash !== wish.hash) throw draftChanged(draft);
  if (latest && latest.version !== draft.base) throw outdated(draft.base, versions, latest);
  const published = await publishProgram(tx, program, draft.file, latest ?? null, wish, now);
  await tx.prepared('draft_discard', 'delete from draft where program_id = $1', [program]);
  await audit(tx, program, wish.by, 'program.published', factsOf(published));
  return published;
}

/**
 * Publishes a file as the next version. `base` = the version that its writer knew; null = whatever is the latest.
 * @throws as publishDraft
 */
export async function publishFile(
  tx: Tx,
  program: string,
  wish: Publication & { file: ProgramFile; base: number | null },
  now: Millis,
): Promise<PublishedVersion> {
  await lockProgram(tx, program);
  const versions = await publishedVersions(tx, program);
  const latest = versions.at(-1) ?? null;
  if (latest?.hash === hashOf(wish.file)) return latest;
  if (latest && wish.base !== null && wish.base !== latest.version) throw outdated(wish.base, versions, latest);
  const published = await publishProgram(tx, program, wish.file, latest, wish, now);
  await audit(tx, program, wish.by, 'program.published', factsOf(published));
  return published;
}

/**
 * Publishes an older version once more, as the next one: what was published stays as it was.
 * @throws AppError `no_such_version` (404), `nothing_to_roll_back` (409), and as publishDraft
 */
export async function rollBack(
  tx: Tx,
  program: string,
  wish: Publication & { version: number },
  now: Millis,
): Promise<PublishedVersion> {
  await lockProgram(tx, program);
  const older = await publishedVersion(tx, program, wish.version);
  const latest = (await publishedVersions(tx, program)).at(-1) ?? older;
  if (latest.hash === older.hash)
    throw new AppError('nothing_to_roll_back', 409, `Version ${latest.version}, the latest, says the same already.`);
  const published = await publishProgram(tx, program, older.file, latest, wish, now);
  await audit(tx, program, wish.by, 'program.rolled-back', { ...factsOf(published), to: older.version });
  return published;
}

const factsOf = ({ version, hash, from }: PublishedVersion) => ({ version, hash, from: new Date(from).toISOString() });

async function publishProgram(
  tx: Tx,
  program: string,
  file: ProgramFile,
  latest: PublishedVersion | null,
  wish: Publication,
  now: Millis,
): Promise<PublishedVersion> {
  const from = wish.from ?? now;
  if (from < now && wish.reachesBack !== true)
    throw new AppError(
      'from_past',
      422,
      'This start has passed: members would be judged anew from then on. Say `reachesBack: true` if that is meant, or leave `from` out.',
    );
  proveProgram(file);
  if (latest) refuseOtherMoney(latest.file.rules.money, file.rules.money);
  const { rules, name, names, examples } = file;
  const version = await publishRules(tx, program, rules, from, now, { name, names, examples });
  await sql`update program set name = ${name}, zone = ${rules.zone} where id = ${program}::bigint`.execute(tx);
  return publishedVersion(tx, program, version);
}

/** Somebody published meanwhile: says what, so that the writer can take it over. */
function outdated(base: number, versions: readonly PublishedVersion[], latest: PublishedVersion): AppError {
  const begun = versions.find(({ version }) => version === base);
  const changes = begun ? changesInWords(begun.file, latest.file, 'en') : [];
  return new AppError(
    'draft_outdated',
    409,
    `Version ${latest.version} was published since this was begun at version ${base}. Take over what it changed (see details), and save with \`base: ${latest.version}\`.`,
    { base, latest: latest.version, changes },
  );
}
