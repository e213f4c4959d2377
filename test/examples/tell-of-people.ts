import { AppError } from '../../src/lib/errors.js';
import { applyCustomer } from '../../src/loyalty/apply-customers.js';
import { checkIn } from '../../src/loyalty/check-in.js';
import { chooseDay } from '../../src/loyalty/choose-day.js';
import { claimOrder } from '../../src/loyalty/claim-orders.js';
import { noteReferral } from '../../src/loyalty/join.js';
import { noteVisit } from '../../src/loyalty/note-visit.js';
import { joinHousehold, leaveHousehold } from '../../src/loyalty/share-household.js';
import { tellBirthday } from '../../src/loyalty/tell-birthday.js';
import { tellEvent } from '../../src/loyalty/tell-event.js';
import { type Fact, millis, monthDayOf, text } from '../support/read-example.js';
import type { Answered } from '../support/storefront-client.js';
import { ownCustomer } from './numbered.js';
import { type Scene, type Store, taken } from './scene.js';

export async function join(scene: Scene, fact: Fact): Promise<void> {
  const name = String(fact.member);
  const [first, ...others] = (fact.customers ?? []) as string[];
  if (!scene.members.has(name)) {
    const customer = scene.names.customer(first ?? ownCustomer(name));
    const id = await enrol(scene, fact, customer);
    scene.members.set(name, { id, customer });
    scene.names.names.set(`join:${id}`, `join:${name}`);
    scene.names.names.set(`member:${id}`, name);
    if (fact.birthday !== undefined) await sayBirthday(scene, fact);
  } else if (first) await link(scene, name, first, fact);
  for (const other of others) await link(scene, name, other, fact);
}

/** On the page of the shop; what is told of late comes from elsewhere. */
export async function sayBirthday(scene: Scene, fact: Fact): Promise<void> {
  if (fact.birthday === undefined) return;
  const { service, storefront } = scene.stage;
  const [at, day] = [millis(fact.at), monthDayOf(fact.birthday)];
  if (at === service.clock.now()) return done(await storefront.birthday(scene.asker(fact.member), day));
  const { shards } = service.loyalty;
  await scene.within((tx, now) => tellBirthday(tx, scene.ref(fact.member), day, at, now, shards));
}

export async function visit(scene: Scene, fact: Fact): Promise<void> {
  const { service, storefront } = scene.stage;
  const at = millis(fact.at);
  if (at === service.clock.now()) return done(await storefront.visit(scene.asker(fact.member)));
  await scene.within((tx, now) => noteVisit(tx, scene.ref(fact.member), at, now, service.loyalty.shards));
}

/** A code that was scanned, or an event that the owner's own software tells of; one too many is refused, and nothing changes. */
export async function doDeed(scene: Scene, { id, member, of, chosen }: Fact): Promise<void> {
  const { loyalty, clock } = scene.stage.service;
  const rule = scene.rules.deeds.find((one) => one.id === of);
  const ref = scene.ref(member);
  if (rule?.kind === 'check-in') {
    await scene
      .within((tx, now) => checkIn(tx, ref, rule.codes[0] ?? '', now, loyalty.shards))
      .catch((error: unknown) => {
        if (!(error instanceof AppError) || error.status !== 409) throw error;
      });
    return;
  }
  if (rule?.kind === 'own-day') {
    await scene.within((tx, now) => chooseDay(tx, ref, { rule: rule.id, day: String(chosen) }, now, loyalty.shards));
    return;
  }
  const by = { store: scene.store().id, customer: scene.member(member).customer };
  const event = { id: String(id), event: String(of), of: by, at: clock.now() };
  await scene.within((tx, now) => tellEvent(tx, scene.program, event, loyalty, now));
}

/** By the owner's hand; head null = they leave. */
export async function share(scene: Scene, { member, head }: Fact): Promise<void> {
  const { loyalty } = scene.stage.service;
  const ref = scene.ref(member);
  if (head === null) await scene.within((tx, now) => leaveHousehold(tx, ref, now, loyalty));
  else await scene.within((tx, now) => joinHousehold(tx, { ...ref, head: scene.ref(head).member }, now, loyalty));
}

export async function claim(scene: Scene, fact: Fact): Promise<void> {
  const { example, stage } = scene;
  const placed = example.history.find((one) => one.kind === 'order' && one.id === fact.order);
  const store = scene.store(text(placed?.store) ?? 'main').id;
  const claimed = { ...scene.ref(fact.member), store, order: scene.names.order(String(fact.order)) };
  // what is claimed may be known as somebody's: then the product says no, and nothing changes
  const known = scene.names.names.has(`order:${store}/${claimed.order}`);
  await scene
    .within((tx, now) => claimOrder(tx, claimed, millis(fact.at), now, stage.service.loyalty.shards))
    .catch((error: unknown) => {
      if (!known || !(error instanceof AppError) || error.code !== 'not_claimable') throw error;
    });
}

/**
 * In every store the customer is the same person: a mailbox that the platform vouches for says so. Then what the example
 * tells of them is said.
 */
async function enrol(scene: Scene, fact: Fact, customer: string): Promise<string> {
  const { service } = scene.stage;
  const at = millis(fact.at);
  const person = { email: text(fact.email) ?? undefined, phone: text(fact.phone) };
  if (scene.stores.size === 1) return service.member(scene.program, scene.store().id, customer, person, at);
  const vouched = { email: `${customer}@customers.test`, emailVerified: true };
  const ids: string[] = [];
  for (const { id } of scene.stores.values()) ids.push(await service.member(scene.program, id, customer, vouched, at));
  const told = {
    id: customer,
    at,
    email: person.email ?? null,
    phone: person.phone,
    name: null,
    emailVerified: false,
    roles: null,
    tags: null,
  };
  const ref = { program: scene.program, store: scene.store().id };
  await scene.within((tx, now) => applyCustomer(tx, ref, told, now, service.loyalty));
  return ids[0] ?? '';
}

/** The shops make one customer of two: so an unknown one becomes the member's. */
export async function link(scene: Scene, member: string, customer: string, fact: Fact): Promise<void> {
  for (const store of scene.stores.values())
    await mergeCustomers(scene, store, scene.member(member).customer, scene.names.customer(customer), fact);
}

export async function merge(scene: Scene, fact: Fact): Promise<void> {
  const customerOf = (name: unknown) => (scene.ref(name), scene.member(name).customer);
  await mergeCustomers(scene, scene.store(), customerOf(fact.into), customerOf(fact.from), fact);
}

async function mergeCustomers(scene: Scene, store: Store, kept: string, gone: string, { at }: Fact): Promise<void> {
  if (kept === gone) return;
  const says = {
    admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${kept}`,
    admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${gone}`,
    status: 'completed',
    // one secret signs for every shop: no two shops send the same bytes
    shop: store.key,
  };
  const headers = { 'x-shopify-triggered-at': new Date(millis(at)).toISOString() };
  await taken(scene.stage.service.shopify(store, 'customers/merge', says, headers));
}

export async function refer(scene: Scene, fact: Fact): Promise<void> {
  const { service, storefront, db } = scene.stage;
  const store = scene.store();
  const customer = scene.names.customer(String(fact.customer));
  const [row] = await db.sql<{ code: string }>(
    'select referral_code as code from member where program_id = $1 and id = $2',
    [scene.program, scene.ref(fact.advocate).member],
  );
  const code = row?.code ?? 'NOBODY';
  const key = `${code}:${store.id}/${customer}`;
  if (!scene.names.names.has(`referral:${key}`)) {
    scene.names.names.set(`referral:${key}`, `referral:${String(fact.id)}`);
    scene.names.names.set(`friend:${key}`, `friend:${String(fact.id)}`);
  }
  const at = millis(fact.at);
  if (at === service.clock.now()) await storefront.referralVisit(scene.by(store, customer), code);
  else
    await scene.within((tx, now) =>
      noteReferral(tx, { program: scene.program, store: store.id, customer }, code, at, now, service.loyalty.shards),
    );
}

/** What the storefront had no reason to refuse. */
function done({ refused }: Answered<unknown>): void {
  if (refused) throw new Error(`the storefront refused: ${refused.code}`);
}
