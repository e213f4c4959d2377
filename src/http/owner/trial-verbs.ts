import type * as z from 'zod';
import type { Tx } from '../../db/database.js';
import type { Millis } from '../../lib/clock.js';
import { publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import { beginTrial, closeTrial, MEASURES, readTrials, type Trial } from '../../loyalty/trials.js';
import { meanOf } from '../../reports/means.js';
import { differenceBy, readTrial, type TrialSide, trialVerdict } from '../../reports/read-trials.js';
import { type Spoken, spokenIn } from '../storefront/spoken.js';
import { rewardTitle } from '../storefront/words.js';
import type * as api from './trial-schemas.js';
import type { Asking } from './verbs.js';
import { actorOf, iso, type OwnerParts, within } from './within.js';
import { rangeOf } from './worth-verbs.js';

type TrialsAnswer = z.infer<typeof api.trialsAnswer>;
type Locale = z.infer<typeof api.trialsQuery>['locale'];

export interface TrialVerbs {
  trials(asking: Asking, locale: Locale): Promise<TrialsAnswer>;
  beginTrial(asking: Asking, wish: z.infer<typeof api.trialRequest>): Promise<void>;
  closeTrial(asking: Asking, trial: string): Promise<void>;
}

export function trialVerbs(parts: OwnerParts): TrialVerbs {
  return {
    trials: (asking, locale) =>
      within(parts, asking, async (tx, program) => {
        const { now } = asking;
        const { file } = versionInForce(await publishedVersions(tx, program), now);
        const { money } = rangeOf(file, 1, now);
        const spoken = spokenIn(file, locale);
        const trials: TrialsAnswer['trials'] = [];
        for (const trial of await readTrials(tx, program, { open: false }))
          trials.push(trialView(spoken, trial, await readTrial(tx, program, trial, { money, now }), now));
        const { rewards, stickers } = file.rules;
        const offered = rewards.filter(({ unit }) => unit !== stickers?.unit);
        return {
          trials,
          rewards: offered.map((reward) => ({ reward: reward.id, title: rewardTitle(spoken, reward) })),
        };
      }),
    beginTrial: (asking, wish) => within(parts, asking, (tx, program) => begin(tx, program, asking, wish)),
    closeTrial: (asking, trial) =>
      within(parts, asking, (tx, program) => closeTrial(tx, program, trial, { by: actorOf(asking), now: asking.now })),
  };
}

async function begin(tx: Tx, program: string, asking: Asking, wish: z.infer<typeof api.trialRequest>): Promise<void> {
  const { rules } = versionInForce(await publishedVersions(tx, program), asking.now).file;
  await beginTrial(tx, program, rules, wish, { by: actorOf(asking), now: asking.now });
}

function trialView(
  spoken: Spoken,
  trial: Trial,
  sides: [TrialSide, TrialSide],
  now: Millis,
): TrialsAnswer['trials'][number] {
  const { id, name, measure, began, ends, closed } = trial;
  const titleOf = (reward: string) => {
    const rule = spoken.rules.rewards.find((known) => known.id === reward);
    return rule ? rewardTitle(spoken, rule) : reward;
  };
  const side = (reward: string, { members, taken, times, off, bought, brought }: TrialSide) => ({
    ...{ reward, title: titleOf(reward), offered: spoken.rules.rewards.some((known) => known.id === reward) },
    ...{ members, taken, times, off, bought, brought: meanOf(brought) },
  });
  return {
    ...{ id, name, measure, began: iso(began.getTime()), ends: iso(ends.getTime()) },
    closed: closed && iso(closed.getTime()),
    verdict: trialVerdict(trial, sides, now),
    sides: [side(trial.one, sides[0]), side(trial.other, sides[1])],
    differences: MEASURES.map((of) => ({ measure: of, difference: differenceBy(of, sides) })),
  };
}
