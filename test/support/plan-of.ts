import type { TestDatabase } from './database.js';

export interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'CTE Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: Plan[];
}

/** How a statement is carried out as the service gets it: prepared, generic, under row-level security. */
export async function planOf(db: TestDatabase, name: string, sql: string, role: string): Promise<Plan> {
  const client = await db.owner.pool.connect();
  try {
    await client.query(
      `begin; set local role ${role}; set local plan_cache_mode = force_generic_plan; set local random_page_cost = 1.1; set local tallymark.programs = '{1}'`,
    );
    const id = name.replaceAll(/\W/g, '_');
    await client.query(`prepare ${id} as ${sql}`);
    const count = Math.max(0, ...[...sql.matchAll(/\$(\d+)/g)].map((match) => Number(match[1])));
    const nulls = count === 0 ? '' : `(${Array.from({ length: count }, () => 'null').join(', ')})`;
    const { rows } = await client.query(`explain (format json) execute ${id} ${nulls}`);
    return (rows[0] as { 'QUERY PLAN': { Plan: Plan }[] })['QUERY PLAN'][0]!.Plan;
  } finally {
    client.release(true);
  }
}

/** The plan with all that is below it. */
export const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)];

/** Those of the tables that the plan reads from end to end. */
export const readWhole = (nodes: readonly Plan[], tables: readonly string[]): string[] =>
  nodes
    .filter((node) => node['Node Type'] === 'Seq Scan')
    .map((node) => node['Relation Name'] ?? '')
    .filter((table) => tables.includes(table));
