import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { getNamedType, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { adminSchema, adminIntrospection } from '../../demo/stores/shopify/admin-api.js';
import { API_VERSION } from '../../src/commerce/shopify-api-version.js';
import { BASE } from '../../src/http/storefront/shopper-routes.js';
import { OPERATIONS } from '../../src/platforms/shopify/operations.js';
import { TOPICS } from '../../src/platforms/shopify/subscriptions.js';
import { READERS } from '../../webhooks/shopify/topics.js';
import { readToml, tables, text } from '../../scripts/read-toml.js';

/** A1: what Shopify is told of the app (shopify.app.toml) is what the code does. */
const toml = readToml(readFileSync(new URL('../../shopify.app.toml', import.meta.url), 'utf8'));
const subscriptions = tables(toml, 'webhooks', 'subscriptions');
const declared = (name: 'topics' | 'compliance_topics') => subscriptions.flatMap((each) => tables(each, name)).sort();
const enumOf = (topic: string) => topic.replace(/[/.]/g, '_').toUpperCase();

test('every topic that we listen to is declared, and every one declared is read', () => {
  expect(declared('topics').map((topic) => enumOf(String(topic)))).toEqual([...TOPICS].sort());
  expect([...declared('topics'), ...declared('compliance_topics')].filter((topic) => !READERS[String(topic)])).toEqual(
    [],
  );
});

test('the three compliance topics are declared, which is the only way to get them', () => {
  expect(declared('compliance_topics')).toEqual(['customers/data_request', 'customers/redact', 'shop/redact']);
});

test('the API version is the one that we speak', () => {
  expect(text(toml, 'webhooks', 'api_version')).toBe(API_VERSION);
});

test('addresses are of one host, and of routes that are there', () => {
  const at = (address: string) => new URL(address);
  const app = at(text(toml, 'application_url'));
  expect(app.pathname).toBe('/shopify/app');
  expect(subscriptions.map((each) => at(text(each, 'uri')).href)).toEqual(
    subscriptions.map(() => `${app.origin}/webhooks/shopify`),
  );
  expect(text(toml, 'app_proxy', 'url')).toBe(`${app.origin}${BASE}`);
  expect(`/${text(toml, 'app_proxy', 'prefix')}/${text(toml, 'app_proxy', 'subpath')}`).toBe('/apps/tallymark');
});

/** Stated with each topic in Shopify's list of topics; those not named need none. */
const SCOPE_OF_TOPIC: readonly [RegExp, string][] = [
  [/^(orders|refunds)\//, 'read_orders'],
  [/^customers\/merge$/, 'read_customer_merge'],
  [/^customers\/(create|update|delete)$/, 'read_customers'],
  [/^products\//, 'read_products'],
  [/^discounts\//, 'read_discounts'],
  [/^disputes\//, 'read_shopify_payments_disputes'],
];

/** "Requires `a` access scope or `b` access scope": a list of names, of which one is enough. */
const namesIn = (access: string | null | undefined): string[] =>
  [...(access ?? '').matchAll(/`((?:read|write)_[a-z_]+)`/g)].map(([, name = '']) => name);

/** What the official schema says that each operation needs: its fields' and types' `requiredAccess`. */
function accessOf(operation: string): string[][] {
  const info = new TypeInfo(adminSchema());
  const needs: string[][] = [];
  visit(
    parse(operation),
    visitWithTypeInfo(info, {
      Field(node) {
        const type = adminIntrospection().find(({ name }) => name === info.getParentType()?.name);
        const field = type?.fields?.find(({ name }) => name === node.name.value);
        const gives = info.getType();
        const given = adminIntrospection().find(({ name }) => gives && name === getNamedType(gives).name);
        needs.push(namesIn(field?.requiredAccess), namesIn(given?.requiredAccess));
      },
    }),
  );
  return needs.filter((names) => names.length > 0);
}

/** `write_x` lets read too. */
const grants = (granted: readonly string[], name: string) =>
  granted.includes(name) || (name.startsWith('read_') && granted.includes(name.replace('read_', 'write_')));

test('the scopes are enough for every operation, by the official schema', () => {
  const granted = text(toml, 'access_scopes', 'scopes').split(',');
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    const lacking = accessOf(operation).filter((names) => !names.some((one) => grants(granted, one)));
    expect([name, lacking]).toEqual([name, []]);
  }
});

/** The proxy is no operation; a metafield takes what writing its owner takes, which the schema says of no field. */
const UNSTATED = ['write_app_proxy', 'write_customers'];

test('each scope is there for a reason, and for no other', () => {
  const byTopic = declared('topics').flatMap((topic) =>
    SCOPE_OF_TOPIC.filter(([pattern]) => pattern.test(String(topic))).map(([, scope]) => scope),
  );
  const byOperation = Object.values(OPERATIONS).flatMap((operation) => accessOf(operation).flat());
  const reasons = new Set([...UNSTATED, ...byTopic, ...byOperation]);
  const scopes = text(toml, 'access_scopes', 'scopes').split(',');
  expect(scopes.filter((scope) => !reasons.has(scope))).toEqual([]);
  expect(byTopic.filter((scope) => !grants(scopes, scope))).toEqual([]);
  expect(scopes).toEqual([...new Set(scopes)].sort());
});

test('installation is managed by Shopify: no redirects of our own', () => {
  expect(toml['access_scopes']).toMatchObject({ use_legacy_install_flow: false });
  expect(toml['embedded']).toBe(true);
});
