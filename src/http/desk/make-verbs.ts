import { type Database, inTransactionAtOnce, type Tx } from '../../db/database.js';
import type { SealingKey } from '../../lib/key-file.js';
import type { Mailer } from '../../lib/mail.js';
import type { LookUpMailDomain } from '../../lib/mail-domain.js';
import type { Logger } from '../../lib/logger.js';
import { type PublishedVersion, publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import { withFormerUnitNames } from '../../programs/former-units.js';
import type { ProgramFile } from '../../programs/program-file.js';
import { catalogues, localeOf, type Locale } from '../../rules/sentences.js';
import { changeStaff, staffFromShop, type StaffMember } from '../../staff/people.js';
import { permissionsOf } from '../../staff/roles.js';
import { enter, leave, programOfToken, proveSession, wasOfRemoved } from '../../staff/sign-in.js';
import type { Owner } from '../contract.js';
import type { Asking } from '../owner/verbs.js';
import type { Limiter } from '../limits.js';
import type { FindStore } from '../storefront/identity.js';
import { askForLink } from './ask-for-link.js';
import { mailVerbs } from './mail-verbs.js';
import { passkeyVerbs } from './passkey-verbs.js';
import type { DeskGate } from './owner-caller.js';
import type { DeskVerbs, MeAnswer } from './verbs.js';

export interface DeskParts {
  db: Database;
  mailer: Mailer;
  /** Where browsers reach the desk, without a slash at the end. */
  publicUrl: string;
  log: Logger;
  /** Who our mails are from; null = none goes out. */
  mailFrom: string | null;
  /** What the DNS says of the domain of `mailFrom`. */
  lookUpMailDomain: LookUpMailDomain;
  /** How many links a mailbox is sent. */
  limiter: Pick<Limiter, 'count'>;
  /** Prove that a challenge is ours. */
  keys: readonly SealingKey[];
}

/** Proves sessions of the desk, and users of a shop's own admin, in the scope of the program that they name. */
export function staffProof(db: Database, findStore: FindStore): DeskGate['staff'] {
  const asOwner = (program: string, person: StaffMember | null): Owner | null =>
    person && { program, id: person.id, name: person.name, role: person.role, by: 'staff' };
  return {
    async session(token, now) {
      const program = programOfToken(token);
      if (program === null) return null;
      return inTransactionAtOnce(db, { programs: [program] }, async (tx) => {
        const person = await proveSession(tx, program, token, now);
        return person === null && (await wasOfRemoved(tx, program, token)) ? 'removed' : asOwner(program, person);
      });
    },
    async fromShop(shop, user) {
      const store = await findStore('shopify', shop);
      if (!store) return null;
      return inTransactionAtOnce(db, { programs: [store.program] }, async (tx) => {
        const person = await staffFromShop(tx, store.program, shopifyUser(user));
        return asOwner(store.program, person) ?? 'removed';
      });
    },
  };
}

/** A session token of Shopify's admin says no more of them. */
const shopifyUser = (user: string) => ({ user, name: `Shop user ${user}`, email: null, locale: 'en' });

export function makeDeskVerbs(parts: DeskParts): DeskVerbs {
  const { db } = parts;
  const within = <T>(program: string, fn: (tx: Tx) => Promise<T>) =>
    inTransactionAtOnce(db, { programs: [program] }, fn);
  return {
    ...passkeyVerbs(parts),
    ...mailVerbs(parts),
    askForLink: askForLink(parts),
    enter: (link, now) => enter(db, link, now),
    async leave(session) {
      const program = programOfToken(session);
      if (program !== null) await within(program, (tx) => leave(tx, program, session));
    },
    me: (asking) => within(asking.owner.program, (tx) => readMe(tx, asking)),
    changeMe: (asking, { language }) =>
      within(asking.owner.program, async (tx) => {
        const { owner } = asking;
        if (owner.by === 'staff')
          await changeStaff(tx, owner.program, owner.id, { locale: language }, `staff:${owner.id}`);
        return readMe(tx, asking);
      }),
  };
}

async function readMe(tx: Tx, { owner, now }: Asking): Promise<MeAnswer> {
  const { program, by, id, name, role } = owner;
  const [person] =
    by === 'staff'
      ? await tx.prepared<{ email: string | null; locale: string }>(
          'desk_me',
          'select email, locale from staff where program_id = $1 and id = $2',
          [program, id],
        )
      : [];
  const stores = await tx.prepared<MeAnswer['stores'][number]>(
    'desk_stores',
    'select id, platform, url, status from store where program_id = $1 order by id',
    [program],
  );
  const versions = await publishedVersions(tx, program);
  const { file } = versionInForce(versions, now);
  const language = localeOf(person?.locale);
  const { zone, money } = file.rules;
  return {
    ...{ id, by, name, role, language, stores },
    email: person?.email ?? null,
    now: new Date(now).toISOString(),
    may: permissionsOf(role),
    program: {
      ...{ id: program, name: file.name, zone, currency: money.code, exponent: money.exponent },
      units: unitsOf(file, language),
      formerUnits: formerUnitsOf(
        file,
        versions.filter(({ from }) => from <= now),
        language,
      ),
    },
  };
}

function formerUnitsOf(file: ProgramFile, versions: readonly PublishedVersion[], language: Locale) {
  const former = withFormerUnitNames(
    file,
    versions.map((one) => one.file),
  );
  const gone = Object.keys(former.names.units).filter((unit) => !Object.hasOwn(file.names.units, unit));
  return unitsOf(former, language).filter(({ unit }) => gone.includes(unit));
}

function unitsOf({ names }: ProgramFile, language: Locale): MeAnswer['program']['units'] {
  return [...new Set(['points', ...Object.keys(names.units)])].map((unit) => {
    const named = names.units[unit];
    const counted = named?.[language] ?? named?.en ?? (unit === 'points' ? catalogues[language]['unit.points'] : null);
    return { unit, counted: counted ?? `{n, number} ${unit}`, symbol: named?.symbol ?? null };
  });
}
