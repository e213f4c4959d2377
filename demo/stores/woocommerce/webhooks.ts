import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Letter, Postman } from '../postman.js';
import type { Occurrence } from '../shop/model.js';
import { Refusal } from '../shop/model.js';
import { type Delivery, deliveriesOf } from './deliveries.js';
import { dates, type Face, WOO_VERSION } from './represent.js';

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
