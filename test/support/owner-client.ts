import { inTransaction } from '../../src/db/database.js';
import { makeOwnerVerbs, ownerProof } from '../../src/http/owner/make-verbs.js';
import { ownerRoutes } from '../../src/http/owner/routes.js';
import { createApiKey } from '../../src/loyalty/api-keys.js';
import { aGate, bearer, serving } from '../http/serving.js';
import type { TestDatabase } from './database.js';
import type { TestService } from './service.js';

export interface OwnerAnswer<T> {
  status: number;
  body: T;
}

/** The owner's API of a service, over HTTP, with an API key for each program; the service's clock is its clock. */
export interface OwnerClient {
  ask<T = Record<string, unknown>>(
    program: string,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<OwnerAnswer<T>>;
  close(): Promise<void>;
}

export async function ownerOf(db: TestDatabase, { loyalty, clock }: TestService): Promise<OwnerClient> {
  const verbs = makeOwnerVerbs({
    db: db.app,
    loyalty,
    ringEffects: () => undefined,
    sendSignInLinks: async () => undefined,
  });
  const gate = aGate({ owner: ownerProof(db.app), clock }, { owner: 1e6 });
  const served = await serving(ownerRoutes(verbs), gate);
  const keys = new Map<string, string>();
  const keyOf = async (program: string) => {
    const known = keys.get(program);
    if (known !== undefined) return known;
    const scope = { programs: [program] };
    const { text } = await inTransaction(db.app, scope, (tx) => createApiKey(tx, program, 'till', 'test'));
    keys.set(program, text);
    return text;
  };
  return {
    async ask<T>(program: string, method: string, path: string, body?: unknown) {
      const answer = await fetch(`${served.url}/api/v1${path}`, {
        method,
        headers: {
          ...bearer(await keyOf(program)),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as T };
    },
    close: () => served.close(),
  };
}
