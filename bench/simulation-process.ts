import { inTransaction, openDatabase } from '../src/db/database.js';
import { ruleVersions } from '../src/loyalty/rule-sets.js';
import { closedGroups } from '../src/rules/closed-groups.js';
import type { ProgramRules } from '../src/rules/program-rules.js';
import { replay } from '../src/rules/replay.js';
import { pastOf } from '../src/simulation/read-past.js';
import { simulate } from '../src/simulation/simulate.js';
import { beChild } from './child.js';

export interface SimulationSettings {
  url: string;
  now: number;
}

export interface Simulated {
  seconds: number;
  /** The most that the process ever held, itself included, MB. */
  peakMB: number;
  changed: number;
}

/** Goes through the past of program 1 once, in a process of its own: its peak is its own. `draft` null = a plain replay. */
beChild(async ({ url, now }: SimulationSettings) => {
  const db = await openDatabase(url, { role: 'app', max: 2 });
  const versions = await inTransaction(db, { programs: ['1'] }, (tx) => ruleVersions(tx, ['1']));
  const published = versions.get('1') ?? [];
  const past = pastOf(db, '1', published);
  return {
    async run(draft: ProgramRules | null): Promise<Simulated> {
      const start = performance.now();
      let changed = 0;
      if (draft) {
        const report = await simulate({ past, published, draft: { rules: draft, since: null }, now });
        changed = report.orders.different;
      } else {
        for await (const { known } of past.pages()) for (const group of closedGroups(known)) replay(group, now);
      }
      const seconds = (performance.now() - start) / 1000;
      return { seconds, peakMB: process.resourceUsage().maxRSS / 1024, changed };
    },
  };
});
