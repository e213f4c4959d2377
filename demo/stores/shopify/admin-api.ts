import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  buildClientSchema,
  execute,
  GraphQLError,
  type GraphQLSchema,
  type IntrospectionQuery,
  parse,
  validate,
} from 'graphql';
import { json, type Answer, type Handler } from '../serve.js';
import type { Bucket } from './cost.js';
import { actualCost, requestedCost } from './cost.js';
import type { Tokens } from './tokens.js';

const MOST_PER_QUERY = 1000;
let loaded: { schema: GraphQLSchema; types: OfficialType[] } | null = null;

/** A type as Shopify publishes it: beside what GraphQL knows, the scopes that it or a field of it takes. */
export interface OfficialType {
  name: string;
  requiredAccess?: string | null;
  fields?: { name: string; requiredAccess?: string | null }[] | null;
}

/** The official Admin schema 2026-10, cut down by scripts/prune-shopify-schema.mjs. */
export const adminSchema = (): GraphQLSchema => load().schema;
export const adminIntrospection = (): OfficialType[] => load().types;

function load(): NonNullable<typeof loaded> {
  if (!loaded) {
    const packed = readFileSync(new URL('./schema/admin-2026-10.json.gz', import.meta.url));
    const published = JSON.parse(gunzipSync(packed).toString('utf8')) as IntrospectionQuery;
    const types = published.__schema.types as unknown as OfficialType[];
    loaded = { schema: buildClientSchema(published), types };
  }
  return loaded;
}

const problem = (message: string, code: string): unknown => ({ errors: [{ message, extensions: { code } }] });

/** POST /admin/api/2026-10/graphql.json: parsed, validated and executed by the official schema, with Shopify's cost accounting. */
export function adminApi(
  root: Record<string, unknown>,
  tokens: Tokens,
  bucket: Bucket,
  now: () => number,
  changed: () => void,
): Handler {
  const schema = adminSchema();
  return async (request): Promise<Answer | null> => {
    const version = /^\/admin\/api\/([\w-]+)\/graphql\.json$/.exec(request.path)?.[1];
    if (!version || request.method !== 'POST') return null;
    const token = request.headers['x-shopify-access-token'];
    if (typeof token !== 'string' || !tokens.allows(token)) {
      return json(401, { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' });
    }
    const { query, variables = {} } = JSON.parse(request.body.toString()) as {
      query: string;
      variables?: Record<string, unknown>;
    };
    let document;
    try {
      document = parse(query);
    } catch (error) {
      return json(200, problem(error instanceof GraphQLError ? error.message : 'syntax error', 'graphqlSyntaxError'));
    }
    const wrong = validate(schema, document);
    if (wrong.length > 0)
      return json(200, {
        errors: wrong.map((each) => ({ message: each.message, extensions: { code: 'undefinedField' } })),
      });
    const requestedQueryCost = requestedCost(schema, document, variables);
    const spent = (actualQueryCost: number | null) => ({
      cost: { requestedQueryCost, actualQueryCost, throttleStatus: bucket.status() },
    });
    if (requestedQueryCost > MOST_PER_QUERY) {
      const message = `Query cost is ${requestedQueryCost}, which exceeds the single query max cost limit (${MOST_PER_QUERY}).`;
      return json(200, { ...(problem(message, 'MAX_COST_EXCEEDED') as object), extensions: spent(null) });
    }
    if (!bucket.take(requestedQueryCost, now())) {
      return json(200, { ...(problem('Throttled', 'THROTTLED') as object), extensions: spent(null) });
    }
    const result = await execute({ schema, document, rootValue: root, variableValues: variables });
    changed();
    const actual = Math.min(requestedQueryCost, actualCost(result.data));
    bucket.giveBack(requestedQueryCost - actual);
    return json(200, { ...result, extensions: spent(actual) }, { 'x-shopify-api-version': version });
  };
}
