import type { ReviewState } from '../../src/commerce/inbound-platform.js';
import type { OutboundPlatform } from '../../src/commerce/outbound-platform.js';
import type { OrderSnapshot } from '../../src/commerce/order.js';
import type { Millis } from '../../src/lib/clock.js';
import { toSnapshot } from '../../webhooks/woocommerce/orders.js';
import { toReview } from '../../src/platforms/woocommerce/reviews.js';
import { isOrder, modified, RECORDED_REFUNDS, RECORDED_REVIEWS, type Recorded, type Scenario } from './recorded.js';

type Json = Record<string, unknown>;

const COMMENT_STATUS: Record<string, string> = { '1': 'approved', '0': 'hold' };

interface Given {
  /** By order: its newest body in the whole recording. */
  newest: ReadonlyMap<string, Json>;
  money: { code: string; exponent: number };
  now: () => Millis;
  /** Reviews that were written later are not there yet. */
  until: string;
}

/**
 * Answers for the store's REST API with what was recorded. It knows what the deliveries that it was `shown` say, in their
 * order; of orders that they do not show it knows the newest body of the whole recording. Refunds come from the recorded
 * answers; one that was never read is as the order shows it: an amount.
 */
export class RecordedStore {
  private readonly orders = new Map<string, Json | null>();
  private readonly reviews = new Map<string, Json | null>();
  /** Customers whose balances were written to it. */
  readonly mirrored: string[] = [];

  private readonly given: Given;

  constructor(given: Given) {
    this.given = given;
  }

  /** The state that a whole scenario leaves behind. */
  showAll({ deliveries }: Scenario): this {
    for (const delivery of deliveries) this.show(delivery);
    return this;
  }

  show({ topic, body }: Recorded): void {
    if (body === null) return;
    if (isOrder(body)) return this.showOrder(body);
    if (topic === 'order.deleted') this.orders.set(String(body['id']), null);
    const { arg } = body;
    if (/^action\.woocommerce_(trash|delete)_order$/.test(topic)) this.orders.set(String(arg), null);
    if (typeof arg === 'object' && arg !== null) this.showReview(topic, arg as Json);
  }

  private showOrder(body: Json): void {
    const id = String(body['id']);
    const known = this.orders.get(id);
    if (!known || modified(known) <= modified(body)) this.orders.set(id, body['status'] === 'trash' ? null : body);
  }

  private showReview(topic: string, comment: Json): void {
    const id = String(comment['comment_ID']);
    const approved = String(comment['comment_approved']);
    this.reviews.set(
      id,
      topic.includes('delete')
        ? null
        : {
            id: Number(id),
            date_created_gmt: String(comment['comment_date_gmt']).replace(' ', 'T'),
            product_id: Number(comment['comment_post_ID']),
            status: COMMENT_STATUS[approved] ?? approved,
            reviewer_email: comment['comment_author_email'],
          },
    );
  }

  private order(id: string): OrderSnapshot | null {
    const body = this.orders.has(id) ? this.orders.get(id) : this.given.newest.get(id);
    if (!body) return null;
    const refunds = (body['refunds'] as Json[]).map(
      (entry) =>
        RECORDED_REFUNDS.get(String(entry['id'])) ?? {
          id: entry['id'],
          date_created_gmt: modified(body),
          amount: String(entry['total']).replace('-', ''),
          line_items: [],
        },
    );
    return toSnapshot(body, refunds, { money: this.given.money });
  }

  private review(id: string): ReviewState | null {
    const own = this.reviews.get(id);
    const body = own ?? (own === null ? undefined : this.listed().find((one) => String(one['id']) === id));
    return body ? toReview(body, this.given.now()) : null;
  }

  /** What had been written by the end of the scenario. */
  private listed(): Json[] {
    return RECORDED_REVIEWS.filter((one) => String(one['date_created_gmt']) <= this.given.until);
  }

  private orderOfRefund(refund: string): string | null {
    for (const body of [...this.orders.values(), ...this.given.newest.values()]) {
      const refunds = (body?.['refunds'] ?? []) as Json[];
      if (refunds.some(({ id }) => String(id) === refund)) return String(body?.['id']);
    }
    return null;
  }

  platform(): OutboundPlatform {
    const none = async (): Promise<never> => {
      throw new Error('nothing of this was recorded');
    };
    return {
      name: 'woocommerce',
      can: new Set(['reviews']),
      readsBackMs: Infinity,
      fetchOrder: async (id) => this.order(id),
      orderOfRefund: async (refund) => this.orderOfRefund(refund),
      fetchReview: async (id) => this.review(id),
      reviewsSince: async () => ({
        items: [...new Set([...this.reviews.keys(), ...this.listed().map(({ id }) => String(id))])]
          .map((id) => this.review(id))
          .filter((review) => review !== null && (review.status === 'approved' || review.status === 'pending'))
          .filter((review) => review !== null),
        next: null,
      }),
      mirrorBalances: async (balances) => void this.mirrored.push(...balances.map(({ customer }) => customer)),
      fetchCustomer: async () => null,
      fetchProduct: async () => null,
      products: async () => ({ items: [], next: null }),
      ordersChangedSince: none,
      obstacles: none,
      createDiscount: none,
      findDiscount: none,
      killDiscount: none,
      subscriptions: none,
      ensureSubscriptions: none,
    };
  }
}
