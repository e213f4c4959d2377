import { type Database, inTransactionAtOnce } from '../../db/database.js';
import { proveApiKey, programOfKey } from '../../loyalty/api-keys.js';
import { type Draft, discardDraft, readDraft, saveDraft } from '../../loyalty/drafts.js';
import { type PublishedVersion, publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import { publishDraft, rollBack } from '../../loyalty/publish-program.js';
import type { Millis } from '../../lib/clock.js';
import { AppError } from '../../lib/errors.js';
import { canonicalForm } from '../../programs/canonical.js';
import { changesInWords } from '../../programs/diff/changes-in-words.js';
import { findTraps } from '../../programs/find-traps.js';
import { checkFile } from '../../programs/play-examples.js';
import { readProgramValue } from '../../programs/read-program.js';
import { readUnitsHeld } from '../../reports/read-ledger.js';
import { foretold } from '../../simulation/forecasts.js';
import type { ProveOwner } from '../desk/owner-caller.js';
import { adjustmentVerbs } from './adjustment-verbs.js';
import { bulkVerbs } from './bulk-verbs.js';
import { fileAt } from './file-at.js';
import { exportVerbs } from './export-verbs.js';
import { importVerbs } from './import-verbs.js';
import { leaderboardVerbs } from './leaderboard-verbs.js';
import { memberVerbs } from './member-verbs.js';
import { mergeVerbs } from './merge-verbs.js';
import { peopleVerbs } from './people-verbs.js';
import { personVerbs } from './person-verbs.js';
import { planVerbs } from './plan-verbs.js';
import { redemptionVerbs } from './redemption-verbs.js';
import { showingVerbs } from './showing-verbs.js';
import { simulationVerbs } from './simulation-verbs.js';
import { stickerVerbs } from './sticker-verbs.js';
import { ledgerVerbs } from './ledger-verbs.js';
import { overviewVerbs } from './overview-verbs.js';
import { reminderVerbs } from './reminder-verbs.js';
import { householdVerbs } from './household-verbs.js';
import { sendingVerbs } from './sending-verbs.js';
import { worthOf } from '../storefront/member-view.js';
import { causeVerbs } from './cause-verbs.js';
import { reportVerbs } from './report-verbs.js';
import { stockVerbs } from './stock-verbs.js';
import { trialVerbs } from './trial-verbs.js';
import { settingsVerbs } from './settings-verbs.js';
import { promotionVerbs } from './promotion-verbs.js';
import { actorOf, iso, type OwnerParts, within } from './within.js';
import type { DraftAnswer, OwnerVerbs, VersionAnswer } from './verbs.js';

/** Proves API keys: looked for in the scope of the program that the key names. */
export function ownerProof(db: Database): ProveOwner {
  return async (key, now) => {
    const program = programOfKey(key);
    if (program === null) return null;
    const found = await inTransactionAtOnce(db, { programs: [program] }, (tx) => proveApiKey(tx, program, key, now));
    return found && { ...found, role: 'owner', by: 'key' };
  };
}

/** The owner's verbs: each a transaction in the scope of the key's program. */
export function makeOwnerVerbs(parts: OwnerParts): OwnerVerbs {
  return {
    ...readingVerbs(parts),
    ...draftVerbs(parts),
    ...publishingVerbs(parts),
    ...adjustmentVerbs(parts),
    ...bulkVerbs(parts),
    ...memberVerbs(parts),
    ...peopleVerbs(parts),
    ...personVerbs(parts),
    ...reminderVerbs(parts),
    ...sendingVerbs(parts),
    ...householdVerbs(parts),
    ...mergeVerbs(parts),
    ...simulationVerbs(parts),
    ...promotionVerbs(parts),
    ...planVerbs(parts),
    ...showingVerbs(parts),
    ...redemptionVerbs(parts),
    ...leaderboardVerbs(parts),
    ...stickerVerbs(parts),
    ...stockVerbs(parts),
    ...settingsVerbs(parts),
    ...importVerbs(parts),
    ...exportVerbs(parts),
    ...overviewVerbs(parts),
    ...ledgerVerbs(parts),
    ...reportVerbs(parts),
    ...trialVerbs(parts),
    ...causeVerbs(parts),
  };
}

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

function publishingVerbs(parts: OwnerParts): Pick<OwnerVerbs, 'checkDraft' | 'diff' | 'publish' | 'rollBack'> {
  const startOf = ({ from, reachesBack }: { from?: string | undefined; reachesBack?: boolean | undefined }) => ({
    from: from === undefined ? undefined : Date.parse(from),
    reachesBack,
  });
  return {
    checkDraft: (asking, locale) =>
      within(parts, asking, async (tx, program) => {
        const draft = await readDraft(tx, program);
        return draft && { hash: draft.hash, ...checkFile(draft.file, locale), traps: findTraps(draft.file, locale) };
      }),
    diff: (asking, { from, to, locale }) =>
      within(parts, asking, async (tx, program) => {
        const [before, after] = [await fileAt(tx, program, from), await fileAt(tx, program, to)];
        const gone = Object.keys(before.rules.units).filter((unit) => !Object.hasOwn(after.rules.units, unit));
        const held = await readUnitsHeld(tx, program, gone);
        return {
          changes: changesInWords(before, after, locale),
          outOfUse: held.map(({ unit, members, points }) => {
            const worth = worthOf(before.rules, unit, points);
            return { unit, members, points: `${points}`, worth };
          }),
        };
      }),
    publish: (asking, { hash, ...start }) =>
      within(parts, asking, async (tx, program) => {
        const wish = { hash, ...startOf(start), by: actorOf(asking) };
        const draft = await readDraft(tx, program);
        const before = (await publishedVersions(tx, program)).at(-1) ?? null;
        const published = await publishDraft(tx, program, wish, asking.now);
        if (draft) await foretold(tx, program, { draft, before, published, by: wish.by });
        return factsOf(await publishedVersions(tx, program), published, asking.now);
      }),
    rollBack: (asking, { version, ...start }) =>
      within(parts, asking, async (tx, program) => {
        const wish = { version, ...startOf(start), by: actorOf(asking) };
        const published = await rollBack(tx, program, wish, asking.now);
        return factsOf(await publishedVersions(tx, program), published, asking.now);
      }),
  };
}

function draftView({ hash, base, by, at, file }: Draft): DraftAnswer {
  return { hash, base, by, at: iso(at), file: canonicalForm(file) };
}
