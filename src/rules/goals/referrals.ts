import * as z from 'zod';
import { isDoneAt } from '../activities.js';
import { ONE } from '../fraction.js';
import { measure } from './kind.js';

/** Friends brought, each from when the advocate is paid for them. */
export const referrals = measure({
  schema: z.strictObject({ kind: z.literal('referrals') }),
  ofOrders: true,
  counted: (_, facts, { members }, at) =>
    facts.referrals
      .flatMap(({ activities }) => activities.filter(({ of }) => of.startsWith('referral:')))
      .filter((one) => members.some(({ id }) => id === one.member) && isDoneAt(one, at))
      .map((one) => ({ at: one.earned, amount: ONE })),
});
