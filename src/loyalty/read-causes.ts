import type { Tx } from '../db/database.js';
import type { ProgramRules } from '../rules/program-rules.js';

/** What members gave to one cause so far. Money is minor units of the program's money, the shop's own part included. */
export interface Cause {
  cause: string;
  gifts: number;
  points: bigint;
  money: bigint;
}

const GIVEN = `
  select reward, count(*)::int as gifts, sum(net_points)::text as points from redemption
  where program_id = $1 and state = 'captured' and reward = any($2::text[]) group by reward`;

/** What all members together gave, by cause, of the rewards that the rules have: for paying out and for showing. */
export async function readCauses(tx: Tx, program: string, { rewards }: ProgramRules): Promise<Cause[]> {
  const donations = rewards.filter((reward) => reward.kind === 'donation');
  if (donations.length === 0) return [];
  const rows = await tx.prepared<{ reward: string; gifts: number; points: string }>('loyalty_causes', GIVEN, [
    program,
    donations.map(({ id }) => id),
  ]);
  const given = new Map(rows.map((row) => [row.reward, row]));
  const causes = new Map<string, Cause>();
  for (const { id, cause, gives } of donations) {
    const { gifts, points } = given.get(id) ?? { gifts: 0, points: '0' };
    const of = causes.get(cause) ?? { cause, gifts: 0, points: 0n, money: 0n };
    of.gifts += gifts;
    of.points += BigInt(points);
    of.money += BigInt(gifts) * BigInt(gives);
    causes.set(cause, of);
  }
  return [...causes.values()];
}
