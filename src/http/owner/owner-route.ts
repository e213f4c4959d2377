import type * as z from 'zod';
import { type Call, type Declaration, type Reply, type Route, route } from '../contract.js';
import { errorAnswer } from './schemas.js';
import type { Permission } from '../../staff/roles.js';
import type { Asking } from './verbs.js';

export const BASE = '/api/v1';

export const ok = (body: unknown): Reply => ({ status: 200, body });
const refusals = { 400: errorAnswer, 401: errorAnswer, 403: errorAnswer, 429: errorAnswer, 503: errorAnswer };

/** A route for the program's own side: API keys, and staff whose role may do `may`. It is about their program and no other. */
export function forOwner<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType = z.ZodUndefined>(
  { may, ...declaration }: Omit<Declaration<P, Q, B>, 'policy' | 'limit' | 'handle'> & { may: Permission },
  handle: (asking: Asking, call: Call<z.infer<P>, z.infer<Q>, z.infer<B>>) => Promise<Reply>,
): Route {
  return route({
    ...declaration,
    answers: { ...refusals, ...declaration.answers },
    policy: { kind: 'owner', may },
    limit: 'owner',
    handle: (call) => {
      if (!call.owner) throw new Error('an owner’s route ran without its key');
      return handle({ owner: call.owner, now: call.now }, call);
    },
  });
}
