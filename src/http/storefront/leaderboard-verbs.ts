import type { Database, Tx } from '../../db/database.js';
import { readStandings } from '../../loyalty/read-leaderboard.js';
import { inForce, ruleVersions } from '../../loyalty/rule-sets.js';
import type { MemberRef } from '../../loyalty/settle-members.js';
import { hideName, showName, shownName } from '../../loyalty/show-name.js';
import { compile } from '../../rules/compile.js';
import { type Leaderboard, type Period, periodAt } from '../../rules/leaderboards.js';
import { memberRefOf, within } from './asking.js';
import { inLanguage } from './deed-verbs.js';
import type { Customer, LeaderboardsAnswer, StorefrontVerbs } from './verbs.js';

type View = LeaderboardsAnswer['leaderboards'][number];

/** The storefront's verbs for leaderboards. */
export function leaderboardVerbs(parts: {
  db: Database;
}): Pick<StorefrontVerbs, 'leaderboards' | 'showName' | 'hideName'> {
  const asMember = <T>(customer: Customer, work: (tx: Tx, ref: MemberRef) => Promise<T>) =>
    within(parts, customer, async (tx) => work(tx, await memberRefOf(tx, customer)));
  return {
    leaderboards: (customer, show) =>
      asMember(customer, async (tx, ref) => {
        const { now } = customer;
        const { rules } = inForce((await ruleVersions(tx, [ref.program])).get(ref.program) ?? [], now);
        const leaderboards: View[] = [];
        for (const board of rules.leaderboards ?? []) {
          const period = periodAt(board, compile(rules).calendar, now);
          if (period) leaderboards.push(await boardView(tx, ref, board, period, show));
        }
        return { shownAs: await shownName(tx, ref), leaderboards };
      }),
    showName: (customer, name) =>
      inLanguage(customer.language, () => asMember(customer, (tx, ref) => showName(tx, ref, name, customer.now))),
    hideName: (customer) => asMember(customer, hideName),
  };
}

async function boardView(
  tx: Tx,
  { program, member }: MemberRef,
  board: Leaderboard,
  period: Period,
  show: { top: number; around: number },
): Promise<View> {
  const { listed, lines } = await readStandings(tx, program, board, period, { ...show, member });
  const { id, name = id, by, award } = board;
  const unit = by === 'points' ? (board.unit ?? 'points') : null;
  const never = board.period === 'all';
  return {
    ...{ id, name, by, unit, listed },
    from: never ? null : new Date(period.from).toISOString(),
    to: period.to === null ? null : new Date(period.to).toISOString(),
    lines: lines.map((line) => ({ rank: line.rank, name: line.name, score: line.score, you: line.member === member })),
    places: (award?.gives ?? []).map((gives, i) => ({ rank: i + 1, unit: award?.unit ?? '', points: `${gives}` })),
  };
}
