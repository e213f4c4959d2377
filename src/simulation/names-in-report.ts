import type { Tx } from '../db/database.js';
import type { Loyalty } from '../loyalty/context.js';
import { orderNamesOf, peopleOf } from '../loyalty/names-of.js';
import type { SimulationReport } from './report.js';

/** By our own number of a member, and by the key of an order: what they are called now. */
export interface ReportNames {
  members: Record<string, { name: string | null; email: string | null }>;
  orders: Record<string, string>;
}

/** Whom and what a report names, looked up when it is shown: the report itself, which is kept, holds nobody's name. */
export async function namesInReport(
  tx: Tx,
  program: string,
  report: SimulationReport,
  loyalty: Pick<Loyalty, 'readPeople'>,
): Promise<ReportNames> {
  const { winners, losers, changedOrders, refused } = report;
  const members = [winners, losers, changedOrders, refused.lines].flat().map(({ member }) => member);
  const people = await peopleOf(tx, program, members, loyalty);
  const orders = await orderNamesOf(
    tx,
    program,
    changedOrders.map(({ order }) => order),
  );
  return {
    members: Object.fromEntries([...people].map(([member, { name, email }]) => [member, { name, email }])),
    orders: Object.fromEntries(orders),
  };
}
