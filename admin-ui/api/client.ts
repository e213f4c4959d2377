import createClient from 'openapi-fetch';
import type { Host } from '../host/host.js';
import type { paths } from './schema.js';

/** What the service answered when it did not do what was asked; `message` is for people. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Record<string, unknown>;

  constructor(status: number, code: string, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export type Api = ReturnType<typeof createClient<paths>>;

/** The owner's API, typed by the OpenAPI document that its routes give. */
export function makeApi(host: Host): Api {
  const api = createClient<paths>({ baseUrl: location.origin });
  api.use({
    async onRequest({ request }) {
      const token = await host.token();
      if (token !== null) request.headers.set('authorization', `Bearer ${token}`);
      return request;
    },
  });
  return api;
}

interface Answered<T> {
  data?: T | undefined;
  error?: unknown;
  response: Response;
}

/** The answer's body. @throws ApiError for every other answer than a good one, or none at all */
export async function answered<T>(asked: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await asked.catch((reason: unknown) => {
    throw new ApiError(0, 'offline', reason instanceof Error ? reason.message : 'no connection');
  });
  if (response.ok) return data as T;
  const {
    code = 'unknown',
    message = response.statusText,
    details,
  } = (error as { error?: { code?: string; message?: string; details?: Record<string, unknown> } } | undefined)
    ?.error ?? {};
  throw new ApiError(response.status, code, message, details);
}
