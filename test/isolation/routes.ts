import type { Route } from '../../src/http/contract.js';
import { allRoutes } from '../../src/http/routes.js';
import { makeOwnerVerbs } from '../../src/http/owner/make-verbs.js';
import { pageTokens } from '../../src/http/storefront/page-token.js';
import { proveMerchantToken } from '../../src/http/shopify/session-token.js';
import { connectWooCommerce } from '../../src/stores/connect-woocommerce.js';
import { inTransaction } from '../../src/db/database.js';
import { findCustomer } from '../../src/loyalty/find-customer.js';
import { findActiveStore } from '../../src/stores/find-active-store.js';
import { installShopify } from '../../src/stores/install-shopify.js';
import { makeDeskVerbs } from '../../src/http/desk/make-verbs.js';
import type { DeskVerbs } from '../../src/http/desk/verbs.js';
import type { OwnerVerbs } from '../../src/http/owner/verbs.js';
import { APP } from '../http/serving.js';
import { createLogger } from '../../src/lib/logger.js';
import type { LedgerStage } from '../webhooks/ledger-stage.js';

const nothingBehind = async (): Promise<never> => {
  throw new Error('a wrong identity got this far');
};

/** Every route that the product declares, on the stage's database, with these verbs behind the storefront's. */
export function everyRoute(stage: LedgerStage, storefront: Parameters<typeof allRoutes>[0]['storefront']): Route[] {
  return allRoutes({
    storefront,
    findStore: (platform, key) => findActiveStore(stage.db.app)(platform, key),
    findCustomer: ({ program, id }, text) =>
      inTransaction(stage.db.app, { programs: [program] }, (tx) =>
        findCustomer(tx, { program, store: id }, text, stage.service.clock.now(), stage.service.loyalty),
      ),
    // declarations are made before the stage is set
    owner:
      stage.db.app === undefined
        ? ({} as OwnerVerbs)
        : makeOwnerVerbs({
            db: stage.db.app,
            loyalty: stage.service.loyalty,
            ringEffects: () => undefined,
            sendSignInLinks: async () => undefined,
          }),
    desk:
      stage.db.app === undefined
        ? ({} as DeskVerbs)
        : makeDeskVerbs({
            db: stage.db.app,
            mailer: { send: nothingBehind },
            publicUrl: 'http://127.0.0.1',
            log: createLogger('silent'),
            mailFrom: null,
            lookUpMailDomain: async () => null,
            limiter: { count: nothingBehind },
            keys: [{ id: 'k1', key: Buffer.alloc(32, 7) }],
          }),
    builtDesk: () => ({ files: new Map(), script: '', style: '' }),
    shopifyKey: APP.apiKey,
    installShopify: (wish) =>
      installShopify({
        db: stage.db.app,
        clock: stage.service.clock,
        keys: stage.service.keys,
        app: null,
        standIn: () => null,
        connected: nothingBehind,
      })(wish),
    proveMerchant: (token, now) => proveMerchantToken(token, APP, now),
    connectWooCommerce: {
      begin: (wish) => connecting(stage).begin(wish),
      accept: (wish) => connecting(stage).accept(wish),
      outcome: (id) => connecting(stage).outcome(id),
      fromPlugin: (arrival) => connecting(stage).fromPlugin(arrival),
      openDesk: (visit) => connecting(stage).openDesk(visit),
    },
    checks: {},
    tokens: pageTokens([]),
    publicUrl: 'http://127.0.0.1',
    widget: () => Buffer.from(''),
    secure: false,
    demo: null,
  });
}

const connecting = (stage: LedgerStage) =>
  connectWooCommerce({
    db: stage.db.app,
    clock: stage.service.clock,
    keys: stage.service.keys,
    guard: { allowPrivate: false },
    publicUrl: 'http://127.0.0.1',
    connected: nothingBehind,
  });

/** All that a program has, apart from what is kept of all programs together. */
export async function stateIn({ db }: LedgerStage, program: string): Promise<Record<string, unknown[]>> {
  return {
    redemptions: await db.sql('select * from redemption where program_id = $1 order by id', [program]),
    stock: await db.sql('select * from reward_stock where program_id = $1 order by reward', [program]),
    members: await db.sql('select * from member where program_id = $1 order by id', [program]),
    activities: await db.sql('select * from activity where program_id = $1 order by key', [program]),
    versions: await db.sql('select * from rule_set where program_id = $1 order by version', [program]),
    drafts: await db.sql('select * from draft where program_id = $1', [program]),
    keys: await db.sql('select * from api_key where program_id = $1 order by id', [program]),
    accounts: await db.sql('select * from account where program_id = $1 order by id', [program]),
  };
}
