import { createHmac, randomUUID } from 'node:crypto';
import type { Letter, Postman } from '../postman.js';
import type { Occurrence } from '../shop/model.js';
import type { Shop } from '../shop/shop.js';
import { deliveriesOf } from './deliveries.js';
import { shopifyJson } from './ids.js';
import { iso } from './webhook-bodies.js';

/** A subscription; those of the app's toml belong to the app, the others die after too many failures. */
export interface ShopifySubscription {
  id: string;
  topic: string;
  uri: string;
  fromToml: boolean;
  failures: number;
}

export interface ShopifySender {
  domain: string;
  apiVersion: string;
  /** The app's client secret: one for all its shops. */
  secret(): string;
  /** How often an unanswered delivery is sent again (Shopify: 8 times in 4 h). */
  retries: number;
}

/** `orders/create` as the enum of the GraphQL API spells it. */
export const enumOf = (topic: string): string => topic.replace(/[/.]/g, '_').toUpperCase();

export class ShopifyWebhooks {
  private readonly subscriptions: ShopifySubscription[];
  private readonly postman: Postman;
  private readonly sender: ShopifySender;
  private readonly shop: () => Shop;
  private readonly changed: () => void;

  constructor(
    subscriptions: ShopifySubscription[],
    postman: Postman,
    sender: ShopifySender,
    shop: () => Shop,
    changed: () => void,
  ) {
    this.subscriptions = subscriptions;
    this.postman = postman;
    this.sender = sender;
    this.shop = shop;
    this.changed = changed;
  }

  /** Those made through the API: the toml's are not listed, as on Shopify. */
  listed(): readonly ShopifySubscription[] {
    return this.subscriptions.filter((each) => !each.fromToml);
  }

  /** What the app's toml declares: replaces what it declared before. */
  declare(topics: readonly string[], uri: string): void {
    const others = this.subscriptions.filter((each) => !each.fromToml);
    this.subscriptions.splice(0, this.subscriptions.length, ...others);
    for (const topic of topics)
      this.subscriptions.push({ id: this.shop().newId(), topic: enumOf(topic), uri, fromToml: true, failures: 0 });
    this.changed();
  }

  add(topic: string, uri: string): ShopifySubscription | null {
    if (this.subscriptions.some((each) => !each.fromToml && each.topic === topic && each.uri === uri)) return null;
    const made = { id: this.shop().newId(), topic, uri, fromToml: false, failures: 0 };
    this.subscriptions.push(made);
    this.changed();
    return made;
  }

  remove(id: string): boolean {
    const index = this.subscriptions.findIndex((each) => each.id === id && !each.fromToml);
    if (index < 0) return false;
    this.subscriptions.splice(index, 1);
    this.changed();
    return true;
  }

  /** Sends `topic` to whoever listens; the body is written now, and a retry sends the same. */
  send(topic: string, body: unknown, event: string = randomUUID()): void {
    const text = shopifyJson(body);
    const at = this.shop().now();
    for (const subscription of this.subscriptions.filter((each) => each.topic === enumOf(topic))) {
      const letter = this.letter(subscription, topic, text, event, at);
      let left = this.sender.retries;
      this.postman.post({
        topic,
        key: null,
        write: () => (this.subscriptions.includes(subscription) ? letter : null),
        answered: (status) => {
          const good = status !== null && status >= 200 && status < 300;
          if (good) subscription.failures = 0;
          left -= good ? 0 : 1;
          if (!good && left < 0) this.failed(subscription);
          return !good && left >= 0;
        },
      });
    }
  }

  private failed(subscription: ShopifySubscription): void {
    subscription.failures += 1;
    if (!subscription.fromToml) this.remove(subscription.id);
  }

  private letter(subscription: ShopifySubscription, topic: string, body: string, event: string, at: number): Letter {
    return {
      url: subscription.uri,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Shopify-Captain-Hook',
        'x-shopify-topic': topic,
        'x-shopify-hmac-sha256': createHmac('sha256', this.sender.secret()).update(body).digest('base64'),
        'x-shopify-shop-domain': this.sender.domain,
        'x-shopify-api-version': this.sender.apiVersion,
        'x-shopify-webhook-id': randomUUID(),
        'x-shopify-event-id': event,
        'x-shopify-triggered-at': iso(at).replace('+00:00', '.000000000Z'),
      },
      body,
    };
  }

  occurred(it: Occurrence): void {
    const event = randomUUID();
    for (const [topic, body] of deliveriesOf(it, this.shop())) this.send(topic, body, event);
  }
}
