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
  /** A file as its own bytes. */
  send<T>(program: string, path: string, bytes: string | Uint8Array, type: string): Promise<OwnerAnswer<T>>;
  /** What is no JSON. */
  text(program: string, path: string): Promise<string>;
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
    async send<T>(program: string, path: string, bytes: string | Uint8Array, type: string) {
      const headers = { ...bearer(await keyOf(program)), 'content-type': type };
      const answer = await fetch(`${served.url}/api/v1${path}`, { method: 'POST', headers, body: new Blob([bytes]) });
      return { status: answer.status, body: (await answer.json()) as T };
    },
    async text(program, path) {
      const answer = await fetch(`${served.url}/api/v1${path}`, { headers: bearer(await keyOf(program)) });
      return Buffer.from(await answer.arrayBuffer()).toString('utf8');
    },
    close: () => served.close(),
  };
}
