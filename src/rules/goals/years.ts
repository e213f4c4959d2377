import * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import type { Calendar } from '../calendar.js';
import { civilOf } from '../calendar.js';
import { yearlyDay } from '../expiry.js';
import { ONE } from '../fraction.js';
import { measure } from './kind.js';

/** The n-th anniversary of a local day, at its midnight; of 29 February on the 28th in years that have no 29th. */
export function anniversary(joined: Millis, n: number, calendar: Calendar): Millis {
  const { year, month, day } = civilOf(calendar.dayOf(joined));
  const monthDay = `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return calendar.startOf(yearlyDay(monthDay, year + n));
}

/** The first anniversary after an instant. */
export function nextAnniversary(joined: Millis, after: Millis, calendar: Calendar): Millis {
  let n = Math.max(1, calendar.yearOf(after) - calendar.yearOf(joined));
  while (anniversary(joined, n, calendar) <= after) n++;
  return anniversary(joined, n, calendar);
}

/** Years of membership: each anniversary of joining. Of a person who joined twice the first time counts. */
export const years = measure({
  schema: z.strictObject({ kind: z.literal('years') }),
  ofOrders: false,
  counted(_, _facts, { members }, at, calendar) {
    const joined = Math.min(...members.map((member) => member.joined));
    const all: Millis[] = [];
    for (let n = 1; anniversary(joined, n, calendar) <= at; n++) all.push(anniversary(joined, n, calendar));
    return all.map((when) => ({ at: when, amount: ONE }));
  },
});
