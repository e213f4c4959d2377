import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { AnswerFault, Faults } from './faults.js';
import { Refusal } from './shop/model.js';

export interface Request {
  method: string;
  path: string;
  query: URLSearchParams;
  /** The query as it stood, without the question mark. */
  search: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

export interface Answer {
  status: number;
  headers?: Record<string, string | string[]>;
  body: string | Buffer;
}

/** Null = not mine, ask the next one. */
export type Handler = (request: Request) => Promise<Answer | null> | Answer | null;

export const json = (status: number, value: unknown, headers: Record<string, string | string[]> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
  body: JSON.stringify(value),
});

export interface Serving {
  url: string;
  port: number;
  close(): Promise<void>;
}

/** Serves handlers on loopback; each answer may be spoiled by `faults` where `mayFail` says so. */
export async function serve(
  handlers: readonly Handler[],
  port: number,
  faults: Faults,
  mayFail: (request: Request) => string | null,
): Promise<Serving> {
  const server = createServer((req, res) => {
    void handle(req, res, handlers, faults, mayFail).catch(() => res.destroy());
  });
  server.keepAliveTimeout = 5_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${address.port}`, port: address.port, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function read(req: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const url = new URL(req.url ?? '/', 'http://store.invalid');
  return {
    method: req.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    search: (req.url ?? '').split('?').slice(1).join('?'),
    headers: req.headers,
    body: Buffer.concat(chunks),
  };
}

async function handle(
  req: IncomingMessage,
  res: ServerResponse,
  handlers: readonly Handler[],
  faults: Faults,
  mayFail: (request: Request) => string | null,
): Promise<void> {
  const request = await read(req);
  const name = mayFail(request);
  const fault = name === null ? null : faults.take(name);
  const instead = fault ? await spoiltBefore(fault, res) : null;
  if (instead === 'done') return;
  const answer = instead ?? (await answerOf(request, handlers));
  if (fault && spoiltAfter(fault, answer, res)) return;
  res.writeHead(answer.status, { 'content-length': String(Buffer.byteLength(answer.body)), ...answer.headers });
  res.end(answer.body);
}

async function answerOf(request: Request, handlers: readonly Handler[]): Promise<Answer> {
  try {
    for (const handler of handlers) {
      const answer = await handler(request);
      if (answer) return answer;
    }
    return json(404, {
      code: 'rest_no_route',
      message: 'No route was found matching the URL and request method.',
      data: { status: 404 },
    });
  } catch (error) {
    if (!(error instanceof Refusal))
      return json(500, { code: 'internal_server_error', message: String(error), data: { status: 500 } });
    return json(error.status, { code: error.code, message: error.message, data: { status: error.status } });
  }
}

const HTML =
  '<!DOCTYPE html><html><head><title>Maintenance</title></head><body><h1>Briefly unavailable</h1></body></html>';

async function spoiltBefore(fault: AnswerFault, res: ServerResponse): Promise<Answer | 'done' | null> {
  if (fault.kind === 'delay') await wait(fault.ms);
  if (fault.kind === 'status') {
    const headers = { 'content-type': 'text/plain', ...(fault.retryAfter ? { 'retry-after': fault.retryAfter } : {}) };
    return { status: fault.status, headers, body: fault.body ?? '' };
  }
  if (fault.kind === 'html') return { status: 200, headers: { 'content-type': 'text/html' }, body: HTML };
  if (fault.kind === 'empty') return { status: 200, headers: { 'content-type': 'application/json' }, body: '' };
  if (fault.kind === 'huge')
    return { status: 200, headers: { 'content-type': 'application/json' }, body: `["${'x'.repeat(6_000_000)}"]` };
  if (fault.kind === 'redirect') return { status: 302, headers: { location: fault.to }, body: '' };
  if (fault.kind === 'throttled') {
    const status = { maximumAvailable: 2000, currentlyAvailable: 0, restoreRate: 100 };
    const cost = { requestedQueryCost: 50, actualQueryCost: null, throttleStatus: status };
    return json(200, { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], extensions: { cost } });
  }
  if (fault.kind === 'hang') return 'done';
  if (fault.kind === 'reset') {
    res.destroy();
    return 'done';
  }
  return null;
}

function spoiltAfter(fault: AnswerFault, answer: Answer, res: ServerResponse): boolean {
  if (fault.kind === 'reset-after') res.destroy();
  if (fault.kind === 'truncated') {
    const half = Buffer.from(answer.body).subarray(0, Math.floor(Buffer.byteLength(answer.body) / 2));
    res.writeHead(answer.status, { ...answer.headers, 'content-length': String(half.length) });
    res.end(half);
  }
  return fault.kind === 'reset-after' || fault.kind === 'hang-after' || fault.kind === 'truncated';
}
