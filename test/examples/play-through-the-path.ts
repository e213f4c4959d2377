import { isDeepStrictEqual } from 'node:util';
import type { OrderSnapshot } from '../../src/commerce/order.js';
import { inTransaction } from '../../src/db/database.js';
import { sweepPoints } from '../../src/jobs/schedules.js';
import { adjustPoints } from '../../src/loyalty/adjust.js';
import { AppError } from '../../src/lib/errors.js';
import { claimOrder } from '../../src/loyalty/claim-orders.js';
import { noteReferral } from '../../src/loyalty/join.js';
import { noteVisit } from '../../src/loyalty/note-visit.js';
import { publishRules } from '../../src/loyalty/publish-rules.js';
import { tellBirthday } from '../../src/loyalty/tell-birthday.js';
import type { ProgramRules } from '../../src/rules/program-rules.js';
import { readOrder as readShopifyOrder } from '../../webhooks/shopify/orders.js';
import type { TestDatabase } from '../support/database.js';
import { type Example, type Fact, millis, monthDayOf, num, text } from '../support/read-example.js';
import { RememberedPlatform } from '../support/remembered-platform.js';
import type { TestService } from '../support/service.js';
import { shopifyOrderBody } from '../support/shopify-order-body.js';
import type { Answered, Asker, StorefrontClient } from '../support/storefront-client.js';
import { Numbered, ownCustomer } from './numbered.js';

/** What a test file shares between its examples. */
export interface Stage {
  db: TestDatabase;
  service: TestService;
  storefront: StorefrontClient;
  /** The platforms of the stores, which `service` asks. */
  platforms: Map<string, RememberedPlatform>;
}

interface Store {
  id: string;
  key: string;
}

/** An example on its way through the product: a program, shops, members, everything that was delivered. */
export class Play {
  readonly stores = new Map<string, Store>();
  /** Each member's database id and the customer by which they ask. */
  readonly members = new Map<string, { id: string; customer: string }>();
  /** Granted redemptions by their names, and why others were refused. */
  readonly redemptions = new Map<string, string>();
  readonly refused = new Map<string, string>();
  readonly names: Numbered;
  program = '';
  rules!: ProgramRules;
  private known: Record<string, unknown>;
  private readonly codes = new Map<string, string>();

  readonly stage: Stage;
  private readonly example: Example;

  constructor(stage: Stage, example: Example) {
    this.stage = stage;
    this.example = example;
    this.names = new Numbered(example);
    this.known = example.program;
  }

  async begin(): Promise<void> {
    const { service, db, platforms } = this.stage;
    service.clock.set(Math.min(...this.example.history.map(({ at }) => millis(at))) - 1);
    this.rules = this.names.rules(this.known, (name) => name);
    this.program = await service.program(this.rules, this.example.id);
    for (const name of this.names.stores) {
      const store = await service.store(this.program, 'shopify', { money: this.rules.money.code });
      this.stores.set(name, store);
      platforms.set(store.id, new RememberedPlatform());
    }
    // only now are the stores' ids known, which rules may name
    this.rules = this.names.rules(this.known, (name) => this.store(name).id);
    await inTransaction(db.owner, { programs: [this.program] }, (tx) =>
      publishRules(tx, this.program, this.rules, 0, 0),
    );
  }

  store(name = 'main'): Store {
    const found = this.stores.get(name);
    if (!found) throw new Error(`the example has no store ${name}`);
    return found;
  }

  /** The instant has come: what falls due by itself does, and all work is done. */
  async reach(at: number): Promise<void> {
    const { service } = this.stage;
    service.clock.set(at);
    await sweepPoints({ ...service.work, loyalty: service.loyalty, forgetBodies: async () => 0 });
    await service.drain();
  }

  async happen(fact: Fact): Promise<void> {
    await this.tell(fact);
    await this.stage.service.drain();
  }

  /** Only said: nothing is worked on yet. */
  async tell(fact: Fact): Promise<void> {
    switch (fact.kind) {
      case 'rules':
        return this.publish(fact);
      case 'order':
        return this.deliver(fact);
      case 'join':
        return this.join(fact);
      case 'link':
        return this.link(String(fact.member), String(fact.customer));
      case 'merge':
        return this.mergeCustomers(this.member(fact.into).customer, this.member(fact.from).customer);
      case 'claim':
        return this.claim(fact);
      case 'update':
        return this.tellBirthday(fact);
      case 'visit':
        return this.visit(fact);
      case 'review':
        return this.review(fact);
      case 'referral':
        return this.refer(fact);
      case 'adjust':
        return this.adjust(fact);
      case 'reserve':
        return this.reserve(fact);
      case 'release':
        return this.release(fact);
      case 'clock':
        return;
      default:
        throw new Error(`the live path has no way to tell "${fact.kind}"`);
    }
  }

  private within<T>(
    fn: (tx: Parameters<Parameters<typeof inTransaction<T>>[2]>[0], now: number) => Promise<T>,
  ): Promise<T> {
    const { db, service } = this.stage;
    return inTransaction(db.app, { programs: [this.program] }, (tx) => fn(tx, service.clock.now()));
  }

  private member(name: unknown): { id: string; customer: string } {
    return this.members.get(String(name)) ?? { id: '0', customer: this.names.customer(ownCustomer(String(name))) };
  }

  private ref(name: unknown) {
    return { program: this.program, member: this.member(name).id };
  }

  private asker(name: unknown): Asker {
    return { shop: this.store().key, customer: this.member(name).customer };
  }

  private async publish(fact: Fact): Promise<void> {
    this.known = { ...this.known, ...(fact.program as Record<string, unknown>) };
    this.rules = this.names.rules(this.known, (name) => this.store(name).id);
    const at = millis(fact.at);
    await this.within((tx) => publishRules(tx, this.program, this.rules, at, this.stage.service.clock.now()));
  }

  /** By its body where a body can tell it; else as news about the order, which is read through the platform. */
  private async deliver(fact: Fact): Promise<void> {
    const store = this.store(text(fact.store) ?? 'main');
    const { service, platforms } = this.stage;
    const order = this.names.snapshot(fact, this.rules.money, (redemption) => this.codeOf(redemption));
    this.names.names.set(`order:${store.id}/${order.id}`, String(fact.id));
    const platform = platforms.get(store.id);
    const before = platform?.orders.get(order.id);
    if (!before || before.at <= order.at) platform?.orders.set(order.id, order);
    if (!before) platform?.use(order.codes.map(({ code }) => code));
    if (isTold(order))
      await taken(service.shopify(store, before ? 'orders/updated' : 'orders/create', shopifyOrderBody(order)));
    else await taken(service.shopify(store, 'order_transactions/create', { id: 1, order_id: Number(order.id) }));
    if (order.disputes.length > 0) {
      await taken(service.shopify(store, 'disputes/update', { id: 1, order_id: Number(order.id) }));
    }
  }

  private codeOf(redemption: string): string {
    return this.codes.get(redemption) ?? `NOT-OURS-${redemption}`;
  }

  private async join(fact: Fact): Promise<void> {
    const { service } = this.stage;
    const name = String(fact.member);
    const [first, ...others] = (fact.customers ?? []) as string[];
    if (!this.members.has(name)) {
      const customer = this.names.customer(first ?? ownCustomer(name));
      const person = { email: text(fact.email) ?? undefined, phone: text(fact.phone) };
      const id = await service.member(this.program, this.store().id, customer, person, millis(fact.at));
      this.members.set(name, { id, customer });
      this.names.names.set(`join:${id}`, `join:${name}`);
      this.names.names.set(`member:${id}`, name);
      if (fact.birthday !== undefined) await this.tellBirthday(fact);
    } else if (first) await this.link(name, first);
    for (const other of others) await this.link(name, other);
  }

  /** On the page of the shop; what is told of late comes from elsewhere. */
  private async tellBirthday(fact: Fact): Promise<void> {
    if (fact.birthday === undefined) return;
    const { service, storefront } = this.stage;
    const [at, day] = [millis(fact.at), monthDayOf(fact.birthday)];
    if (at === service.clock.now()) return done(await storefront.birthday(this.asker(fact.member), day));
    const { shards } = service.loyalty;
    await this.within((tx, now) => tellBirthday(tx, this.ref(fact.member), day, at, now, shards));
  }

  private async visit(fact: Fact): Promise<void> {
    const { service, storefront } = this.stage;
    const at = millis(fact.at);
    if (at === service.clock.now()) return done(await storefront.visit(this.asker(fact.member)));
    await this.within((tx, now) => noteVisit(tx, this.ref(fact.member), at, now, service.loyalty.shards));
  }

  private async claim(fact: Fact): Promise<void> {
    const { example, stage } = this;
    const placed = example.history.find((one) => one.kind === 'order' && one.id === fact.order);
    const store = this.store(text(placed?.store) ?? 'main').id;
    const claimed = { ...this.ref(fact.member), store, order: this.names.order(String(fact.order)) };
    // what is claimed may be known as somebody's: then the product says no, and nothing changes
    const known = this.names.names.has(`order:${store}/${claimed.order}`);
    await this.within((tx, now) => claimOrder(tx, claimed, millis(fact.at), now, stage.service.loyalty.shards)).catch(
      (error: unknown) => {
        if (!known || !(error instanceof AppError) || error.code !== 'not_claimable') throw error;
      },
    );
  }

  /** The shop makes one customer of two: so an unknown one becomes the member's. */
  private link(member: string, customer: string): Promise<void> {
    return this.mergeCustomers(this.member(member).customer, this.names.customer(customer));
  }

  private async mergeCustomers(kept: string, gone: string): Promise<void> {
    if (kept === gone) return;
    const says = this.stage.service.shopify(this.store(), 'customers/merge', {
      admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${kept}`,
      admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${gone}`,
      status: 'completed',
      // one secret signs for every shop: no two shops send the same bytes
      shop: this.store().key,
    });
    await taken(says);
  }

  private async review(fact: Fact): Promise<void> {
    const id = this.names.names.size + 40_000;
    const known = [...this.names.names].find(
      ([key, name]) => key.startsWith('review:') && name === `review:${String(fact.id)}`,
    );
    const number = known ? known[0].slice(known[0].lastIndexOf(':') + 1) : String(id);
    this.names.names.set(`review:${this.store().id}/judgeme:${number}`, `review:${String(fact.id)}`);
    const status = String(fact.status);
    const says = this.stage.service.judgeme(this.store(), {
      review: {
        id: Number(number),
        product_external_id: Number(this.names.product(String(fact.product))),
        reviewer: { external_id: Number(this.names.customer(String(fact.customer))) },
        curated: status === 'spam' ? 'spam' : 'ok',
        published: status === 'approved',
        hidden: status === 'removed',
        created_at: String(fact.written ?? fact.at),
        updated_at: fact.at,
        has_published_pictures: fact.photo === true,
      },
    });
    await taken(says);
  }

  private async refer(fact: Fact): Promise<void> {
    const { service, storefront, db } = this.stage;
    const store = this.store();
    const customer = this.names.customer(String(fact.customer));
    const [row] = await db.sql<{ code: string }>(
      'select referral_code as code from member where program_id = $1 and id = $2',
      [this.program, this.member(fact.advocate).id],
    );
    const code = row?.code ?? 'NOBODY';
    const key = `${code}:${store.id}/${customer}`;
    if (!this.names.names.has(`referral:${key}`)) {
      this.names.names.set(`referral:${key}`, `referral:${String(fact.id)}`);
      this.names.names.set(`friend:${key}`, `friend:${String(fact.id)}`);
    }
    const at = millis(fact.at);
    if (at === service.clock.now()) await storefront.referralVisit({ shop: store.key, customer }, code);
    else
      await this.within((tx, now) =>
        noteReferral(tx, { program: this.program, store: store.id, customer }, code, at, now, service.loyalty.shards),
      );
  }

  private async adjust(fact: Fact): Promise<void> {
    const { id, amount, unit, reason } = { unit: 'points', reason: '', ...fact } as unknown as Record<string, string>;
    this.names.names.set(`adjust:${String(id)}`, `adjust:${String(id)}`);
    const act = { id: String(id), unit: String(unit), reason: String(reason), by: 'owner', at: millis(fact.at) };
    const { shards } = this.stage.service.loyalty;
    await this.within((tx, now) =>
      adjustPoints(tx, { ...this.ref(fact.member), ...act, amount: num(amount) }, now, shards),
    );
  }

  private async reserve(fact: Fact): Promise<void> {
    const name = String(fact.id);
    const { store, wire } = this.names.cart(fact.cart, this.rules.money);
    const asked = fact.points === undefined || fact.points === null ? {} : { points: String(num(fact.points)) };
    const by = { shop: this.store(store).key, customer: this.member(fact.member).customer };
    const wish = { reward: String(fact.reward), cart: wire, ...asked };
    const answer = await this.stage.storefront.redeem(by, wish, `intention-${name}-of-${this.example.id}`);
    if (answer.refused) {
      if (!this.redemptions.has(name)) this.refused.set(name, reasonOf(answer));
      return;
    }
    this.redemptions.set(name, answer.ok.id);
    if (answer.ok.code !== null) this.codes.set(name, answer.ok.code);
  }

  private async release(fact: Fact): Promise<void> {
    const id = this.redemptions.get(String(fact.redemption));
    const reserved = this.example.history.find((one) => one.kind === 'reserve' && one.id === fact.redemption);
    const by = { shop: this.store().key, customer: this.member(reserved?.member).customer };
    if (id !== undefined) await this.stage.storefront.undo(by, id);
  }
}

/** Everything that a platform signs and that names our store is taken. */
async function taken(response: Promise<Response>): Promise<void> {
  const { status } = await response;
  if (status !== 200) throw new Error(`a delivery was answered ${status}`);
}

/** Whether the body, as our own side reads it, says all that the platform knows; disputes always come by themselves. */
function isTold(order: OrderSnapshot): boolean {
  const reading = readShopifyOrder(shopifyOrderBody(order));
  if (reading.kind !== 'order') return false;
  const told = { ...reading.order, disputes: order.disputes };
  // what it leaves open is asked of the platform by itself
  if (reading.untold.includes('paid')) told.paid = order.paid;
  if (reading.untold.includes('giftCardPaid')) told.giftCardPaid = order.giftCardPaid;
  return isDeepStrictEqual(told, order);
}

/** What the storefront had no reason to refuse. */
function done({ refused }: Answered<unknown>): void {
  if (refused) throw new Error(`the storefront refused: ${refused.code}`);
}

function reasonOf({ refused }: Answered<unknown>): string {
  if (refused?.code === 'not_a_member') return 'not-a-member';
  return String(refused?.details['binding'] ?? refused?.code);
}
