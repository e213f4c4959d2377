import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';

const TXT = 16;
const NO_SUCH_NAME = 3;

export interface FakeDns {
  /** Asks this server alone, and gives up soon. */
  resolver(): Resolver;
  /** What was asked, name by name. */
  asked: string[];
  /** From now on nobody gets an answer. */
  fallSilent(): void;
  close(): void;
}

/** A name server on loopback: texts by name, "no such name" for what is not beneath any, an empty answer for what has names beneath it. */
export async function fakeDns(texts: Readonly<Record<string, readonly string[]>>): Promise<FakeDns> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  let silent = false;
  let closed = false;
  socket.on('message', (query, { port }) => {
    const { name, end } = nameIn(query);
    asked.push(name);
    if (silent) return;
    const there = texts[name];
    const exists = Object.keys(texts).some((one) => one === name || one.endsWith(`.${name}`));
    const head = Buffer.alloc(12);
    query.copy(head, 0, 0, 2);
    head.writeUInt16BE(0x8180 | (exists ? 0 : NO_SUCH_NAME), 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(there?.length ?? 0, 6);
    socket.send(Buffer.concat([head, query.subarray(12, end + 4), ...(there ?? []).map(answer)]), port, '127.0.0.1');
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    asked,
    resolver() {
      const resolver = new Resolver({ timeout: 200, tries: 1 });
      resolver.setServers([`127.0.0.1:${socket.address().port}`]);
      return resolver;
    },
    fallSilent: () => void (silent = true),
    close() {
      if (!closed) socket.close();
      closed = true;
    },
  };
}

function nameIn(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let size = query[at] ?? 0; size > 0; size = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + size));
    at += 1 + size;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

/** A text as the wire has it: pieces of at most 255 signs. */
function answer(text: string): Buffer {
  const pieces = (text.match(/.{1,255}/g) ?? ['']).map((piece) => Buffer.from(`\0${piece}`, 'latin1'));
  for (const piece of pieces) piece[0] = piece.length - 1;
  const data = Buffer.concat(pieces);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(TXT, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
