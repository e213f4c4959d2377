import { setImmediate as breathe } from 'node:timers/promises';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { closedGroups } from '../rules/closed-groups.js';
import type { Known, KnownOrder, RuleVersion } from '../rules/known.js';
import { Ownership } from '../rules/ownership.js';
import { type Compared, type Comparing, compareGroup } from './compare-group.js';
import { type Draft, versionsWith } from './draft.js';
import { FirstCome } from './first-come.js';

/** A page of a past: what is known, and the members whose whole story it is. */
export interface PastPage {
  known: Known;
  family: ReadonlySet<string>;
}

/** A past in pages, so that it is never in memory at once. It may be gone through more than once. */
export interface Past {
  /** How many members are not merged into others. */
  total(): Promise<number>;
  pages(): AsyncIterable<PastPage> | Iterable<PastPage>;
  /** What was granted first come was recorded (a store's own past), or was only asked for (a made one). */
  recorded: boolean;
}

export interface Question {
  past: Past;
  /** The versions that the program has published, ascending. */
  published: readonly RuleVersion[];
  draft: Draft;
  now: Millis;
  /** Members gone through, of all; ceilings take a second round. Throws to stop. */
  onProgress?: (done: number, total: number) => void | Promise<void>;
}

type Look = (group: Known, family: ReadonlySet<string>) => void;

/**
 * Plays a draft over a past beside the published rules, one closed group after the other. Writes nothing. What it holds in
 * memory is one page and, with ceilings, the orders that take of them.
 * @throws AppError `no_rules` (409)
 */
export async function comparePast(
  question: Question,
  look: (compared: Compared, family: ReadonlySet<string>, by: Comparing) => void,
): Promise<Comparing> {
  const { past, draft, now } = question;
  const published = [...question.published];
  if (published.length === 0) {
    throw new AppError(
      'no_rules',
      409,
      'This program has no published rules to compare with: publish a rule set first.',
    );
  }
  const after = versionsWith(published, draft);
  const shares = {
    before: past.recorded || !FirstCome.concerns(published) ? null : new FirstCome(published, null, null),
    after: FirstCome.concerns(after) ? new FirstCome(after, past.recorded ? published : null, draft.since) : null,
  };
  const rounds = shares.before || shares.after ? 2 : 1;
  const goThrough = goingThrough(question, (await past.total()) * rounds);
  if (rounds === 2) {
    await goThrough((group, family) => {
      const own = ownOrders(group, family, now);
      shares.before?.note(group, now, own);
      shares.after?.note(group, now, own);
    });
    shares.before?.share();
    shares.after?.share();
  }
  const by: Comparing = {
    ...{ now, since: draft.since, versions: { before: published, after }, shares, asked: !past.recorded },
  };
  await goThrough((group, family) => look(compareGroup(group, by), family, by));
  return by;
}

function goingThrough({ past, onProgress = () => {} }: Question, total: number): (look: Look) => Promise<void> {
  let done = 0;
  const letOthersWork = breathing();
  return async (look) => {
    for await (const { known, family } of past.pages()) {
      for (const group of closedGroups(known)) {
        if (group.members.some(({ id }) => family.has(id))) look(group, family);
        await letOthersWork();
      }
      done += family.size - known.merges.filter(({ from }) => family.has(from)).length;
      await onProgress(Math.min(done, total), total);
    }
  };
}

/** What else this process does waits for no more than a moment. */
function breathing(): () => Promise<void> | undefined {
  let last = performance.now();
  return () =>
    performance.now() - last < MOMENT_MS ? undefined : breathe().then(() => void (last = performance.now()));
}
const MOMENT_MS = 15;

function ownOrders(known: Known, family: ReadonlySet<string>, now: Millis): (order: KnownOrder) => boolean {
  const ownership = new Ownership(known, now);
  return (order) => {
    const owner = ownership.ownerOf(order)?.member.id;
    return owner !== undefined && family.has(owner);
  };
}
