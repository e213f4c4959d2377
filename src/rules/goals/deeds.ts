import * as z from 'zod';
import { countsAt } from '../deed-cases.js';
import { ONE } from '../fraction.js';
import { names } from '../rule-parts.js';
import { measure } from './kind.js';

/** Deeds of the named rules (or of any), as far as their own limits let them count. */
export const deeds = measure({
  schema: z.strictObject({ kind: z.literal('deeds'), of: names }),
  ofOrders: false,
  counted: (counts, facts, { members }, at) =>
    facts.deeds
      .filter((one) => members.some(({ id }) => id === one.deed.member) && countsAt(one, at))
      .filter(({ deed }) => counts.of === undefined || counts.of.includes(deed.of))
      .map(({ deed }) => ({ at: deed.at, amount: ONE })),
});
