import type { Tx } from '../db/database.js';
import { AppError } from '../lib/errors.js';
import type { RewardRule } from '../rules/program-rules.js';

const TAKE = `
  update reward_stock set taken = taken + 1 where program_id = $1 and reward = $2 and taken < received returning taken`;

/**
 * Takes a piece of a counted reward: the last thing that a reservation does, because whoever wants the same reward waits
 * until its transaction ends. What is not counted has no end.
 * @throws AppError `not_redeemable` (409, details.binding `sold-out`): somebody was faster
 */
export async function takePiece(tx: Tx, program: string, { id, stock }: RewardRule): Promise<void> {
  if (stock !== 'counted') return;
  const taken = await tx.prepared('stock_take', TAKE, [program, id]);
  if (taken.length > 0) return;
  const message = 'The last of it has just gone: no points were used.';
  throw new AppError('not_redeemable', 409, message, { binding: 'sold-out' });
}

const holds = (state: string) => `case when ${state} in ('held', 'captured') then 1 else 0 end`;

/**
 * Pieces go the way of their redemptions, in the same statement: what is let go or comes back gives its piece back, what an order
 * used all the same has it again, also where none is left. Stands in a `with` after `changed` (reward, of_stock, was, state) of
 * program $1. Rows of several rewards are locked in one order.
 */
export const MOVE_PIECES = `
  pieces as (
    select reward, sum(${holds('state')} - ${holds('was')}) as n from changed where of_stock group by reward
  ),
  stocks as (
    select s.reward, p.n from reward_stock s join pieces p using (reward)
    where s.program_id = $1 and p.n <> 0 order by s.reward for update of s
  ),
  moved as (
    update reward_stock s set taken = s.taken + n from stocks where s.program_id = $1 and s.reward = stocks.reward
  )`;
