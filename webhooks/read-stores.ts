import type { KnownStore } from '../src/commerce/inbound-platform.js';
import type { Tx } from '../src/db/database.js';

export interface ReadStore {
  platform: string;
  known: KnownStore;
}

interface Row {
  id: string;
  program_id: string;
  platform: string;
  key: string;
  url: string;
  money_code: string;
  money_exponent: number;
  zone: string;
}

const READ = `select id, program_id, platform, key, url, money_code, money_exponent, zone from store where id = any($1::bigint[])`;

/** The stores of a batch, as their readers need to know them. Scope: intake. */
export async function readStores(tx: Tx, ids: readonly string[]): Promise<Map<string, ReadStore>> {
  const rows = await tx.prepared<Row>('inbox_stores', READ, [ids]);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        platform: row.platform,
        known: {
          id: row.id,
          program: row.program_id,
          key: row.key,
          source: row.platform === 'woocommerce' ? row.url : null,
          money: { code: row.money_code, exponent: row.money_exponent },
          zone: row.zone,
        },
      },
    ]),
  );
}
