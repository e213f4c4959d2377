import { peopleOf } from '../../loyalty/names-of.js';
import { refuseOtherMoney } from '../../loyalty/other-money.js';
import { readRejudging } from '../../loyalty/rejudge-members.js';
import { ruleVersions } from '../../loyalty/rule-sets.js';
import { refuseNonsense } from '../../programs/play-examples.js';
import { type Holdings, type PlannedMember, planPage } from '../../simulation/plan-change.js';
import { publicIdsOf } from '../../simulation/read-past.js';
import { mayDo } from '../../staff/roles.js';
import { fileAt } from './file-at.js';
import type { OwnerVerbs, PlanAnswer } from './verbs.js';
import { iso, type OwnerParts, within } from './within.js';

/** What a publication will do, and how far one has come. */
export function planVerbs(parts: OwnerParts): Pick<OwnerVerbs, 'plan' | 'settling'> {
  return {
    plan: (asking, { to, from, all, after, limit }) =>
      within(parts, asking, async (tx, program) => {
        const { now } = asking;
        const file = await fileAt(tx, program, to);
        if (to === 'draft') refuseNonsense(file);
        const { rules } = file;
        const published = (await ruleVersions(tx, [program])).get(program) ?? [];
        const last = published.at(-1);
        if (last) refuseOtherMoney(last.rules.money, rules.money);
        const change = { rules, from: from === undefined ? now : Date.parse(from) };
        const { members, next } = await planPage(tx, { program, published, change, now }, after, limit);
        const told = members.filter(({ changes }) => all === 'true' || changes);
        const ids = told.map(({ member }) => member);
        const publicIds = await publicIdsOf(tx, program, ids);
        const named = mayDo(asking.owner.role, 'see-names') ? ids : [];
        const people = await peopleOf(tx, program, named, parts.loyalty);
        return {
          members: told.map((one) =>
            plannedView(one, publicIds.get(one.member) ?? '', people.get(one.member)?.name ?? null),
          ),
          next,
        };
      }),
    settling: (asking) =>
      within(parts, asking, async (tx, program) => {
        const came = await readRejudging(tx, program);
        if (!came) return { state: 'nothing', askedAt: null, since: null, everyone: false, done: 0, total: null };
        const { asked, since, everyone, done, total, finished } = came;
        const state = finished ? 'done' : total === null ? 'waiting' : 'running';
        return { state, askedAt: iso(asked), since: iso(since), everyone, done, total };
      }),
  };
}

function plannedView(
  { units, tier, changes }: PlannedMember,
  member: string,
  name: string | null,
): PlanAnswer['members'][number] {
  const text = ({ available, pending, held, debt }: Holdings) => ({
    available: `${available}`,
    pending: `${pending}`,
    held: `${held}`,
    debt: `${debt}`,
  });
  const told = Object.entries(units).map(([unit, { before, after, endsSooner }]) => [
    unit,
    { before: text(before), after: text(after), endsSooner: `${endsSooner}` },
  ]);
  return { member, name, units: Object.fromEntries(told), tier, changes };
}
