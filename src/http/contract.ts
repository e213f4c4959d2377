import * as z from 'zod';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import type { Permission, Role } from '../staff/roles.js';
import type { Shopper } from './storefront/verbs.js';

/**
 * Who may call a route. Every route names one; a route without it keeps the server from starting (mount.ts).
 * `open` says why anybody may; `shopper` = identity signed by a platform, `required` = not for guests;
 * `merchant` = a session token of Shopify's admin; `owner` = somebody of the program who may do that: by an API key, or at the
 * desk by a session of their own; `operator` = METRICS_TOKEN.
 */
export type Policy =
  | { kind: 'open'; why: string }
  | { kind: 'shopper'; customer: 'optional' | 'required' }
  | { kind: 'merchant' }
  | { kind: 'owner'; may: Permission }
  | { kind: 'operator' };

export const POLICY_KINDS: readonly string[] = [
  'open',
  'shopper',
  'merchant',
  'owner',
  'operator',
] satisfies Policy['kind'][];

/** How often: `read` and `write` per member and program, `owner` per API key or person, `outside` per address, `none` for what costs nothing. */
export type Limit = 'read' | 'write' | 'owner' | 'outside' | 'none';

/** The Shopify admin session that called: the shop's domain and the token itself, for its exchange. */
export interface Merchant {
  shop: string;
  token: string;
}

/** Who called on the program's own side: an API key, or somebody of the staff. */
export interface Owner {
  program: string;
  /** The number of the key or of the person. */
  id: string;
  name: string;
  role: Role;
  by: 'key' | 'staff';
}

/** A request before its parts are checked. */
export interface Incoming {
  id: string;
  params: Record<string, string>;
  query: Record<string, string>;
  body: unknown;
  header(name: string): string | undefined;
  now: Millis;
  shopper: Shopper | null;
  merchant: Merchant | null;
  owner: Owner | null;
  /** The body as it arrives, where the route says that it takes one so (`takes`). */
  bytes?: AsyncIterable<Uint8Array>;
}

export interface Call<P, Q, B> extends Omit<Incoming, 'params' | 'query' | 'body'> {
  params: P;
  query: Q;
  body: B;
}

/**
 * `body` is an object for JSON, a string or bytes with a `content-type` header for anything else (also piece by piece, as they are
 * made), absent for none.
 */
export interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

interface Declared {
  method: 'get' | 'post' | 'put' | 'delete';
  /** As Express writes it; parameters as `:name`. */
  path: string;
  /** The operation's name in the OpenAPI document. */
  name: string;
  summary: string;
  policy: Policy;
  limit: Limit;
  /** By status: the JSON schema of an answer, or null where the body is not JSON or there is none. */
  answers: Record<number, z.ZodType | null>;
  /** The type of a body that is handed on unread, as it arrives, instead of JSON. */
  takes?: 'text/csv';
}

export interface Declaration<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends Declared {
  params?: P;
  query?: Q;
  body?: B;
  /** Request headers that the route reads, for the document. */
  headers?: z.ZodObject;
  handle(call: Call<z.infer<P>, z.infer<Q>, z.infer<B>>): Promise<Reply>;
}

export interface Route extends Declared {
  params: z.ZodType;
  query: z.ZodType;
  body: z.ZodType | null;
  headers: z.ZodObject | null;
  serve(incoming: Incoming): Promise<Reply>;
}

const nothing = z.strictObject({});

/** Declares a route. What is not declared is not accepted: unknown parameters, query keys and body keys are a 400. */
export function route<
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = z.ZodUndefined,
>(declaration: Declaration<P, Q, B>): Route {
  const { handle, ...rest } = declaration;
  const params: z.ZodType = declaration.params ?? nothing;
  const query: z.ZodType = declaration.query ?? nothing;
  const body = declaration.body ?? null;
  return {
    ...rest,
    params,
    query,
    body,
    headers: declaration.headers ?? null,
    async serve(incoming) {
      return handle({
        ...incoming,
        params: checked(params, incoming.params, 'path') as z.infer<P>,
        query: checked(query, incoming.query, 'query') as z.infer<Q>,
        body: (body ? checked(body, incoming.body, 'body') : undefined) as z.infer<B>,
      });
    },
  };
}

/** NUL and lone surrogates: no shop means them, and Postgres refuses them. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

function checked(schema: z.ZodType, value: unknown, where: string): unknown {
  if (holdsUnstorable(value))
    throw invalidRequest([{ where, problem: 'holds a character that cannot be stored, or is nested too deep' }]);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .slice(0, 20)
    .map((issue) => ({ where: [where, ...issue.path.map(String)].join('.'), problem: issue.message }));
  throw invalidRequest(problems);
}

/** Deeper than any request of ours; also what keeps this walk from the end of the stack. */
const DEEPEST = 32;

function holdsUnstorable(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return UNSTORABLE.test(value);
  if (typeof value !== 'object' || value === null) return false;
  if (depth === DEEPEST) return true;
  return Object.entries(value).some(([key, inner]) => UNSTORABLE.test(key) || holdsUnstorable(inner, depth + 1));
}

export function invalidRequest(problems: { where: string; problem: string }[]): AppError {
  return new AppError('invalid_request', 400, 'The request is not what this route takes; see details.', { problems });
}
