import type { ShopHandle } from '../../demo/stores/shop-handle.js';
import type { OutboundPlatform } from '../../src/commerce/outbound-platform.js';
import { inTransaction } from '../../src/db/database.js';
import { makeStorefrontVerbs } from '../../src/http/storefront/make-verbs.js';
import type { Shopper, StorefrontVerbs } from '../../src/http/storefront/verbs.js';
import { readBalancesAt } from '../../src/ledger/balances.js';
import type { ProgramRules } from '../../src/rules/program-rules.js';
import { connectShopify, connectWoo } from '../platforms/support/stores.js';
import type { TestDatabase } from './database.js';
import { APP_SECRET, type TestClock, type TestService, WOO_SECRET, startService } from './service.js';

const HOUR = 3_600_000;

/** A demo store that sends its webhooks to the service, and whose products and customers the service may ask for. */
export interface DemoShop {
  store: ShopHandle;
  program: string;
  id: string;
  /** Anna, who is a member. */
  member: string;
  customer: string;
  /** What was asked for one by one. */
  asked: { products: string[]; customers: string[] };
  platform: OutboundPlatform;
  shopper(language?: Shopper['language']): Shopper & { customer: string };
  /** An hour later Anna buys one of each, and all that follows is done. */
  buys(...products: string[]): Promise<ReturnType<ShopHandle['placeOrder']>>;
  happened(): Promise<void>;
  balance(): Promise<number>;
  close(): Promise<void>;
}

/** A service with demo stores of both platforms behind it. */
export class DemoShops {
  private readonly shops = new Map<string, DemoShop>();
  private readonly db: TestDatabase;
  private readonly clock: TestClock;
  readonly service: TestService;

  private constructor(db: TestDatabase, clock: TestClock, service: TestService, shops: Map<string, DemoShop>) {
    [this.db, this.clock, this.service, this.shops] = [db, clock, service, shops];
  }

  static async on(db: TestDatabase, clock: TestClock): Promise<DemoShops> {
    const shops = new Map<string, DemoShop>();
    const platforms = (store: string) => {
      const shop = shops.get(store);
      if (!shop) throw new Error(`no shop ${store}`);
      return shop.platform;
    };
    return new DemoShops(db, clock, await startService(db, { clock, platforms }), shops);
  }

  get verbs(): StorefrontVerbs {
    return makeStorefrontVerbs({
      ...{ db: this.db.app, loyalty: this.service.loyalty, personOf: async () => null, placed: async () => null },
      ...{ hurry: async () => {}, ringEffects: () => {}, referralLink: () => '' },
    });
  }

  /** A shop of a program of its own, connected and subscribed as its platform is. */
  async open(name: 'woocommerce' | 'shopify', rules: ProgramRules): Promise<DemoShop> {
    const { clock, service } = this;
    if (name === 'woocommerce') {
      const { store, platform, close } = await connectWoo({ clock });
      const shop = await this.add(store, platform, close, rules, { url: store.url });
      const [row] = await this.db.sql<{ key: string }>('select key from store where id = $1', [shop.id]);
      await platform.ensureSubscriptions(`${service.url}/webhooks/woocommerce/${row?.key}`, WOO_SECRET);
      return shop;
    }
    const domain = `s${Date.now()}${this.shops.size}.myshopify.com`;
    const { store, platform, close } = await connectShopify({ clock, domain, tokenLifeMs: 1_000 * HOUR });
    store.install({ ...store.app(), secret: APP_SECRET });
    const shop = await this.add(store, platform, close, rules, { key: domain });
    await platform.ensureSubscriptions(`${service.url}/webhooks/shopify`, '');
    return shop;
  }

  private async add(
    store: ShopHandle,
    real: OutboundPlatform,
    close: () => Promise<void>,
    rules: ProgramRules,
    how: { key?: string; url?: string },
  ): Promise<DemoShop> {
    const { service, clock, db } = this;
    const program = await service.program(rules);
    const { id } = await service.store(program, store.platform, how);
    const customer = store.shop.customerByEmail('anna@example.test')?.id ?? '';
    const member = await service.member(program, id, customer);
    const asked: DemoShop['asked'] = { products: [], customers: [] };
    const happened = async () => {
      await store.settle();
      await service.drain();
    };
    const shop: DemoShop = {
      ...{ store, program, id, member, customer, asked, happened, close },
      platform: {
        ...real,
        fetchProduct: (one) => (asked.products.push(one), real.fetchProduct(one)),
        fetchCustomer: (one) => (asked.customers.push(one), real.fetchCustomer(one)),
      },
      shopper: (language = 'en') => ({
        store: { id, program, platform: store.platform, key: '', url: store.url },
        ...{ customer, language, now: clock.now() },
      }),
      buys: async (...products) => {
        clock.advance(HOUR);
        const order = store.placeOrder({ customer, lines: products.map((product) => ({ product, quantity: 1 })) });
        await happened();
        return order;
      },
      balance: async () => {
        const [found] = await inTransaction(db.app, { programs: [program] }, (tx) =>
          readBalancesAt(tx, [{ program, member }], clock.now()),
        );
        return Number(found?.available ?? 0n);
      },
    };
    this.shops.set(id, shop);
    return shop;
  }

  stop(): Promise<void> {
    return this.service.stop();
  }
}
