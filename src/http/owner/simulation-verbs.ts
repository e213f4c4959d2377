import type { Tx } from '../../db/database.js';
import { readDraft } from '../../loyalty/drafts.js';
import { readProgramValue } from '../../programs/read-program.js';
import type { ProgramRules } from '../../rules/program-rules.js';
import { mayDo } from '../../staff/roles.js';
import { namesInReport } from '../../simulation/names-in-report.js';
import {
  type Simulation,
  cancelSimulation,
  listSimulations,
  readSimulation,
  startSimulation,
} from '../../simulation/simulations.js';
import { noDraft } from './publishing-routes.js';
import type { OwnerVerbs } from './verbs.js';
import { actorOf, iso, type OwnerParts, within } from './within.js';

type Verbs = Pick<OwnerVerbs, 'startSimulation' | 'simulations' | 'simulation' | 'cancelSimulation'>;

/** Asked for here, done by a worker. */
export function simulationVerbs(parts: OwnerParts): Verbs {
  return {
    startSimulation: (asking, { file, days = null, made = null }) => {
      const given = file === undefined ? null : readProgramValue(file).rules;
      return within(parts, asking, async (tx, program) => {
        const rules = given ?? (await rulesOfDraft(tx, program));
        const id = await startSimulation(tx, program, { rules, days, made, by: actorOf(asking) }, asking.now);
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
        return { ...factsOf(one), report, names };
      }),
    cancelSimulation: (asking, id) =>
      within(parts, asking, async (tx, program) => factsOf(await cancelSimulation(tx, program, id))),
  };
}

async function rulesOfDraft(tx: Tx, program: string): Promise<ProgramRules> {
  return ((await readDraft(tx, program)) ?? noDraft()).file.rules;
}

const orNull = (at: number | null): string | null => (at === null ? null : iso(at));

function factsOf({ report: _, asked, ...one }: Simulation) {
  return { ...one, askedAt: iso(asked), since: orNull(one.since), finished: orNull(one.finished) };
}
