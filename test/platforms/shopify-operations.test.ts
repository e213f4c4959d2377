import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { buildClientSchema, type IntrospectionQuery, parse, validate } from 'graphql';
import { adminSchema } from '../../demo/stores/shopify/admin-api.js';
import { requestedCost } from '../../demo/stores/shopify/cost.js';
import { API_VERSION } from '../../src/commerce/shopify-api-version.js';
import { OPERATIONS } from '../../src/platforms/shopify/operations.js';
import { TOPICS } from '../../src/platforms/shopify/subscriptions.js';

/** Every operation that we send is one that Shopify's official schema of that version takes. */
test.each(Object.entries(OPERATIONS))('%s is valid against the official schema', (_name, operation) => {
  expect(validate(adminSchema(), parse(operation))).toEqual([]);
});

test.each(Object.entries(OPERATIONS))('%s costs less than one query may', (_name, operation) => {
  expect(requestedCost(adminSchema(), parse(operation), {})).toBeLessThan(1_000);
});

test('a field that Shopify does not have is seen', () => {
  const wrong = OPERATIONS.ORDER?.replace('updatedAt', 'changedAt') ?? '';
  expect(validate(adminSchema(), parse(wrong)).map(({ message }) => message)).toEqual([
    expect.stringContaining('changedAt'),
  ]);
});

test('the topics that we listen to exist', () => {
  const known = adminSchema().getType('WebhookSubscriptionTopic');
  const values = known && 'getValues' in known ? known.getValues().map(({ name }) => name) : [];
  expect(TOPICS.filter((topic) => !values.includes(topic))).toEqual([]);
});

test('the cut-down schema says of its version and keeps its licence beside it', () => {
  expect(API_VERSION).toBe('2026-10');
  const folder = new URL('../../demo/stores/shopify/schema/', import.meta.url);
  expect(readFileSync(new URL('LICENSE', folder), 'utf8')).toContain('Shopify Inc.');
  expect(existsSync(new URL(`admin-${API_VERSION}.json.gz`, folder))).toBe(true);
  const packed = readFileSync(new URL(`admin-${API_VERSION}.json.gz`, folder));
  const introspection = JSON.parse(gunzipSync(packed).toString('utf8')) as IntrospectionQuery;
  expect(() => buildClientSchema(introspection)).not.toThrow();
});
