import type { BalanceMirror, OutboundPlatform } from '../commerce/outbound-platform.js';
import { type Tx, inTransaction } from '../db/database.js';
import { standingDiscounts } from '../loyalty/standing-discounts.js';
import { type Effect, finishEffects } from './claim-effects.js';
import type { Work } from './run-effects.js';

const READ = `
  select l.customer, coalesce(m.merged_into, m.id) as member, sum(a.balance) filter (where a.kind = 'available')::text as available,
    sum(a.balance) filter (where a.kind = 'pending')::text as pending, coalesce(sum(a.version), 0)::text as version
  from customer_link l
  join member m on m.program_id = l.program_id and m.id = l.member_id
  left join account a on a.program_id = l.program_id and a.member_id = coalesce(m.merged_into, m.id) and a.unit = 'points'
  where l.program_id = $1 and l.store_id = $2 and l.customer = any($3::text[])
  group by l.customer, coalesce(m.merged_into, m.id)`;

interface Row {
  customer: string;
  member: string;
  available: string | null;
  pending: string | null;
  version: string;
}

/** Shows the newest balances on the platform: read now, not when the change happened, so the last write is the newest. */
export async function mirrorBalances(work: Work, platform: OutboundPlatform, effects: Effect[]): Promise<void> {
  const [first] = effects;
  if (!first) return;
  const customers = effects.map((effect) => effect.subject);
  const balances = await inTransaction(work.db, { programs: [first.program] }, (tx) =>
    read(tx, first, customers, work.clock.now()),
  );
  if (balances.length > 0) await platform.mirrorBalances(balances);
  await inTransaction(work.db, { programs: [first.program] }, (tx) => finishEffects(tx, effects, work.clock.now()));
}

/** A note of perks ends by itself: a service that is away for long, or a shop that left, takes nothing off for ever. */
const PERKS_LIVE_MS = 40 * 24 * 3_600_000;

async function read(tx: Tx, { program, store }: Effect, customers: string[], now: number): Promise<BalanceMirror[]> {
  const rows = await tx.prepared<Row>('jobs_mirror_read', READ, [program, store, customers]);
  const members = rows.map(({ member }) => member);
  const perks = await standingDiscounts(tx, program, members, now);
  // whoever has no points yet is told of for their perks alone
  return rows
    .filter(({ version }) => perks !== null || version !== '0')
    .map((row) => ({
      ...(perks ? { perks: { discounts: perks.get(row.member) ?? [], until: now + PERKS_LIVE_MS } } : {}),
      customer: row.customer,
      available: row.available ?? '0',
      pending: row.pending ?? '0',
      version: row.version,
      label: 'points',
    }));
}
