import { inTransaction } from '../db/database.js';
import { expireDue, matureDue } from '../ledger/sweeps.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { wantDead } from '../loyalty/code-dying.js';
import { type Expired, expiredReservations, releaseOrphans } from '../loyalty/code-life.js';
import type { Loyalty, StoreRef } from '../loyalty/context.js';
import { dueMembers } from '../loyalty/due-members.js';
import { settleMembers } from '../loyalty/settle-members.js';
import { suspendStore } from '../loyalty/store-life.js';
import { wantMirrors } from '../loyalty/want-effects.js';
import type { Schedule } from '../queue/schedules.js';
import { awardPlaces, programsWithNames } from '../loyalty/award-places.js';
import { checkRewards } from './check-rewards.js';
import { countAllLevels } from './count-all-levels.js';
import { keepPerks, renewPerks } from './keep-perks.js';
import { reconcileCredits } from './reconcile-credits.js';
import { reconcileOrders, rereadRefunded } from './reconcile-orders.js';
import { reconcileProducts } from './reconcile-products.js';
import { reconcileReviews } from './reconcile-reviews.js';
import { rejudgeMembers } from './rejudge-members.js';
import type { Work } from './run-effects.js';
import { forgetOldExports, runExports } from './run-exports.js';
import { forgetOldLooks, runBulkAdjustments } from './run-bulk-adjustments.js';
import { forgetOldImports, runImports } from './run-imports.js';
import { runSimulations } from './run-simulations.js';
import { type Surroundings, keepSubscriptions } from './settle-new-store.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Raw deliveries are personal data: their bodies are kept this long. */
const BODY_MS = 30 * 24 * HOUR;
const ROUND = 500;

type Jobs = Work & {
  loyalty: Loyalty;
  /** Empties bodies of deliveries settled before an instant, at most `limit`; gives how many. */
  forgetBodies(before: Millis, limit: number): Promise<number>;
};

/** What happens without anybody asking. Each run takes what is due and stops when nothing is, or when the process leaves. */
export function makeSchedules(jobs: Jobs, around: Surroundings): Schedule[] {
  return [
    { name: 'points-due', everyMs: 10 * SECOND, run: (leaving) => sweepPoints(jobs, leaving) },
    { name: 'rejudging', everyMs: 10 * SECOND, run: (leaving) => rejudgeMembers(jobs, leaving) },
    { name: 'simulations', everyMs: 5 * SECOND, run: (leaving) => runSimulations(jobs, leaving) },
    { name: 'imports', everyMs: 2 * SECOND, run: (leaving) => runImports(jobs, leaving) },
    { name: 'bulk-adjustments', everyMs: 2 * SECOND, run: (leaving) => runBulkAdjustments(jobs, leaving) },
    { name: 'exports', everyMs: 2 * SECOND, run: (leaving) => runExports(jobs, leaving) },
    { name: 'old-exports', everyMs: HOUR, run: () => forgetOldExports(jobs) },
    { name: 'old-looks', everyMs: HOUR, run: () => forgetOldLooks(jobs) },
    { name: 'old-imports', everyMs: HOUR, run: () => forgetOldImports(jobs) },
    { name: 'leaderboards', everyMs: 5 * MINUTE, run: (leaving) => endPeriods(jobs, leaving) },
    { name: 'levels', everyMs: 10 * MINUTE, atStart: true, run: (leaving) => countAllLevels(jobs, leaving) },
    { name: 'reservations', everyMs: 15 * SECOND, run: () => endReservations(jobs) },
    {
      name: 'subscriptions',
      everyMs: 10 * MINUTE,
      atStart: true,
      run: () => eachStore(jobs, async (ref) => void (await watch(jobs, ref, around))),
    },
    {
      name: 'reconcile',
      everyMs: 15 * MINUTE,
      atStart: true,
      run: () => eachStore(jobs, async (ref) => void (await reconcileOrders(jobs, ref))),
    },
    {
      name: 'reviews',
      everyMs: 15 * MINUTE,
      run: () => eachStore(jobs, async (ref) => void (await reconcileReviews(jobs, ref))),
    },
    {
      // each store's once a day; by the hour, so that one that was cut short goes on
      name: 'products',
      everyMs: HOUR,
      run: () => eachStore(jobs, async (ref) => void (await reconcileProducts(jobs, ref))),
    },
    {
      name: 'refunds-again',
      everyMs: 24 * HOUR,
      run: () => eachStore(jobs, async (ref) => void (await rereadRefunded(jobs, ref))),
    },
    {
      name: 'credits',
      everyMs: 24 * HOUR,
      run: () => eachStore(jobs, async (ref) => void (await reconcileCredits(jobs, ref))),
    },
    { name: 'perks', everyMs: 7 * 24 * HOUR, run: () => eachStore(jobs, (ref) => renewPerks(jobs, ref)) },
    { name: 'forget-bodies', everyMs: HOUR, run: () => forgetOldBodies(jobs) },
  ];
}

/** Subscriptions that had died mean deliveries that never came: the gap is read at once. Then what the shop can give. */
async function watch(jobs: Jobs, ref: StoreRef, around: Surroundings): Promise<void> {
  const healed = await keepSubscriptions(jobs, ref, around);
  if (healed.length > 0) await reconcileOrders(jobs, ref);
  await checkRewards(jobs, ref);
  await keepPerks(jobs, ref);
}

/** Gives for the places of leaderboards whose period has ended. */
export async function endPeriods({ db, clock, shards }: Jobs, leaving?: AbortSignal): Promise<void> {
  for (const program of await inTransaction(db, 'intake', programsWithNames)) {
    if (leaving?.aborted) return;
    await inTransaction(db, { programs: [program] }, (tx) => awardPlaces(tx, program, clock.now(), shards));
  }
}

/** Points that matured or ended, set-based; whose books are not that simple is replayed. */
export async function sweepPoints(jobs: Jobs, leaving?: AbortSignal): Promise<void> {
  const { db, clock, shards } = jobs;
  for (const sweep of [matureDue, expireDue]) {
    for (let more = true; more && !leaving?.aborted;) {
      const { lots, replay } = await sweep(db, {
        now: clock.now(),
        limit: ROUND,
        within: (tx, swept) => wantMirrors(tx, swept.members, shards),
      });
      await settleInRounds(jobs, replay);
      more = lots === ROUND;
    }
  }
  for (let more = true; more && !leaving?.aborted;) {
    const due = await inTransaction(db, 'intake', (tx) => dueMembers(tx, clock.now(), 200));
    await settleInRounds(jobs, due);
    more = due.length === 200;
  }
}

async function settleInRounds(
  { db, clock, shards }: Jobs,
  members: readonly { program: string; member: string }[],
): Promise<void> {
  for (let i = 0; i < members.length; i += 200) {
    const round = members.slice(i, i + 200);
    const programs = [...new Set(round.map((one) => one.program))];
    await inTransaction(db, { programs }, (tx) => settleMembers(tx, round, clock.now(), shards));
  }
}

/** Reservations that ran out: the code dies first, the points follow. Those whose code is long dead give back at last. */
export async function endReservations({ db, clock, shards }: Jobs): Promise<void> {
  const now = clock.now();
  let page: Expired[] = [];
  do {
    const after = page.at(-1) ?? null;
    page = await inTransaction(db, 'intake', (tx) => expiredReservations(tx, now, after, ROUND));
    for (const program of new Set(page.map((row) => row.program))) {
      const ids = page.filter((row) => row.program === program).map((row) => row.id);
      await inTransaction(db, { programs: [program] }, async (tx) => {
        await wantDead(tx, program, ids, shards);
        await releaseOrphans(tx, program, ids, now, shards);
      });
    }
  } while (page.length === ROUND);
}

async function forgetOldBodies({ clock, forgetBodies }: Jobs): Promise<void> {
  while ((await forgetBodies(clock.now() - BODY_MS, ROUND)) === ROUND);
}

const STORES = `select program_id as program, id as store from store where status = 'active' order by id`;

/** One store's trouble is its own: the others have their turn, and a store whose platform knows us no longer is suspended. */
async function eachStore({ db, noticed }: Jobs, run: (ref: StoreRef) => Promise<void>): Promise<void> {
  const stores = await inTransaction(db, 'intake', (tx) => tx.prepared<StoreRef>('jobs_stores', STORES, []));
  for (const ref of stores) {
    try {
      await run(ref);
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      noticed({ ...ref, id: '0', kind: 'schedule', subject: '', asked: 0, attempts: 0 }, 'postponed', failure);
      if (failure instanceof AppError && failure.code === 'platform_revoked') {
        await inTransaction(db, { programs: [ref.program] }, (tx) => suspendStore(tx, ref, failure.message));
      }
    }
  }
}
