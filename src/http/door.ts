import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Slow senders are cut: a head within 10 s, the whole request within 30 s. Longer kept open than any proxy's idle time. */
const HEAD_MS = 10_000;
const REQUEST_MS = 30_000;
const KEEP_ALIVE_MS = 65_000;
const LEAVE_MS = 5_000;

/** The listening socket. It is there before the service is: alive, but not ready. */
export interface Door {
  port: number;
  /** As bound, without a slash at the end. */
  url: string;
  /** From now on requests go here. */
  lead(listener: RequestListener): void;
  /** Takes no more, lets what is under way end, then cuts what is left. Asked again it gives the same promise. */
  close(): Promise<void>;
}

/** Rejects with the system's error when the port is taken. */
export async function openDoor(host: string, port: number): Promise<Door> {
  let listener: RequestListener = notYet;
  let closing: Promise<void> | null = null;
  const server = createServer((request, response) => {
    if (closing) response.setHeader('connection', 'close');
    listener(request, response);
  });
  server.headersTimeout = HEAD_MS;
  server.requestTimeout = REQUEST_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    url: `http://${shown(host)}:${address.port}`,
    lead: (next) => void (listener = next),
    close: () => (closing ??= shut(server)),
  };
}

async function shut(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), LEAVE_MS);
  await closed;
  clearTimeout(cut);
}

const shown = (host: string) =>
  host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;

/** While the database is waited for: alive, nothing more. Platforms try again at a 503. */
function notYet(request: IncomingMessage, response: ServerResponse): void {
  const live = request.url === '/live';
  const body = live
    ? { live: true }
    : { error: { code: 'starting', message: 'The service is starting. Try again in a moment.' } };
  response.writeHead(live ? 200 : 503, { 'content-type': 'application/json', ...(live ? {} : { 'retry-after': '2' }) });
  response.end(JSON.stringify(body));
  request.resume();
}
