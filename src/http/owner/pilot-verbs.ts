import type * as z from 'zod';
import type { Tx } from '../../db/database.js';
import type { Millis } from '../../lib/clock.js';
import { publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import { readStores } from '../../loyalty/read-stores.js';
import { type PilotPeriod, readPilots } from '../../loyalty/showing.js';
import { meanOf } from '../../reports/means.js';
import {
  PILOT_MEASURES,
  pilotDifference,
  pilotEnds,
  type PilotSide,
  pilotVerdict,
  readPilot,
} from '../../reports/read-pilot.js';
import type * as api from './pilot-schemas.js';
import type { Asking } from './verbs.js';
import { iso, type OwnerParts, within } from './within.js';
import { rangeOf } from './worth-verbs.js';

type PilotAnswer = z.infer<typeof api.pilotAnswer>;

export interface PilotVerbs {
  pilots(asking: Asking): Promise<PilotAnswer>;
}

export function pilotVerbs(parts: OwnerParts): PilotVerbs {
  const pilotsOf = async (tx: Tx, program: string, store: string, now: Millis) => {
    const { file } = versionInForce(await publishedVersions(tx, program), now);
    const { money } = rangeOf(file, 1, now);
    const read = [];
    for (const pilot of await readPilots(tx, { program, store })) {
      const { loyalty } = parts;
      read.push({ pilot, sides: await readPilot(tx, { program, store }, pilot, { money, now, loyalty }) });
    }
    return read;
  };
  return {
    pilots: (asking) =>
      within(parts, asking, async (tx, program) => {
        const pilots: PilotAnswer['pilots'] = [];
        for (const { id, url } of await readStores(tx, program))
          for (const { pilot, sides } of await pilotsOf(tx, program, id, asking.now))
            pilots.push({ store: id, url, ...pilotView(pilot, sides, asking.now) });
        return { pilots };
      }),
  };
}

const sideView = ({ customers, bought, again, orders, brought }: PilotSide) => ({
  ...{ customers, bought, again, orders: meanOf(orders), brought: meanOf(brought) },
  orderValue: orders.sum === 0 ? null : brought.sum / orders.sum,
});

function pilotView(pilot: PilotPeriod, sides: [PilotSide, PilotSide], now: Millis) {
  return {
    share: pilot.share,
    began: iso(pilot.began.getTime()),
    ends: iso(pilotEnds(pilot)),
    closed: pilot.closed && iso(pilot.closed.getTime()),
    verdict: pilotVerdict(pilot, sides, now),
    sides: sides.map(sideView),
    differences: PILOT_MEASURES.map((measure) => ({ measure, difference: pilotDifference(measure, sides) })),
  };
}
