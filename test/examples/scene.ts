import { inTransaction } from '../../src/db/database.js';
import { publishRules } from '../../src/loyalty/publish-rules.js';
import type { ProgramRules } from '../../src/rules/program-rules.js';
import type { TestDatabase } from '../support/database.js';
import { type Example, millis } from '../support/read-example.js';
import { RememberedPlatform } from '../support/remembered-platform.js';
import type { TestService } from '../support/service.js';
import type { Asker, StorefrontClient } from '../support/storefront-client.js';
import { Numbered, ownCustomer } from './numbered.js';

/** What a test file shares between its examples. */
export interface Stage {
  db: TestDatabase;
  service: TestService;
  storefront: StorefrontClient;
  /** The platforms of the stores, which `service` asks. */
  platforms: Map<string, RememberedPlatform>;
}

export interface Store {
  id: string;
  key: string;
}

/** Where an example plays: a program, its shops, who is who. */
export class Scene {
  readonly stores = new Map<string, Store>();
  /** Each member's database id and the customer by which they ask. */
  readonly members = new Map<string, { id: string; customer: string }>();
  readonly names: Numbered;
  program = '';
  /** What was published, each with the keys that it replaces. */
  readonly published: { from: number; keys: Record<string, unknown> }[];
  readonly stage: Stage;
  readonly example: Example;

  readonly platform: 'shopify' | 'woocommerce';

  constructor(stage: Stage, example: Example, platform: 'shopify' | 'woocommerce' = 'shopify') {
    this.platform = platform;
    if ((example.version ?? 1) !== 1) throw new Error(`${example.id} is of version ${example.version} of the format`);
    this.stage = stage;
    this.example = example;
    this.names = new Numbered(example);
    this.published = [{ from: 0, keys: example.program }];
  }

  async begin(): Promise<void> {
    const { service, db, platforms } = this.stage;
    service.clock.set(Math.min(...this.example.history.map(({ at }) => millis(at))) - 1);
    const rules = this.names.rules(this.example.program, (name) => name);
    this.program = await service.program(rules, this.example.id);
    for (const name of this.names.stores) {
      const store = await service.store(this.program, this.platform, { money: rules.money.code });
      this.stores.set(name, store);
      platforms.set(store.id, new RememberedPlatform());
    }
    // only now are the stores' ids known, which rules may name
    await inTransaction(db.owner, { programs: [this.program] }, (tx) =>
      publishRules(tx, this.program, this.rules, 0, 0),
    );
  }

  /** The rules in force now. */
  get rules(): ProgramRules {
    const now = this.stage.service.clock.now();
    return this.rulesOf(this.published.filter(({ from }) => from <= now).length);
  }

  /** With the keys of the first so many publications. */
  rulesOf(publications: number): ProgramRules {
    const keys = this.published.slice(0, Math.max(1, publications)).map((one) => one.keys);
    return this.names.rules(Object.assign({}, ...keys) as Record<string, unknown>, (name) => this.store(name).id);
  }

  store(name = 'main'): Store {
    const found = this.stores.get(name);
    if (!found) throw new Error(`the example has no store ${name}`);
    return found;
  }

  within<T>(fn: (tx: Parameters<Parameters<typeof inTransaction<T>>[2]>[0], now: number) => Promise<T>): Promise<T> {
    const { db, service } = this.stage;
    return inTransaction(db.app, { programs: [this.program] }, (tx) => fn(tx, service.clock.now()));
  }

  member(name: unknown): { id: string; customer: string } {
    return this.members.get(String(name)) ?? { id: '0', customer: this.names.customer(ownCustomer(String(name))) };
  }

  ref(name: unknown) {
    const member = this.members.get(String(name))?.id;
    if (member === undefined) throw new Error(`nothing can happen to ${String(name)} before they join`);
    return { program: this.program, member };
  }

  by({ key }: Store, customer: string | null): Asker {
    return { platform: this.platform, shop: key, customer };
  }

  asker(name: unknown): Asker {
    return this.by(this.store(), this.member(name).customer);
  }
}

/** Everything that a platform signs and that names our store is taken. */
export async function taken(response: Promise<Response>): Promise<void> {
  const { status } = await response;
  if (status !== 200) throw new Error(`a delivery was answered ${status}`);
}
