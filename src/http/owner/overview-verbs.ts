import type * as z from 'zod';
import type { Tx } from '../../db/database.js';
import { readDraft } from '../../loyalty/drafts.js';
import { countWaiting } from '../../loyalty/list-adjustments.js';
import { countToHandOut } from '../../loyalty/list-redemptions.js';
import { orderNamesOf, peopleOf } from '../../loyalty/names-of.js';
import { publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import { readPromotions } from '../../loyalty/read-promotions.js';
import { isSoldOut, readPiecesLeft } from '../../loyalty/read-stock.js';
import { readStores } from '../../loyalty/read-stores.js';
import { type Need, needsOf } from '../../reports/needs.js';
import { readHealth } from '../../reports/read-health.js';
import { type LatestMove, readLatest } from '../../reports/read-latest.js';
import { type Flow, type PeriodFigures, readOverview } from '../../reports/read-overview.js';
import { fraction, parseFraction, round, times } from '../../rules/fraction.js';
import type { ProgramRules } from '../../rules/program-rules.js';
import { mayDo } from '../../staff/roles.js';
import { type Spoken, spokenIn } from '../storefront/spoken.js';
import { rewardTitle } from '../storefront/words.js';
import type * as api from './overview-schemas.js';
import type { Asking } from './verbs.js';
import { actorOf, iso, type OwnerParts, within } from './within.js';

type OverviewAnswer = z.infer<typeof api.overviewAnswer>;
type Locale = z.infer<typeof api.overviewQuery>['locale'];
type LatestAnswer = z.infer<typeof api.latestAnswer>;

export interface OverviewVerbs {
  overview(asking: Asking, days: number, locale?: Locale): Promise<OverviewAnswer>;
  latest(asking: Asking, limit: number): Promise<LatestAnswer>;
}

export function overviewVerbs(parts: OwnerParts): OverviewVerbs {
  return {
    overview: (asking, days, locale = 'en') =>
      within(parts, asking, async (tx, program) => {
        const { now } = asking;
        const versions = await publishedVersions(tx, program);
        const { file } = versionInForce(versions, now);
        const { rules } = file;
        const overview = await readOverview(tx, program, days, now);
        const stores = await readStores(tx, program);
        const promotions = await readPromotions(tx, program, rules, now);
        const hasDraft = (await readDraft(tx, program)) !== null;
        // somebody else's eyes: not of those who asked
        const waiting = mayDo(asking.owner.role, 'approve-adjustments')
          ? await countWaiting(tx, program, actorOf(asking))
          : 0;
        const toHandOut = await countToHandOut(tx, program);
        const soldOut = await soldOutOf(tx, program, spokenIn(file, locale));
        const hasRewards = rules.rewards.length > 0;
        const seesHealth = hasRewards && mayDo(asking.owner.role, 'see-reports');
        const health = seesHealth ? await readHealth(tx, program, versions, now) : null;
        const worth = worthBy(rules);
        const { speaker } = spokenIn(file, locale);
        // a promotion is called what its owner calls it
        const named = (need: Need) =>
          need.kind === 'ceiling' && need.about !== null ? { ...need, about: speaker.name('rule', need.about) } : need;
        const known = {
          overview,
          stores,
          promotions,
          hasDraft,
          lacksRewards: !hasRewards && Object.keys(rules.units).some((unit) => worth(unit, 1n) !== '0'),
          health,
          waiting,
          toHandOut,
          soldOut,
          now,
        };
        return {
          ...{ days, at: iso(now), members: overview.members, undecided: overview.undecided },
          now: periodView(overview.now),
          before: periodView(overview.before),
          open: overview.open.map(({ unit, points }) => ({ unit, points: `${points}`, worth: worth(unit, points) })),
          ending: overview.ending.map(({ unit, points, members }) => ({
            ...{ unit, members },
            points: `${points}`,
            worth: worth(unit, points),
          })),
          needs: needsOf(known).map(named),
        };
      }),
    latest: (asking, limit) =>
      within(parts, asking, async (tx, program) => {
        const { rules } = versionInForce(await publishedVersions(tx, program), asking.now).file;
        return {
          moves: await movesView(tx, program, await readLatest(tx, program, asking.now, limit), asking, parts, rules),
        };
      }),
  };
}

/** What nobody can have until more of it comes, as shoppers read it. */
async function soldOutOf(tx: Tx, program: string, spoken: Spoken): Promise<string[]> {
  const { rewards } = spoken.rules;
  const left = await readPiecesLeft(tx, program, rewards);
  return rewards.filter((reward) => isSoldOut(left, reward)).map((reward) => rewardTitle(spoken, reward));
}

/** What points of a unit are worth in the program's money, whole minor units rounded up: what is owed is not made smaller. */
export function worthBy({ units }: ProgramRules): (unit: string, points: bigint) => string {
  return (unit, points) => `${round(times(fraction(points), parseFraction(units[unit]?.value ?? '0')), 'ceil')}`;
}

const textOf = ({ unit, given, takenBack, used, usedBack, expired }: Flow) => ({
  unit,
  given: `${given}`,
  takenBack: `${takenBack}`,
  used: `${used}`,
  usedBack: `${usedBack}`,
  expired: `${expired}`,
});
const periodView = ({ flows, ...counts }: PeriodFigures) => ({ ...counts, flows: flows.map(textOf) });

async function movesView(
  tx: Tx,
  program: string,
  moves: readonly LatestMove[],
  { owner }: Asking,
  { loyalty }: OwnerParts,
  rules: ProgramRules,
): Promise<LatestAnswer['moves']> {
  const members = [...new Set(moves.map(({ member }) => member))];
  const ids = await tx.prepared<{ id: string; public_id: string }>(
    'overview_public_ids',
    'select id, public_id from member where program_id = $1 and id = any($2::bigint[])',
    [program, members],
  );
  const publicId = new Map(ids.map(({ id, public_id }) => [id, public_id]));
  const people = mayDo(owner.role, 'see-names') ? await peopleOf(tx, program, members, loyalty) : new Map();
  const orders = moves.flatMap(({ cause }) => (cause.startsWith('order:') ? [cause.slice(6)] : []));
  const names = await orderNamesOf(tx, program, orders);
  const worth = worthBy(rules);
  return moves.flatMap(({ at, cause, member, unit, points }) => {
    const id = publicId.get(member);
    if (id === undefined) return [];
    const [kind = cause] = cause.split(':');
    const about = kind === 'order' ? (names.get(cause.slice(6)) ?? null) : null;
    const size = points < 0n ? -points : points;
    return {
      ...{ kind, about, unit, member: id },
      at: at.toISOString(),
      name: people.get(member)?.name ?? null,
      points: `${points}`,
      worth: worth(unit, size),
    };
  });
}
