import type * as z from 'zod';
import type { Tx } from '../../db/database.js';
import {
  givenToday,
  LIMITED_ROLES,
  type LimitedRole,
  readAdjustmentLimits,
  setAdjustmentLimit,
} from '../../loyalty/adjustment-limits.js';
import { type AdjustmentState, askAdjustment } from '../../loyalty/ask-adjustment.js';
import { findMember } from '../../loyalty/by-hand.js';
import { decideAdjustment, undoAdjustment } from '../../loyalty/decide-adjustment.js';
import { type ListedAdjustment, listAdjustments } from '../../loyalty/list-adjustments.js';
import { peopleOf } from '../../loyalty/names-of.js';
import { inForce, ruleVersions } from '../../loyalty/rule-sets.js';
import { mayDo, type Role } from '../../staff/roles.js';
import { worthOf } from '../storefront/member-view.js';
import type * as api from './adjustment-schemas.js';
import { balancesView } from './member-verbs.js';
import type { Asking } from './verbs.js';
import { actorOf, iso, type OwnerParts, within } from './within.js';

type AdjustedAnswer = z.infer<typeof api.adjustedAnswer>;
type LimitsAnswer = z.infer<typeof api.limitsAnswer>;
type AdjustmentsAnswer = z.infer<typeof api.adjustmentsAnswer>;

/** What the desk asks of points given and taken by hand; `id` of a member is the public one. */
export interface AdjustmentVerbs {
  adjust(asking: Asking, member: string, wish: z.infer<typeof api.adjustmentRequest>): Promise<AdjustedAnswer>;
  undoAdjustment(asking: Asking, of: z.infer<typeof api.undoParams>, reason: string): Promise<AdjustedAnswer>;
  adjustments(asking: Asking, query: z.infer<typeof api.adjustmentsQuery>): Promise<AdjustmentsAnswer>;
  decideAdjustment(
    asking: Asking,
    id: string,
    decision: z.infer<typeof api.decisionRequest>,
  ): Promise<{ state: AdjustmentState }>;
  adjustmentLimits(asking: Asking): Promise<LimitsAnswer>;
  limitAdjustments(asking: Asking, limit: z.infer<typeof api.limitRequest>): Promise<LimitsAnswer>;
}

/** Whose limits hold; null = none do. */
export const limitedRole = (role: Role): LimitedRole | null => LIMITED_ROLES.find((one) => one === role) ?? null;

export function adjustmentVerbs(parts: OwnerParts): AdjustmentVerbs {
  const { shards } = parts.loyalty;
  return {
    async adjust(asking, member, { id, unit, points, reason }) {
      const wish = { id, unit, points: BigInt(points), reason };
      const asker = { by: actorOf(asking), limited: limitedRole(asking.owner.role) };
      const { state, balances } = await within(parts, asking, (tx, program) =>
        askAdjustment(tx, program, member, wish, asker, asking.now, shards),
      );
      parts.ringEffects(asking.owner.program);
      return { ...balancesView(balances), state };
    },
    async undoAdjustment(asking, of, reason) {
      const ofOthers = mayDo(asking.owner.role, 'approve-adjustments');
      const act = { id: of.adjustment, reason, by: actorOf(asking), ofOthers };
      const { state, balances } = await within(parts, asking, (tx, program) =>
        undoAdjustment(tx, program, of.id, act, asking.now, shards),
      );
      parts.ringEffects(asking.owner.program);
      return { ...balancesView(balances), state };
    },
    async decideAdjustment(asking, id, { approve, said }) {
      const decision = { approve, said: said === '' ? null : said, by: actorOf(asking) };
      const state = await within(parts, asking, (tx, program) =>
        decideAdjustment(tx, program, id, decision, asking.now, shards),
      );
      parts.ringEffects(asking.owner.program);
      return { state };
    },
    adjustments: (asking, query) => within(parts, asking, (tx, program) => pageOf(parts, tx, program, asking, query)),
    adjustmentLimits: (asking) => within(parts, asking, (tx, program) => limitsView(tx, program, asking)),
    limitAdjustments: (asking, { role, alone, atOnce, aDay }) =>
      within(parts, asking, async (tx, program) => {
        const limit = {
          role,
          alone: alone === null ? null : BigInt(alone),
          atOnce: BigInt(atOnce),
          aDay: BigInt(aDay),
        };
        await setAdjustmentLimit(tx, program, limit, actorOf(asking));
        return limitsView(tx, program, asking);
      }),
  };
}

const rulesOf = async (tx: Tx, program: string, { now }: Asking) =>
  inForce((await ruleVersions(tx, [program])).get(program) ?? [], now).rules;

async function limitsView(tx: Tx, program: string, asking: Asking): Promise<LimitsAnswer> {
  const limits = await readAdjustmentLimits(tx, program);
  const mine = limits.find(({ role }) => role === limitedRole(asking.owner.role));
  const left: Record<string, string> = {};
  if (mine) {
    const { units, zone } = await rulesOf(tx, program, asking);
    for (const unit of Object.keys(units)) {
      const given = await givenToday(tx, program, { by: actorOf(asking), unit, zone }, asking.now);
      left[unit] = `${mine.aDay > given ? mine.aDay - given : 0n}`;
    }
  }
  return {
    limits: limits.map(({ role, alone, atOnce, aDay }) => ({
      role,
      alone: alone === null ? null : `${alone}`,
      atOnce: `${atOnce}`,
      aDay: `${aDay}`,
    })),
    left: mine ? left : null,
  };
}

async function pageOf(
  { loyalty }: OwnerParts,
  tx: Tx,
  program: string,
  asking: Asking,
  { member, after, limit }: z.infer<typeof api.adjustmentsQuery>,
): Promise<AdjustmentsAnswer> {
  const of = member === undefined ? null : (await findMember(tx, program, member, { erased: true })).member;
  const rows = await listAdjustments(tx, program, { member: of, after: after ?? null, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const rules = await rulesOf(tx, program, asking);
  const named = mayDo(asking.owner.role, 'see-names') ? page.map(({ member_id }) => member_id) : [];
  const people = await peopleOf(tx, program, named, loyalty);
  return {
    adjustments: page.map((row) => ({
      ...{ id: row.id, member: row.public_id, memberName: people.get(row.member_id)?.name ?? null },
      ...{ unit: row.unit, points: row.points, reason: row.reason, state: row.state, said: row.said },
      worth: worthOf(rules, row.unit, BigInt(row.points.replace('-', ''))),
      asked: { who: row.asked_name ?? row.asked_by, at: iso(row.asked_at.getTime()) },
      mine: row.asked_by === actorOf(asking),
      decided: decidedView(row),
    })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

const decidedView = ({ decided_by, decided_name, decided_at }: ListedAdjustment) =>
  decided_by === null || decided_at === null
    ? null
    : { who: decided_name ?? decided_by, at: iso(decided_at.getTime()) };
