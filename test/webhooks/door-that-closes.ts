import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** The service's address as its shops know it; while it is shut, whoever comes is hung up on. */
export interface ClosingDoor {
  url: string;
  shut: boolean;
  close(): Promise<void>;
}

/** Hands everything on to `to()` as it came, as a load balancer in front of the service does. */
export async function aDoorThatCloses(to: () => string): Promise<ClosingDoor> {
  const server: Server = createServer((request, response) => {
    const handOn = async () => {
      const body = await buffer(request);
      const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
      const init = { method: request.method ?? 'POST', headers: headers as Record<string, string>, body };
      const answer = await fetch(to() + (request.url ?? ''), init);
      response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
    };
    if (door.shut) request.socket.destroy();
    else handOn().catch(() => response.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const door: ClosingDoor = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shut: false,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
  return door;
}
