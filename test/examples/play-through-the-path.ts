import { isDeepStrictEqual } from 'node:util';
import type { OrderSnapshot } from '../../src/commerce/order.js';
import { rejudgeMembers } from '../../src/jobs/rejudge-members.js';
import { sweepPoints } from '../../src/jobs/schedules.js';
import { adjustPoints } from '../../src/loyalty/adjust.js';
import { publishRules } from '../../src/loyalty/publish-rules.js';
import { readOrder as readShopifyOrder } from '../../webhooks/shopify/orders.js';
import { type Fact, list, millis, num, text } from '../support/read-example.js';
import { shopifyOrderBody } from '../support/shopify-order-body.js';
import type { Answered } from '../support/storefront-client.js';
import { wooOrderBody } from '../support/woo-order-body.js';
import { Scene, type Store, taken } from './scene.js';
import * as people from './tell-of-people.js';

export type { Stage } from './scene.js';

/** An example on its way through the product: a program, shops, members, everything that was delivered. */
export class Play extends Scene {
  /** Granted redemptions by their names, and why others were refused. */
  readonly redemptions = new Map<string, string>();
  readonly refused = new Map<string, string>();
  private readonly codes = new Map<string, string>();

  /** The instant has come: what falls due by itself does, and all work is done. */
  async reach(at: number): Promise<void> {
    const { service } = this.stage;
    service.clock.set(at);
    await sweepPoints({ ...service.work, loyalty: service.loyalty, forgetBodies: async () => 0 });
    await rejudgeMembers(service.work);
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
        return people.join(this, fact);
      case 'link':
        return people.link(this, String(fact.member), String(fact.customer), fact);
      case 'merge':
        return people.merge(this, fact);
      case 'claim':
        return people.claim(this, fact);
      case 'update':
        return people.sayBirthday(this, fact);
      case 'visit':
        return people.visit(this, fact);
      case 'review':
        return this.review(fact);
      case 'referral':
        return people.refer(this, fact);
      case 'deed':
        return people.doDeed(this, fact);
      case 'household':
        return people.share(this, fact);
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

  /** A version's keys replace those of the version before, also when it is published late: then the later ones are anew. */
  private async publish(fact: Fact): Promise<void> {
    const from = millis(fact.at);
    const place = this.published.filter((one) => one.from <= from).length;
    this.published.splice(place, 0, { from, keys: fact.program as Record<string, unknown> });
    for (const [i, version] of this.published.entries()) {
      if (i < place) continue;
      const rules = this.rulesOf(i + 1);
      await this.within((tx, now) => publishRules(tx, this.program, rules, version.from, now));
    }
    await rejudgeMembers(this.stage.service.work);
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
    if (this.platform === 'woocommerce') return this.deliverToWoo(store, order, before !== undefined);
    if (isTold(order))
      await taken(service.shopify(store, before ? 'orders/updated' : 'orders/create', shopifyOrderBody(order)));
    else await taken(service.shopify(store, 'order_transactions/create', { id: 1, order_id: Number(order.id) }));
    if (order.disputes.length > 0) {
      await taken(service.shopify(store, 'disputes/update', { id: 1, order_id: Number(order.id) }));
    }
  }

  /** What the body cannot say is read through the platform, as of an order that has refunds. */
  private async deliverToWoo(store: Store, order: OrderSnapshot, known: boolean): Promise<void> {
    const { service } = this.stage;
    const body = wooOrderBody(order);
    const told = order.lines.every(({ kind }) => kind === 'product') ? body : { ...body, refunds: [{ id: 1 }] };
    await taken(service.woo(store, known ? 'order.updated' : 'order.created', told));
  }

  /** A code of ours that was not reserved through the play. */
  hasCode(redemption: string, code: string): void {
    this.codes.set(redemption, code);
  }

  private codeOf(redemption: string): string {
    return this.codes.get(redemption) ?? `NOT-OURS-${redemption}`;
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
    this.isTimely(fact);
    const { store, wire } = this.names.cart(fact.cart, this.rules.money);
    const asked = fact.points === undefined || fact.points === null ? {} : { points: String(num(fact.points)) };
    const by = this.by(this.store(this.checkoutOf(name) ?? store), this.member(fact.member).customer);
    const wish = { reward: String(fact.reward), cart: wire, ...asked };
    const answer = await this.stage.storefront.redeem(by, wish, `intention-${name}-of-${this.example.id}`);
    if (answer.refused) {
      if (!this.redemptions.has(name)) this.refused.set(name, reasonOf(answer));
      return;
    }
    this.redemptions.set(name, answer.ok.id);
    // what is given to a cause needs no code
    if (answer.ok.state === 'captured') return;
    if (answer.ok.code === null) throw new Error(`the platform has no code for ${name}`);
    this.codes.set(name, answer.ok.code);
  }

  /** A code is a shop's: it is asked for in the one where it will be used. */
  private checkoutOf(redemption: string): string | null {
    const carries = ({ kind, redemptions }: Fact) =>
      kind === 'order' && list(redemptions).some(({ id }) => String(id) === redemption);
    return text(this.example.history.find(carries)?.store);
  }

  /** What is decided while the shopper waits cannot be told of later. */
  private isTimely({ kind, at, arrives = at }: Fact): void {
    if (millis(arrives) !== millis(at)) throw new Error(`the live path has no way to tell of a ${kind} later`);
  }

  private async release(fact: Fact): Promise<void> {
    this.isTimely(fact);
    const id = this.redemptions.get(String(fact.redemption));
    const reserved = this.example.history.find((one) => one.kind === 'reserve' && one.id === fact.redemption);
    const by = this.asker(reserved?.member);
    if (id !== undefined) await this.stage.storefront.undo(by, id);
  }
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

function reasonOf({ refused }: Answered<unknown>): string {
  if (refused?.code === 'not_a_member') return 'not-a-member';
  return String(refused?.details['binding'] ?? refused?.code);
}
