import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { hashOf } from '../programs/canonical.js';
import { type ProgramFile, programFile } from '../programs/program-file.js';
import type { RuleVersion } from '../rules/known.js';

/** A published version, whole. */
export interface PublishedVersion {
  version: number;
  /** In force from then on, unless a later version is too. */
  from: Millis;
  published: Millis;
  file: ProgramFile;
  hash: string;
}

const VERSIONS = `
  select r.version, r.in_force_from, r.published_at, r.rules, r.about, p.name
  from rule_set r join program p on p.id = r.program_id
  where r.program_id = $1 and ($2::int is null or r.version = $2) order by r.version`;

interface VersionRow {
  version: number;
  in_force_from: Date;
  published_at: Date;
  rules: unknown;
  about: object;
  name: string;
}

/** All versions that were published, ascending, as program files. */
export async function publishedVersions(tx: Tx, program: string): Promise<PublishedVersion[]> {
  return (await tx.prepared<VersionRow>('program_versions', VERSIONS, [program, null])).map(toVersion);
}

/** @throws AppError `no_such_version` (404) */
export async function publishedVersion(tx: Tx, program: string, version: number): Promise<PublishedVersion> {
  const [row] = await tx.prepared<VersionRow>('program_versions', VERSIONS, [program, version]);
  if (!row) throw new AppError('no_such_version', 404, `Version ${version} was never published.`);
  return toVersion(row);
}

/** By the rules they are of; versions are parsed once a process (src/loyalty/rule-sets.ts) and never change. */
const files = new WeakMap<RuleVersion, ProgramFile>();

/** The whole file of a version whose rules were read: with what it calls things. Read once a process. */
export async function fileOf(tx: Tx, program: string, version: RuleVersion): Promise<ProgramFile> {
  let file = files.get(version);
  if (!file) {
    const published = await publishedVersion(tx, program, version.version);
    files.set(version, (file = { ...published.file, rules: version.rules }));
  }
  return file;
}

/** Of versions in ascending order the one in force at an instant; before the first, the first. */
export function versionInForce(versions: readonly PublishedVersion[], at: Millis): PublishedVersion {
  let found = versions[0];
  for (const version of versions) if (version.from <= at) found = version;
  if (!found) throw new AppError('no_rules', 409, 'This program has no published rules yet: publish a rule set first.');
  return found;
}

/** When which version was in force, oldest first: one that began before its forerunner leaves that no time. */
export function timesInForce(
  versions: readonly PublishedVersion[],
): { version: PublishedVersion; from: Millis; to: Millis | null }[] {
  return versions.flatMap((version, at) => {
    const to = Math.min(...versions.slice(at + 1).map(({ from }) => from));
    return to <= version.from ? [] : [{ version, from: version.from, to: to === Infinity ? null : to }];
  });
}

/** A version that was published without names and examples is called what the program is called. */
function toVersion({ version, in_force_from, published_at, rules, about, name }: VersionRow): PublishedVersion {
  const file = programFile.parse({ tallymark: 1, name, ...about, rules });
  return { version, from: in_force_from.getTime(), published: published_at.getTime(), file, hash: hashOf(file) };
}
