import type { Tx } from '../../db/database.js';
import { refuseOtherMoney } from '../../loyalty/other-money.js';
import type { Millis } from '../../lib/clock.js';
import { readDraft } from '../../loyalty/drafts.js';
import { publishedVersions } from '../../loyalty/program-versions.js';
import { refuseNonsense } from '../../programs/play-examples.js';
import { readProgramValue } from '../../programs/read-program.js';
import { movedBack } from '../../rules/promotions/move-back.js';
import { mayDo } from '../../staff/roles.js';
import { changedPromotions } from '../../simulation/forecasts.js';
import { namesInReport } from '../../simulation/names-in-report.js';
import {
  type Simulation,
  cancelSimulation,
  draftKey,
  listSimulations,
  ordersSince,
  readSimulation,
  startSimulation,
} from '../../simulation/simulations.js';
import { noDraft } from './publishing-routes.js';
import type { OwnerVerbs } from './verbs.js';
import { actorOf, iso, type OwnerParts, within } from './within.js';

const DAY_MS = 86_400_000;

type Verbs = Pick<OwnerVerbs, 'startSimulation' | 'simulations' | 'simulation' | 'cancelSimulation'>;

/** Asked for here, done by a worker. */
export function simulationVerbs(parts: OwnerParts): Verbs {
  return {
    startSimulation: (asking, { file, days = null, made = null }) => {
      const read = file === undefined ? null : readProgramValue(file);
      if (read) refuseNonsense(read);
      const given = read && { rules: read.rules, draft: null, weeksBack: 0 };
      return within(parts, asking, async (tx, program) => {
        const played = given ?? (await draftToPlay(tx, program, made === null ? days : null, asking.now));
        const last = (await publishedVersions(tx, program)).at(-1);
        if (last) refuseOtherMoney(last.file.rules.money, played.rules.money);
        const id = await startSimulation(tx, program, { ...played, days, made, by: actorOf(asking) }, asking.now);
        return factsOf(await readSimulation(tx, program, id));
      });
    },
    simulations: (asking) =>
      within(parts, asking, async (tx, program) => ({
        simulations: (await listSimulations(tx, program)).map(factsOf),
      })),
    simulation: (asking, id) =>
      within(parts, asking, async (tx, program) => {
        const one = await readSimulation(tx, program, id);
        const { report, made } = one;
        const isSeen = report !== null && made === null && mayDo(asking.owner.role, 'see-names');
        const names = isSeen ? await namesInReport(tx, program, report, parts.loyalty) : null;
        return { ...factsOf(one), newOrders: await ordersSince(tx, program, one.asked), report, names };
      }),
    cancelSimulation: (asking, id) =>
      within(parts, asking, async (tx, program) => factsOf(await cancelSimulation(tx, program, id))),
  };
}

/** The draft; what it adds or changes that is still to come is played earlier when only so many days are. */
async function draftToPlay(tx: Tx, program: string, days: number | null, now: Millis) {
  const found = (await readDraft(tx, program)) ?? noDraft();
  const { file } = found;
  refuseNonsense(file);
  const draft = draftKey(found);
  if (days === null) return { rules: file.rules, draft, weeksBack: 0 };
  const live = (await publishedVersions(tx, program)).at(-1)?.file.rules ?? null;
  const changed = changedPromotions(live, file.rules).map(({ id }) => id);
  const { rules, weeks } = movedBack(file.rules, changed, now - days * DAY_MS, now);
  return { rules, draft, weeksBack: weeks };
}

const orNull = (at: number | null): string | null => (at === null ? null : iso(at));

function factsOf({ report: _, draft: __, asked, ...one }: Simulation) {
  return { ...one, askedAt: iso(asked), since: orNull(one.since), finished: orNull(one.finished) };
}
