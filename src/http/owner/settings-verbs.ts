import type * as z from 'zod';
import type { Tx } from '../../db/database.js';
import type { Millis } from '../../lib/clock.js';
import { createApiKey, listApiKeys, revokeApiKey } from '../../loyalty/api-keys.js';
import { readAudit } from '../../loyalty/read-audit.js';
import { changeShowing, readShowing, type Showing } from '../../loyalty/showing.js';
import { readStores } from '../../loyalty/read-stores.js';
import { readTrouble, solveTrouble, type Trouble } from '../../loyalty/store-trouble.js';
import { addStaff, changeStaff, listStaff, removeStaff } from '../../staff/people.js';
import type { Role } from '../../staff/roles.js';
import { localeOf } from '../../rules/sentences.js';
import type * as api from './settings-schemas.js';
import type { Asking } from './verbs.js';
import { actorOf, iso, type OwnerParts, within } from './within.js';

type StaffAnswer = z.infer<typeof api.staffAnswer>;
type KeysAnswer = z.infer<typeof api.keysAnswer>;

/** What settings ask: people, keys, stores, and the log of what was done. */
export interface SettingsVerbs {
  staff(asking: Asking): Promise<StaffAnswer>;
  inviteStaff(asking: Asking, wish: z.infer<typeof api.inviteRequest>): Promise<StaffAnswer>;
  changeStaff(asking: Asking, id: string, role: Role): Promise<StaffAnswer>;
  removeStaff(asking: Asking, id: string): Promise<StaffAnswer>;
  keys(asking: Asking): Promise<KeysAnswer>;
  createKey(asking: Asking, name: string): Promise<z.infer<typeof api.newKeyAnswer>>;
  revokeKey(asking: Asking, id: string): Promise<KeysAnswer>;
  audit(asking: Asking, query: z.infer<typeof api.auditQuery>): Promise<z.infer<typeof api.auditAnswer>>;
  stores(asking: Asking): Promise<z.infer<typeof api.storesAnswer>>;
  storeTrouble(asking: Asking, store: string): Promise<z.infer<typeof api.troubleAnswer>>;
  solveStoreTrouble(
    asking: Asking,
    store: string,
    how: z.infer<typeof api.solveTroubleRequest>['how'],
  ): Promise<z.infer<typeof api.troubleSolved>>;
  showing(asking: Asking, store: string): Promise<Showing>;
  changeShowing(asking: Asking, store: string, showing: Showing): Promise<Showing>;
}

const PAGE = 100;

export function settingsVerbs(parts: OwnerParts): SettingsVerbs {
  return {
    ...staffVerbs(parts),
    ...keyVerbs(parts),
    ...lookingVerbs(parts),
    ...troubleVerbs(parts),
    ...showingVerbs(parts),
  };
}

function staffVerbs(parts: OwnerParts): Pick<SettingsVerbs, 'staff' | 'inviteStaff' | 'changeStaff' | 'removeStaff'> {
  return {
    staff: (asking) => within(parts, asking, staffView),
    async inviteStaff(asking, { language, ...person }) {
      const answer = await within(parts, asking, async (tx, program) => {
        await addStaff(tx, program, { ...person, locale: language }, actorOf(asking));
        return staffView(tx, program);
      });
      await parts.sendSignInLinks(person.email, asking.now);
      return answer;
    },
    changeStaff: (asking, id, role) =>
      within(parts, asking, async (tx, program) => {
        await changeStaff(tx, program, id, { role }, actorOf(asking));
        return staffView(tx, program);
      }),
    removeStaff: (asking, id) =>
      within(parts, asking, async (tx, program) => {
        await removeStaff(tx, program, id, asking.now, actorOf(asking));
        return staffView(tx, program);
      }),
  };
}

function keyVerbs(parts: OwnerParts): Pick<SettingsVerbs, 'keys' | 'createKey' | 'revokeKey'> {
  return {
    keys: (asking) => within(parts, asking, keysView),
    createKey: (asking, name) =>
      within(parts, asking, async (tx, program) => {
        const { id, text } = await createApiKey(tx, program, name, actorOf(asking));
        return { id, name, text };
      }),
    revokeKey: (asking, id) =>
      within(parts, asking, async (tx, program) => {
        await revokeApiKey(tx, program, id, asking.now, actorOf(asking));
        return keysView(tx, program);
      }),
  };
}

function showingVerbs(parts: OwnerParts): Pick<SettingsVerbs, 'showing' | 'changeShowing'> {
  return {
    showing: (asking, store) => within(parts, asking, (tx, program) => readShowing(tx, { program, store })),
    changeShowing: (asking, store, showing) =>
      within(parts, asking, async (tx, program) => {
        await changeShowing(tx, { program, store }, showing, actorOf(asking));
        return readShowing(tx, { program, store });
      }),
  };
}

function lookingVerbs(parts: OwnerParts): Pick<SettingsVerbs, 'audit' | 'stores'> {
  return {
    audit: (asking, { before = null, about = null, actor = null }) =>
      within(parts, asking, async (tx, program) => {
        const lines = await readAudit(tx, program, { before, about, actor, limit: PAGE + 1 });
        const shown = lines.slice(0, PAGE).map((line) => ({
          ...line,
          at: line.at.toISOString(),
          facts: line.facts as Record<string, unknown>,
        }));
        return { lines: shown, more: lines.length > PAGE };
      }),
    stores: (asking) =>
      within(parts, asking, async (tx, program) => ({
        stores: (await readStores(tx, program)).map(
          ({ installed, lastDelivery, widgetSeen, comparisons, ...store }) => ({
            ...store,
            installed: installed.toISOString(),
            lastDelivery: instantOf(lastDelivery),
            widgetSeen: instantOf(widgetSeen),
            comparisons: comparisons.map(({ what, finished, healed, error }) => ({
              ...{ what, healed },
              finished: instantOf(finished),
              failure: error,
            })),
          }),
        ),
      })),
  };
}

function troubleVerbs(parts: OwnerParts): Pick<SettingsVerbs, 'storeTrouble' | 'solveStoreTrouble'> {
  const view = ({ at, ...trouble }: Trouble) => ({ ...trouble, at: at.toISOString() });
  return {
    storeTrouble: (asking, store) =>
      within(parts, asking, async (tx, program) => {
        const { messages, effects } = await readTrouble(tx, { program, store });
        return { messages: messages.map(view), effects: effects.map(view) };
      }),
    solveStoreTrouble: (asking, store, how) =>
      within(parts, asking, (tx, program) => solveTrouble(tx, { program, store }, how, actorOf(asking))),
  };
}

const instantOf = (at: Date | null): string | null => at && iso(at.getTime() as Millis);

async function staffView(tx: Tx, program: string): Promise<StaffAnswer> {
  const people = await listStaff(tx, program);
  return {
    staff: people.map(({ locale, added, seen, ...person }) => ({
      ...person,
      language: localeOf(locale),
      added: added.toISOString(),
      seen: instantOf(seen),
    })),
  };
}

async function keysView(tx: Tx, program: string): Promise<KeysAnswer> {
  const keys = await listApiKeys(tx, program);
  return {
    keys: keys.map(({ created, used, revoked, ...key }) => ({
      ...key,
      created: created.toISOString(),
      used: instantOf(used),
      revoked: instantOf(revoked),
    })),
  };
}
