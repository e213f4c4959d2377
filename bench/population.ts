import { programRules } from '../src/rules/program-rules.js';
import type { BenchDatabase } from './postgres.js';

/** Twenty shops with a thousand members each. */
export const SHOPS = 20;
export const PEOPLE = 20_000;
export const SECRET = 'bench-app-secret';
export const SHARDS = 4;
export const KEYS = [{ id: 'b1', key: Buffer.alloc(32, 'bench') }];

/** Member m of 1..PEOPLE belongs to one program and is the customer of its store, whose id is the program's. */
export const programOf = (member: number, shops: number): number => 1 + (member % shops);
export const customerOf = (member: number): number => 700_000_000 + member;
export const shopOf = (program: number): string => `bench-${program}.myshopify.com`;

/** What a shop would have: a point a euro, twice that for a product, joining, reviews, referrals, rewards, a year to use them. */
const RULES = programRules.parse({
  zone: 'Europe/Amsterdam',
  money: { code: 'EUR', exponent: 2 },
  units: { points: { value: '1', expiry: { kind: 'months', months: 12 } } },
  earning: [{ id: 'base', kind: 'rate', points: '1', per: 100 }],
  promotions: [
    { id: 'beans', factor: '2', where: { products: ['9001'] } },
    { id: 'summer', add: 50, when: { season: { from: '06-01', to: '08-31' }, minOrder: 5000 } },
  ],
  joining: { gives: 100 },
  reviews: { gives: 25, photo: 10 },
  referral: { advocate: 300, friend: 100, minOrder: 2000, returnDays: 14 },
  rewards: [
    { id: 'five-off', kind: 'amount-off', points: 500, off: 500 },
    { id: 'slider', kind: 'slider', step: 100, off: 100, min: 100, share: '1/2' },
    { id: 'shipping', kind: 'free-shipping', points: 400 },
  ],
});

export async function settlePopulation(database: BenchDatabase, shops = SHOPS): Promise<void> {
  await database.sql(`insert into program (id, name, zone, money_code, money_exponent)
    select g, 'Program ' || g, 'Europe/Amsterdam', 'EUR', 2 from generate_series(1, ${shops}) g`);
  await database.sql(
    `insert into rule_set (program_id, version, in_force_from, rules)
     select g, 1, '2026-01-01Z', $1 from generate_series(1, ${shops}) g`,
    [JSON.stringify(RULES)],
  );
  await database.sql(`insert into store (id, program_id, platform, key, url, status, installed_at, money_code, money_exponent, zone)
    overriding system value
    select g, g, 'shopify', 'bench-' || g || '.myshopify.com', 'https://bench-' || g || '.myshopify.com', 'active', '2026-01-01Z', 'EUR', 2,
      'Europe/Amsterdam' from generate_series(1, ${shops}) g`);
  await database.sql(`insert into member (program_id, id, joined_at, referral_code) overriding system value
    select 1 + g % ${shops}, g, '2026-01-01Z', 'code' || g from generate_series(1, ${PEOPLE}) g`);
  await database.sql(`insert into customer_link (program_id, store_id, customer, member_id, linked_at)
    select 1 + g % ${shops}, 1 + g % ${shops}, (700000000 + g)::text, g, '2026-01-01Z' from generate_series(1, ${PEOPLE}) g`);
  // not the empty tables: known to be empty, they would be read from end to end by plans that outlive that
  await database.sql('vacuum analyze program, rule_set, store, member, customer_link');
}
