import type * as z from 'zod';
import { type BulkAdjustment, latestBulks, readBulk } from '../../bulk/bulk-adjustments.js';
import { type BulkDeed, chooseMembers, namedMembers, type PagesOf, PART } from '../../bulk/choose-members.js';
import { cancelBulk, decideBulk, startBulk, undoBulk } from '../../bulk/steps.js';
import type { Tx } from '../../db/database.js';
import { findMembers } from '../../loyalty/find-members.js';
import { inForce, ruleVersions } from '../../loyalty/rule-sets.js';
import type { ProgramRules } from '../../rules/program-rules.js';
import { mayDo } from '../../staff/roles.js';
import { worthOf } from '../storefront/member-view.js';
import { limitedRole } from './adjustment-verbs.js';
import type * as api from './bulk-schemas.js';
import { asListed } from './people-verbs.js';
import type { Asking } from './verbs.js';
import { actorOf, iso, type OwnerParts, within } from './within.js';

type State = z.infer<typeof api.bulkState>;
type Wish = z.infer<typeof api.bulkRequest>;
type HoldWish = z.infer<typeof api.bulkHoldRequest>;

/** What the desk asks of points for many members at once, and of their hold. */
export interface BulkVerbs {
  lookAtBulk(asking: Asking, wish: Wish): Promise<State>;
  lookAtBulkHold(asking: Asking, wish: HoldWish): Promise<State>;
  bulks(asking: Asking): Promise<z.infer<typeof api.bulksAnswer>>;
  bulk(asking: Asking, id: string): Promise<State>;
  startBulk(asking: Asking, id: string): Promise<State>;
  decideBulk(asking: Asking, id: string, decision: z.infer<typeof api.decisionRequest>): Promise<State>;
  undoBulk(asking: Asking, id: string, reason: string): Promise<State>;
  cancelBulk(asking: Asking, id: string): Promise<void>;
}

export function bulkVerbs(parts: OwnerParts): BulkVerbs {
  const change = (asking: Asking, id: string, fn: (tx: Tx, program: string) => Promise<void>) =>
    within(parts, asking, async (tx, program) => {
      await fn(tx, program);
      return stateOf(await rulesOf(tx, program, asking), await readBulk(tx, program, id), asking);
    });
  const look = (asking: Asking, { id, reason, members, matching }: Wish | HoldWish, deed: BulkDeed) =>
    change(asking, id, async (tx, program) => {
      const pages = members ? namedMembers(tx, program, members) : await listed(parts, tx, program, asking, matching);
      await chooseMembers(tx, program, { ...deed, id, reason, by: actorOf(asking) }, pages, asking.now);
    });
  const ofOthers = ({ owner }: Asking) => mayDo(owner.role, 'approve-adjustments');
  return {
    lookAtBulk: (asking, wish) => look(asking, wish, { kind: 'points', unit: wish.unit, points: BigInt(wish.points) }),
    lookAtBulkHold: (asking, wish) => look(asking, wish, { kind: wish.hold ? 'hold' : 'release' }),
    bulks: (asking) =>
      within(parts, asking, async (tx, program) => {
        const rules = await rulesOf(tx, program, asking);
        return { bulks: (await latestBulks(tx, program)).map((one) => stateOf(rules, one, asking)) };
      }),
    bulk: (asking, id) => change(asking, id, async () => undefined),
    startBulk: (asking, id) => {
      const asker = { by: actorOf(asking), limited: limitedRole(asking.owner.role) };
      return change(asking, id, (tx, program) => startBulk(tx, program, id, asker, asking.now));
    },
    decideBulk: (asking, id, { approve, said }) => {
      const decision = { approve, said: said === '' ? null : said, by: actorOf(asking) };
      return change(asking, id, (tx, program) => decideBulk(tx, program, id, decision, asking.now));
    },
    undoBulk: (asking, id, reason) => {
      const act = { by: actorOf(asking), reason, ofOthers: ofOthers(asking) };
      return change(asking, id, (tx, program) => undoBulk(tx, program, id, act));
    },
    cancelBulk: (asking, id) => {
      const act = { by: actorOf(asking), ofOthers: ofOthers(asking) };
      return within(parts, asking, (tx, program) => cancelBulk(tx, program, id, act, asking.now));
    },
  };
}

const rulesOf = async (tx: Tx, program: string, { now }: Asking): Promise<ProgramRules> =>
  inForce((await ruleVersions(tx, [program])).get(program) ?? [], now).rules;

/** Whom the list of members shows, all pages of it: what was typed is kept nowhere. */
async function listed(
  { loyalty }: OwnerParts,
  tx: Tx,
  program: string,
  asking: Asking,
  { find, ...asked }: NonNullable<Wish['matching']> = {},
): Promise<PagesOf> {
  const rules = await rulesOf(tx, program, asking);
  const { now, owner } = asking;
  const wish = { text: find ?? null, byName: mayDo(owner.role, 'see-names'), now, ...asListed(asked, rules, now) };
  return (before, limit) => findMembers(tx, program, { ...wish, before, limit }, loyalty);
}

const UNDER_WAY = ['giving', 'undoing'];

function stateOf(rules: ProgramRules, one: BulkAdjustment, asking: Asking): State {
  const { id, kind, unit, points, reason, state, members, total, short, said, error } = one;
  const size = state === 'undoing' ? Math.ceil(one.given_members / PART) + 1 : one.parts;
  const worth = (of: string) => (unit === null ? null : worthOf(rules, unit, BigInt(of)));
  return {
    ...{ id, kind, unit, points, reason, members, total, short, said, error },
    state: one.cancelled && state === 'done' ? 'stopped' : state,
    progress: UNDER_WAY.includes(state) ? Math.min(one.done / Math.max(size, 1), 1) : null,
    worth: worth(total),
    leftOut: one.left_out,
    given: { members: one.given_members, points: one.given_points, worth: worth(one.given_points) },
    undone: one.undone_members,
    asked: { who: one.asked_name ?? one.asked_by, at: iso(one.asked_at.getTime()) },
    mine: one.asked_by === actorOf(asking),
    decided:
      one.decided_by === null || one.decided_at === null
        ? null
        : { who: one.decided_name ?? one.decided_by, at: iso(one.decided_at.getTime()) },
    finished: one.finished_at === null ? null : iso(one.finished_at.getTime()),
  };
}
