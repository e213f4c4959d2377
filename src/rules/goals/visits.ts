import * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import { ONE } from '../fraction.js';
import { measure } from './kind.js';

/** Local days on which the member came by, each from when they first did; a day of an order is one. Before the program's start none counts. */
export const visits = measure({
  schema: z.strictObject({ kind: z.literal('visits') }),
  ofOrders: true,
  counted(_, { past }, { id }, at, calendar) {
    const standing = past.ordersOf(id, at).filter((order) => order.standsAt(at));
    const days = new Map<number, Millis>();
    for (const when of [...standing.map(({ times }) => times.moment), ...past.countedVisitsOf(id, at)]) {
      const day = calendar.dayOf(when);
      days.set(day, Math.min(days.get(day) ?? Infinity, when));
    }
    return [...days.values()].map((first) => ({ at: first, amount: ONE }));
  },
});
