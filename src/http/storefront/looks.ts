import type { Tx } from '../../db/database.js';
import { AppError } from '../../lib/errors.js';
import { readableAccent } from '../../lib/readable-accent.js';
import type { Loyalty } from '../../loyalty/context.js';
import { isShownTo, noteWidgetSeen, readShowing, type Showing } from '../../loyalty/showing.js';
import { memberOfShopper, refOf } from './asking.js';
import type { Customer, ProgramAnswer, Shopper } from './verbs.js';

const HOUR_MS = 3_600_000;
/** When a store's widget was last noted by this process. */
const noted = new Map<string, number>();

/** How the program looks in the shopper's store, and whether they see it at all. Whoever is a member always does. */
export async function looksTo(
  { loyalty }: { loyalty: Loyalty },
  tx: Tx,
  shopper: Shopper,
): Promise<NonNullable<ProgramAnswer['looks']>> {
  const showing = await readShowing(tx, refOf(shopper));
  if ((noted.get(shopper.store.id) ?? 0) < shopper.now - HOUR_MS) {
    noted.set(shopper.store.id, shopper.now);
    await noteWidgetSeen(tx, refOf(shopper), shopper.now);
  }
  return {
    visible: await isVisible(tx, showing, shopper, loyalty),
    ...(showing.accent === null ? { accent: null, onAccent: null } : readableAccent(showing.accent)),
    corner: showing.corner,
  };
}

/** @throws AppError `not_in_pilot` (403) */
export async function refuseOutsidePilot({ loyalty }: { loyalty: Loyalty }, tx: Tx, customer: Customer): Promise<void> {
  if (await isVisible(tx, await readShowing(tx, refOf(customer)), customer, loyalty)) return;
  throw new AppError(
    'not_in_pilot',
    403,
    'The program is being tried with some customers first. It is not open to you yet.',
  );
}

async function isVisible(tx: Tx, showing: Showing, shopper: Shopper, loyalty: Loyalty): Promise<boolean> {
  if (isShownTo(showing, loyalty, refOf(shopper), shopper.customer)) return true;
  return (await memberOfShopper(tx, shopper)) !== null;
}
