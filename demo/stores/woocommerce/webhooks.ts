import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Letter, Postman } from '../postman.js';
import type { Occurrence } from '../shop/model.js';
import { Refusal } from '../shop/model.js';
import { customerJson, dates, type Face, orderJson, productJson, couponJson, WOO_VERSION } from './represent.js';

export interface Hook {
  id: number;
  name: string;
  status: 'active' | 'paused' | 'disabled';
  topic: string;
  deliveryUrl: string;
  secret: string;
  failures: number;
  pinging: boolean;
  created: number;
  modified: number | null;
}

const HOOKS: Record<string, string[]> = {
  'order.created': ['woocommerce_new_order'],
  'order.updated': ['woocommerce_update_order', 'woocommerce_order_refunded'],
  'order.deleted': ['wp_trash_post', 'woocommerce_trash_order'],
  'order.restored': ['untrashed_post', 'woocommerce_untrash_order'],
  'customer.created': ['user_register', 'woocommerce_created_customer', 'woocommerce_new_customer'],
  'customer.updated': ['profile_update', 'woocommerce_update_customer'],
  'customer.deleted': ['delete_user'],
  'product.created': ['woocommerce_process_product_meta', 'woocommerce_new_product'],
  'product.updated': [
    'woocommerce_process_product_meta',
    'woocommerce_update_product',
    'woocommerce_update_product_variation',
  ],
  'product.deleted': ['wp_trash_post'],
  'product.restored': ['untrashed_post'],
  'coupon.created': ['woocommerce_process_shop_coupon_meta', 'woocommerce_new_coupon'],
  'coupon.updated': ['woocommerce_process_shop_coupon_meta', 'woocommerce_update_coupon'],
  'coupon.deleted': ['wp_trash_post'],
  'coupon.restored': ['untrashed_post'],
};

/** Only core's own resources and hooks that begin with woocommerce_ or wc_. */
export function isTopic(topic: string): boolean {
  return topic in HOOKS || /^action\.(woocommerce_|wc_)[a-z0-9_]+$/.test(topic);
}

/** PHP writes slashes escaped and everything beyond ASCII as \uXXXX. */
export function phpJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** One webhook to send: the topic, what it is about, and what its body will be when it is sent. */
interface Delivery {
  topic: string;
  about: string;
  /** Further copies that the shop's own queue does not fold together. */
  copy?: number;
  body(): unknown;
}

export class WooWebhooks {
  private readonly hooks: Hook[];
  private readonly postman: Postman;
  private readonly face: () => Face;
  private readonly changed: () => void;

  constructor(hooks: Hook[], postman: Postman, face: () => Face, changed: () => void) {
    this.hooks = hooks;
    this.postman = postman;
    this.face = face;
    this.changed = changed;
  }

  list(): readonly Hook[] {
    return this.hooks;
  }

  get(id: number): Hook {
    const hook = this.hooks.find((each) => each.id === id);
    if (!hook) throw new Refusal('woocommerce_rest_shop_webhook_invalid_id', 404, 'Invalid ID.');
    return hook;
  }

  create(input: { name?: string; topic: string; deliveryUrl: string; secret?: string; status?: Hook['status'] }): Hook {
    if (!isTopic(input.topic)) {
      throw new Refusal(
        'woocommerce_rest_shop_webhook_invalid_topic',
        400,
        'Webhook topic is required and must be valid.',
      );
    }
    if (!/^https?:\/\//.test(input.deliveryUrl)) {
      throw new Refusal(
        'woocommerce_rest_shop_webhook_invalid_delivery_url',
        400,
        'Webhook delivery URL must be a valid URL starting with http:// or https://.',
      );
    }
    const { shop } = this.face();
    const hook: Hook = {
      id: Math.max(0, ...this.hooks.map((each) => each.id)) + 1,
      name: input.name ?? 'Webhook',
      status: input.status ?? 'active',
      topic: input.topic,
      deliveryUrl: input.deliveryUrl,
      secret: input.secret || randomBytes(25).toString('hex'),
      failures: 0,
      pinging: true,
      created: shop.now(),
      modified: null,
    };
    this.hooks.push(hook);
    if (hook.status === 'active') this.ping(hook);
    return hook;
  }

  /** Setting it active again does not forget the failures: one more disables it at once. */
  update(id: number, change: Partial<Pick<Hook, 'name' | 'status' | 'topic' | 'deliveryUrl' | 'secret'>>): Hook {
    const hook = this.get(id);
    const greets =
      (change.deliveryUrl !== undefined && change.deliveryUrl !== hook.deliveryUrl) || change.secret !== undefined;
    Object.assign(hook, Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)));
    hook.modified = this.face().shop.now();
    if (greets && hook.status === 'active') {
      hook.pinging = true;
      this.ping(hook);
    }
    return hook;
  }

  remove(id: number): Hook {
    const hook = this.get(id);
    this.hooks.splice(this.hooks.indexOf(hook), 1);
    return hook;
  }

  json(hook: Hook): Record<string, unknown> {
    const [resource, event] = split(hook.topic);
    const { shop, home } = this.face();
    return {
      id: hook.id,
      name: hook.name,
      status: hook.status,
      topic: hook.topic,
      resource,
      event,
      hooks: HOOKS[hook.topic] ?? [event],
      delivery_url: hook.deliveryUrl,
      ...dates('created', hook.created, shop.settings.zone),
      ...dates('modified', hook.modified, shop.settings.zone),
      _links: { self: [{ href: `${home}/wp-json/wc/v3/webhooks/${hook.id}` }] },
    };
  }

  /** Unsigned greeting; only an exact 200 stops it from being repeated before the next delivery. */
  private ping(hook: Hook): void {
    this.postman.post({
      topic: 'ping',
      key: null,
      write: () => ({
        url: hook.deliveryUrl,
        headers: { 'user-agent': agent(), 'content-type': 'application/x-www-form-urlencoded' },
        body: `webhook_id=${hook.id}`,
      }),
      answered: (status) => {
        hook.pinging = status !== 200;
        return false;
      },
    });
  }

  send(delivery: Delivery): void {
    for (const hook of this.hooks.filter((each) => each.topic === delivery.topic && each.status === 'active')) {
      if (hook.pinging) this.ping(hook);
      this.postman.post({
        topic: delivery.topic,
        key: `${hook.id} ${delivery.about} ${delivery.copy ?? 0}`,
        write: () => (hook.status === 'active' ? this.letter(hook, phpJson(delivery.body())) : null),
        answered: (status) => this.answered(hook, status),
      });
    }
  }

  private letter(hook: Hook, body: string): Letter {
    const [resource, event] = split(hook.topic);
    const { shop, home } = this.face();
    return {
      url: hook.deliveryUrl,
      headers: {
        'user-agent': agent(),
        'content-type': 'application/json',
        'x-wc-webhook-source': `${home}/`,
        'x-wc-webhook-topic': hook.topic,
        'x-wc-webhook-resource': resource,
        'x-wc-webhook-event': event,
        'x-wc-webhook-signature': createHmac('sha256', hook.secret).update(body).digest('base64'),
        'x-wc-webhook-id': String(hook.id),
        'x-wc-webhook-delivery-id': createHash('md5')
          .update(`${hook.id}${Math.floor(shop.now() / 1000)}`)
          .digest('hex'),
      },
      body,
    };
  }

  /** The seventh failure in a row disables it; any success forgets them; nothing is ever sent again. */
  private answered(hook: Hook, status: number | null): boolean {
    const good = status !== null && status >= 200 && status <= 302;
    if (good) hook.failures = 0;
    else if (hook.failures > 5) hook.status = 'disabled';
    else hook.failures += 1;
    this.changed();
    return false;
  }

  occurred(it: Occurrence): void {
    for (const delivery of deliveriesOf(it, this.face())) this.send(delivery);
  }
}

const agent = (): string => `WooCommerce/${WOO_VERSION} Hookshot (WordPress/7.0.4)`;
const split = (topic: string): [string, string] => {
  const dot = topic.indexOf('.');
  return [topic.slice(0, dot), topic.slice(dot + 1)];
};

const action = (name: string, arg: unknown, about = String(arg)): Delivery => ({
  topic: `action.${name}`,
  about,
  body: () => ({ action: name, arg }),
});

/** Which webhooks WooCommerce sends for what happened, in the order it sends them. */
function deliveriesOf(it: Occurrence, face: Face): Delivery[] {
  const order = (id: string, event: string, copy = 0): Delivery => ({
    topic: `order.${event}`,
    about: id,
    copy,
    body: () => {
      const found = face.shop.state.orders.find((each) => each.id === id);
      if (found) return orderJson(found, face);
      return { code: 'woocommerce_rest_shop_order_invalid_id', message: 'Invalid ID.', data: { status: 404 } };
    },
  });
  const buyer = (id: string | null): Delivery[] => {
    const customer = face.shop.customer(id);
    return customer
      ? [{ topic: 'customer.updated', about: customer.id, body: () => customerJson(customer, face) }]
      : [];
  };
  switch (it.kind) {
    case 'order-created': {
      const { id } = it.order;
      const fromCart = it.via !== 'rest-api' && it.via !== 'admin';
      const both = [order(id, 'created'), order(id, 'updated')];
      const paid = it.order.paid === null ? [] : [action('woocommerce_payment_complete', Number(id))];
      const done = it.order.completed === null ? [] : [action('woocommerce_order_status_completed', Number(id))];
      return [
        ...(fromCart ? both.reverse() : both),
        ...buyer(it.order.customer),
        ...paid,
        ...done,
        action('woocommerce_order_status_changed', Number(id)),
      ];
    }
    case 'order-paid':
    case 'order-completed':
    case 'order-cancelled': {
      const { id } = it.order;
      const own = {
        'order-paid': 'woocommerce_payment_complete',
        'order-completed': 'woocommerce_order_status_completed',
        'order-cancelled': 'woocommerce_order_status_cancelled',
      }[it.kind];
      const last = it.kind === 'order-completed' ? [order(id, 'updated', 2)] : [];
      return [
        order(id, 'updated'),
        action('woocommerce_order_status_changed', Number(id)),
        ...buyer(it.order.customer),
        action(own, Number(id)),
        order(id, 'updated', 1),
        ...last,
      ];
    }
    case 'order-updated':
      return [order(it.order.id, 'updated')];
    case 'order-trashed':
      return [
        action('woocommerce_trash_order', Number(it.order.id)),
        { topic: 'order.deleted', about: it.order.id, body: () => ({ id: Number(it.order.id) }) },
      ];
    case 'order-restored':
      return [order(it.order.id, 'restored'), action('woocommerce_order_status_changed', Number(it.order.id))];
    case 'order-deleted':
      return [action('woocommerce_delete_order', Number(it.order.id))];
    case 'refund-created': {
      const { id, status } = it.order;
      const full = status === 'refunded';
      const changed = full ? [action('woocommerce_order_status_changed', Number(id))] : [];
      const kind = full ? 'woocommerce_order_fully_refunded' : 'woocommerce_order_partially_refunded';
      return [
        action(kind, Number(id)),
        order(id, 'updated'),
        ...changed,
        action('woocommerce_refund_created', Number(it.refund.id)),
        action('woocommerce_order_refunded', Number(id)),
      ];
    }
    case 'customer-created':
      return [
        { topic: 'customer.created', about: it.customer.id, body: () => customerJson(it.customer, face) },
        ...buyer(it.customer.id),
      ];
    case 'customer-updated':
      return buyer(it.customer.id);
    case 'customer-deleted':
      return [{ topic: 'customer.deleted', about: it.customer.id, body: () => ({ id: Number(it.customer.id) }) }];
    case 'product-updated':
      return [{ topic: 'product.updated', about: it.product.id, body: () => productJson(it.product, face) }];
    case 'review-changed': {
      if (!it.byRest) return [];
      const name = it.deleted ? 'woocommerce_rest_delete_review' : 'woocommerce_rest_insert_product_review';
      return [action(name, commentRow(it.review), it.review.id)];
    }
    case 'discount-created':
    case 'discount-updated':
      return [
        { topic: `coupon.${it.kind.slice(9)}`, about: it.discount.id, body: () => couponJson(it.discount, face) },
      ];
    case 'discount-deleted':
      return [{ topic: 'coupon.deleted', about: it.discount.id, body: () => ({ id: Number(it.discount.id) }) }];
    // WooCommerce is silent about deleted refunds (before 11.2), knows no merge and leaves disputes to gateways.
    case 'refund-deleted':
    case 'customers-merged':
    case 'dispute-changed':
      return [];
  }
}

/** `arg` of the two review actions is the whole comment row, as text. */
function commentRow(review: {
  id: string;
  product: string;
  name: string;
  email: string;
  text: string;
  status: string;
  created: number;
  customer: string | null;
}): Record<string, string> {
  const at = new Date(review.created).toISOString().slice(0, 19).replace('T', ' ');
  return {
    comment_ID: review.id,
    comment_post_ID: review.product,
    comment_author: review.name,
    comment_author_email: review.email,
    comment_date: at,
    comment_date_gmt: at,
    comment_content: review.text,
    comment_approved: { approved: '1', hold: '0', spam: 'spam', trash: 'trash' }[review.status] ?? '0',
    comment_type: 'review',
    comment_parent: '0',
    user_id: review.customer ?? '0',
  };
}
