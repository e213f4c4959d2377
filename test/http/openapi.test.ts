import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { allRoutes, type RouteParts } from '../../src/http/routes.js';
import { document } from '../../scripts/write-openapi.js';

const routes = allRoutes({ demo: null } as RouteParts);
const written = JSON.parse(document()) as {
  paths: Record<string, Record<string, { operationId: string; security: unknown[] }>>;
};
const operations = Object.values(written.paths).flatMap((path) => Object.values(path));

describe('the OpenAPI document', () => {
  test('is the one that the schemas give: else run npm run openapi and commit it', () => {
    expect(readFileSync('src/http/openapi.json', 'utf8')).toBe(document());
  });

  test('holds every route, each under a name of its own', () => {
    expect(operations).toHaveLength(routes.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length);
  });

  test('says of every route who may call it', () => {
    for (const route of routes) {
      const operation = written.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method];
      expect([route.name, operation?.security.length]).toEqual([route.name, route.policy.kind === 'open' ? 0 : 1]);
    }
  });

  test('T8: who may call what, all of it', () => {
    const matrix = routes.map(({ method, path, policy, limit }) => {
      const who =
        policy.kind === 'shopper' ? `shopper, guests ${policy.customer === 'optional' ? 'too' : 'not'}` : policy.kind;
      return `${method} ${path}: ${who}; ${limit}`;
    });
    expect(matrix).toEqual([
      'get /storefront/v1/program: shopper, guests too; read',
      'get /storefront/v1/how-it-works: shopper, guests too; read',
      'get /storefront/v1/how-it-works/page: shopper, guests too; read',
      'get /storefront/v1/member: shopper, guests too; read',
      'get /storefront/v1/history: shopper, guests not; read',
      'post /storefront/v1/preview: shopper, guests too; read',
      'post /storefront/v1/join: shopper, guests not; write',
      'post /storefront/v1/birthday: shopper, guests not; write',
      'post /storefront/v1/visit: shopper, guests not; write',
      'post /storefront/v1/referral-visit: shopper, guests too; write',
      'post /storefront/v1/check-in: shopper, guests not; write',
      'get /storefront/v1/activities: shopper, guests not; read',
      'post /storefront/v1/survey-answer: shopper, guests not; write',
      'post /storefront/v1/follow: shopper, guests not; write',
      'post /storefront/v1/own-day: shopper, guests not; write',
      'get /storefront/v1/member-code: shopper, guests not; read',
      'get /storefront/v1/member-code/page: shopper, guests not; read',
      'get /storefront/v1/leaderboards: shopper, guests not; read',
      'put /storefront/v1/shown-name: shopper, guests not; write',
      'delete /storefront/v1/shown-name: shopper, guests not; write',
      'get /storefront/v1/orders/:order/stickers: shopper, guests not; read',
      'post /storefront/v1/stickers/redeem: shopper, guests too; write',
      'get /storefront/v1/sending: shopper, guests not; read',
      'post /storefront/v1/send: shopper, guests not; write',
      'post /storefront/v1/redeem: shopper, guests not; write',
      'get /storefront/v1/redemptions/:id: shopper, guests not; read',
      'delete /storefront/v1/redemptions/:id: shopper, guests not; write',
      'get /club/:store: open; outside',
      'get /club/:store/session: open; outside',
      'get /storefront/v1/page: shopper, guests too; read',
      'get /api/v1/program-schema: open; outside',
      'get /api/v1/gallery: open; outside',
      'get /api/v1/gallery/:id: open; outside',
      'get /api/v1/program: owner; owner',
      'get /api/v1/causes: owner; owner',
      'get /api/v1/versions: owner; owner',
      'get /api/v1/versions/:version: owner; owner',
      'get /api/v1/draft: owner; owner',
      'put /api/v1/draft: owner; owner',
      'delete /api/v1/draft: owner; owner',
      'post /api/v1/draft/check: owner; owner',
      'get /api/v1/diff: owner; owner',
      'post /api/v1/publish: owner; owner',
      'post /api/v1/rollback: owner; owner',
      'get /api/v1/plan: owner; owner',
      'get /api/v1/settling: owner; owner',
      'get /api/v1/program-words: open; outside',
      'post /api/v1/preview: owner; owner',
      'get /api/v1/program-text: owner; owner',
      'post /api/v1/program-text: owner; owner',
      'get /api/v1/redemptions: owner; owner',
      'post /api/v1/redemptions/:id/solve: owner; owner',
      'post /api/v1/simulations: owner; owner',
      'get /api/v1/simulations: owner; owner',
      'get /api/v1/simulations/:id: owner; owner',
      'delete /api/v1/simulations/:id: owner; owner',
      'post /api/v1/members/:id/adjustments: owner; owner',
      'post /api/v1/members/:id/adjustments/:adjustment/undo: owner; owner',
      'get /api/v1/adjustments: owner; owner',
      'post /api/v1/adjustments/:id/decision: owner; owner',
      'get /api/v1/adjustment-limits: owner; owner',
      'put /api/v1/adjustment-limits: owner; owner',
      'post /api/v1/events: owner; owner',
      'get /api/v1/surveys/:survey: owner; owner',
      'post /api/v1/orders/:id/claim: owner; owner',
      'post /api/v1/orders/:id/gift: owner; owner',
      'get /api/v1/members: owner; owner',
      'post /api/v1/members: owner; owner',
      'get /api/v1/members/:id: owner; owner',
      'get /api/v1/members/:id/history: owner; owner',
      'get /api/v1/members/:id/why: owner; owner',
      'put /api/v1/members/:id/blocked: owner; owner',
      'get /api/v1/members/:id/held: owner; owner',
      'get /api/v1/members/:id/export: owner; owner',
      'delete /api/v1/members/:id: owner; owner',
      'get /api/v1/members/:id/merge: owner; owner',
      'post /api/v1/members/:id/merge: owner; owner',
      'get /api/v1/promotions: owner; owner',
      'get /api/v1/conflicts: owner; owner',
      'get /api/v1/promotion-days: owner; owner',
      'post /api/v1/promotions/:id/pause: owner; owner',
      'post /api/v1/promotions/:id/resume: owner; owner',
      'post /api/v1/promotions/:id/stop: owner; owner',
      'post /api/v1/promotions/:id/schedule: owner; owner',
      'post /api/v1/promotions/:id/copy: owner; owner',
      'get /api/v1/leaderboards/:board: owner; owner',
      'get /api/v1/stickers: owner; owner',
      'post /api/v1/stickers/batches: owner; owner',
      'post /api/v1/stickers/batches/:batch/void: owner; owner',
      'get /api/v1/stores/:store/orders/:order/stickers: owner; owner',
      'get /api/v1/staff: owner; owner',
      'post /api/v1/staff: owner; owner',
      'put /api/v1/staff/:id: owner; owner',
      'delete /api/v1/staff/:id: owner; owner',
      'get /api/v1/api-keys: owner; owner',
      'post /api/v1/api-keys: owner; owner',
      'delete /api/v1/api-keys/:id: owner; owner',
      'get /api/v1/audit: owner; owner',
      'get /api/v1/stores: owner; owner',
      'get /api/v1/stores/:store/showing: owner; owner',
      'put /api/v1/stores/:store/showing: owner; owner',
      'post /api/v1/imports: owner; owner',
      'get /api/v1/imports: owner; owner',
      'get /api/v1/imports/:id: owner; owner',
      'get /api/v1/imports/:id/problems: owner; owner',
      'get /api/v1/imports/:id/problems.csv: owner; owner',
      'put /api/v1/imports/:id/mapping: owner; owner',
      'post /api/v1/imports/:id/start: owner; owner',
      'post /api/v1/imports/:id/undo: owner; owner',
      'delete /api/v1/imports/:id: owner; owner',
      'get /api/v1/overview: owner; owner',
      'get /api/v1/latest: owner; owner',
      'get /api/v1/ledger: owner; owner',
      'get /api/v1/ledger/journal: owner; owner',
      'get /api/v1/ledger/promises/:rule: owner; owner',
      'get /api/v1/reports/activity: owner; owner',
      'get /api/v1/reports/returning: owner; owner',
      'get /api/v1/reports/cohorts: owner; owner',
      'get /api/v1/reports/value: owner; owner',
      'get /api/v1/reports/order-value: owner; owner',
      'get /api/v1/reports/rewards: owner; owner',
      'get /api/v1/reports/targets: owner; owner',
      'put /api/v1/reports/targets: owner; owner',
      'get /api/v1/reports/clearing: owner; owner',
      'get /api/v1/reminders: owner; owner',
      'get /api/v1/sendings: owner; owner',
      'post /admin/sign-in: open; outside',
      'post /admin/enter: open; outside',
      'post /admin/leave: open; outside',
      'get /api/v1/me: owner; owner',
      'put /api/v1/me: owner; owner',
      'get /admin: open; none',
      'get /admin/assets/:file: open; none',
      'get /admin/*place: open; none',
      'get /shopify/app: open; outside',
      'get /shopify/app/*place: open; outside',
      'post /shopify/install: merchant; write',
      'post /shopify/till/v1/find: merchant; write',
      'get /shopify/till/v1/customers/:customer/program: merchant; read',
      'get /shopify/till/v1/customers/:customer/member: merchant; read',
      'post /shopify/till/v1/customers/:customer/preview: merchant; read',
      'post /shopify/till/v1/customers/:customer/join: merchant; write',
      'post /shopify/till/v1/customers/:customer/redeem: merchant; write',
      'get /shopify/till/v1/customers/:customer/redemptions/:id: merchant; read',
      'delete /shopify/till/v1/customers/:customer/redemptions/:id: merchant; write',
      'get /woocommerce/connect: open; outside',
      'post /woocommerce/callback: open; outside',
      'get /woocommerce/return: open; outside',
      'post /woocommerce/plugin: open; outside',
      'post /woocommerce/desk: open; outside',
      'get /widget.js: open; none',
      'get /widget-:hash.js: open; none',
      'get /live: open; none',
      'get /ready: open; none',
      'get /metrics: operator; none',
    ]);
  });
});
