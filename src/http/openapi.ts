import {
  extendZodWithOpenApi,
  OpenAPIRegistry,
  OpenApiGeneratorV31,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi';
import * as z from 'zod';
import type { Policy, Route } from './contract.js';

extendZodWithOpenApi(z);

const SECURITY = { shopper: 'shopper', merchant: 'sessionToken', owner: 'apiKey', operator: 'operator' } as const;

/**
 * The OpenAPI document of these routes, from the schemas that check them. Committed as src/http/openapi.json; a test
 * fails when the two differ (`npm run openapi` writes it anew).
 */
export function openApiDocument(routes: readonly Route[], version: string): object {
  const registry = new OpenAPIRegistry();
  const bearer = { type: 'http', scheme: 'bearer' } as const;
  registry.registerComponent('securitySchemes', SECURITY.shopper, {
    ...bearer,
    description:
      'A short-lived token that the platform or the store’s own side signed; or, through Shopify’s app proxy, the signed query that the proxy adds.',
  });
  registry.registerComponent('securitySchemes', SECURITY.merchant, {
    ...bearer,
    description: 'A session token of Shopify’s admin (App Bridge).',
  });
  registry.registerComponent('securitySchemes', SECURITY.owner, {
    ...bearer,
    description: 'An API key of the program (`tallymark api-key create`).',
  });
  registry.registerComponent('securitySchemes', SECURITY.operator, { ...bearer, description: 'METRICS_TOKEN' });
  for (const route of routes) registry.registerPath(operation(route));
  const generator = new OpenApiGeneratorV31(registry.definitions);
  return generator.generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Tallymark',
      version,
      description:
        'Points are whole numbers as strings, money is whole minor units, instants are ISO 8601 in UTC. Every refusal is an object `error` with a stable `code`, a sentence, and sometimes details.',
    },
    servers: [{ url: '/' }],
  });
}

function operation({
  method,
  path,
  name,
  summary,
  policy,
  params,
  query,
  headers,
  body,
  answers,
  takes,
}: Route): RouteConfig {
  return {
    method,
    path: path.replace(/:(\w+)/g, '{$1}'),
    operationId: name,
    summary,
    ...said(policy),
    request: {
      ...(params instanceof z.ZodObject ? { params } : {}),
      ...(query instanceof z.ZodObject ? { query } : {}),
      ...(headers ? { headers } : {}),
      ...(takes ? { body: { required: true, content: { [takes]: { schema: z.string() } } } } : {}),
      ...(body ? { body: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    },
    responses: Object.fromEntries(
      Object.entries(answers).map(([status, schema]) => [
        status,
        {
          description: MEANING[Number(status)] ?? 'Answer',
          ...(schema ? { content: { 'application/json': { schema } } } : {}),
        },
      ]),
    ),
  };
}

function said(policy: Policy): Pick<RouteConfig, 'security' | 'description'> {
  if (policy.kind === 'open') return { security: [], description: `Open: ${policy.why}.` };
  const guests = policy.kind === 'shopper' && policy.customer === 'required' ? { description: 'Not for guests.' } : {};
  return { security: [{ [SECURITY[policy.kind]]: [] }], ...guests };
}

const MEANING: Record<number, string> = {
  200: 'Done',
  204: 'Done; nothing to say',
  302: 'Go on there',
  304: 'Unchanged',
  400: 'The request is not what this route takes',
  401: 'Not signed, or no longer',
  403: 'Signed, but not for this',
  404: 'Nothing of that name for this caller',
  409: 'Not in its present state',
  413: 'Larger than it may be',
  415: 'Not of the type that is taken',
  422: 'Understood, but refused; the sentence says why',
  429: 'Too many; see Retry-After',
  503: 'Not now; see Retry-After',
};
