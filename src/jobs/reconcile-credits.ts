import type { FoundCredit, OutboundPlatform } from '../commerce/outbound-platform.js';
import type { Minor } from '../commerce/order.js';
import { inTransaction } from '../db/database.js';
import { AppError } from '../lib/errors.js';
import { grouped } from '../lib/grouped.js';
import { creditIsGiven } from '../loyalty/code-life.js';
import type { StoreRef } from '../loyalty/context.js';
import { type After, type AskedCredit, readAskedCredits } from '../loyalty/credits-given.js';
import { keepCreditsCompared } from '../loyalty/keep-credits-compared.js';
import type { Work } from './run-effects.js';

/**
 * missing = points were used, and the platform has no such credit · doubled = it has it more than once · amount = of another
 * amount · after-return = it has it, and the points went back · ended = it was ended before its time.
 */
export type CreditTrouble = 'missing' | 'doubled' | 'amount' | 'after-return' | 'ended';

export interface CreditDifference {
  redemption: string;
  customer: string;
  trouble: CreditTrouble;
  /** Minor units: what the points were used for, and what the platform gave for them. */
  asked: Minor;
  given: Minor;
}

export interface ComparedCredits {
  seen: number;
  /** Credits whose answer was lost for good: the points that were held for them are used now. */
  healed: number;
  differences: CreditDifference[];
  /** Minor units of what was given, and of what customers have not spent of it yet. */
  given: Minor;
  left: Minor;
}

const ROUND = 200;
const HISTORY_MS = 60 * 24 * 3_600_000;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Compares the store credit of the last 60 days with the points that were used for it. What differs is told to the owner,
 * who alone can say what is right: money is never given again, nor points taken, by this. Only what the platform gave while
 * we still hold the points is settled.
 */
export async function reconcileCredits(work: Work, ref: StoreRef): Promise<ComparedCredits> {
  const total: ComparedCredits = { seen: 0, healed: 0, differences: [], given: 0, left: 0 };
  const platform = await work.platformOf(ref.program, ref.store);
  if (!platform.findCredits) return total;
  const started = work.clock.now();
  for (let after: After | null = { at: started - HISTORY_MS, id: FIRST }; after;) {
    const from: After = after;
    const page = await inTransaction(work.db, { programs: [ref.program] }, (tx) =>
      readAskedCredits(tx, ref, from, ROUND),
    );
    for (const credits of grouped(page.credits, ({ order }) => order.customer).values()) {
      await compareCustomer(work, ref, platform, credits, total);
    }
    after = page.next;
  }
  if (total.seen > 0) await tell(work, ref, total);
  return total;
}

/** A customer who is gone from the platform has taken their purse along: nothing is said of them. */
async function compareCustomer(
  work: Work,
  ref: StoreRef,
  platform: OutboundPlatform,
  credits: readonly AskedCredit[],
  total: ComparedCredits,
): Promise<void> {
  const found = await platform.findCredits?.(credits.map(({ order }) => order));
  if (!found) return;
  for (const credit of credits) {
    const there = found.get(credit.order.key) ?? [];
    total.seen += 1;
    total.given += sumOf(there, ({ off }) => off);
    total.left += sumOf(there, ({ left }) => left);
    const [only] = there;
    if (credit.is === 'open' && only) {
      await settle(work, ref, credit.redemption, only.ref);
      total.healed += 1;
    }
    const trouble = troubleOf(credit, there);
    if (trouble)
      total.differences.push({
        ...{ redemption: credit.redemption, customer: credit.order.customer, trouble },
        asked: credit.is === 'back' ? 0 : credit.order.off,
        given: sumOf(there, ({ off }) => off),
      });
  }
}

const sumOf = (credits: readonly FoundCredit[], of: (credit: FoundCredit) => Minor): Minor =>
  credits.reduce((sum, credit) => sum + of(credit), 0);

function troubleOf({ is, order }: AskedCredit, there: readonly FoundCredit[]): CreditTrouble | null {
  if (is === 'back') return there.length > 0 ? 'after-return' : null;
  if (there.length > 1) return 'doubled';
  const [only] = there;
  if (!only) return is === 'used' ? 'missing' : null;
  if (only.off !== order.off) return 'amount';
  return only.ended > 0 ? 'ended' : null;
}

async function settle(work: Work, { program }: StoreRef, redemption: string, credit: string): Promise<void> {
  await inTransaction(work.db, { programs: [program] }, (tx) =>
    creditIsGiven(tx, { program, redemption, ref: credit }, work.clock.now(), work.shards),
  );
}

/** Told once, until it changes: to the audit and the desk, and to whoever watches the log. */
async function tell(work: Work, ref: StoreRef, total: ComparedCredits): Promise<void> {
  const isNew = await inTransaction(work.db, { programs: [ref.program] }, (tx) =>
    keepCreditsCompared(tx, ref, total, work.clock.now()),
  );
  if (!isNew || total.differences.length === 0) return;
  const n = total.differences.length;
  const trouble = new AppError('credit_differs', 409, `${n} store credits differ from the points used for them`);
  work.noticed({ ...ref, id: '0', kind: 'credits', subject: '', asked: 0, attempts: 0 }, 'given-up', trouble);
}
