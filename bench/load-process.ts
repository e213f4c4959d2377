import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { beChild } from './child.js';
import { instant } from './harness.js';
import { orderBody } from './order-body.js';
import { PEOPLE, programOf, SECRET, shopOf } from './population.js';

/** Sends signed orders over kept-alive connections of 127.0.0.1: plain sockets, because it shares the machine with what it loads. */
export interface LoadSettings {
  port: number;
  connections: number;
  /** Delivery keys are `<run>-<n>`. */
  run: string;
  /** Orders made beforehand; further ones are made while sending. */
  orders: number;
  /** Instead of making further ones, send those again under new keys. */
  again: boolean;
  /** Number of the first order. */
  first: number;
  shops: number;
}

export interface LoadReport {
  /** When each delivery was sent (open loop: when it should have been), epoch ms, by its number. */
  sent: Float64Array;
  /** How long each answer took, ms. */
  acks: Float64Array;
  /** From the first request to the last answer, s. */
  seconds: number;
  refused: number;
}

interface Prepared {
  body: Buffer;
  head: string;
}

function prepare({ first, shops }: LoadSettings, n: number): Prepared {
  const at = new Date().toISOString();
  const member = 1 + Math.floor(Math.random() * PEOPLE);
  const body = orderBody({ id: first + n, member, at });
  const signature = createHmac('sha256', SECRET).update(body).digest('base64');
  const head =
    `POST /webhooks/shopify HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n` +
    `X-Shopify-Topic: orders/paid\r\nX-Shopify-Shop-Domain: ${shopOf(programOf(member, shops))}\r\nX-Shopify-API-Version: 2026-10\r\n` +
    `X-Shopify-Triggered-At: ${at}\r\nX-Shopify-Hmac-Sha256: ${signature}\r\nX-Shopify-Webhook-Id: `;
  return { body, head };
}

/** One connection: asks, and calls back with the status when the answer is whole. */
interface Line {
  send(request: Prepared, key: string, onAnswer: (status: number) => void): void;
  end(): void;
}

async function openLine(port: number): Promise<Line> {
  let waiting: ((status: number) => void) | null = null;
  let got = '';
  const tell = (status: number) => {
    const one = waiting;
    [got, waiting] = ['', null];
    one?.(status);
  };
  const dial = async (): Promise<Socket> => {
    const made = connect({ host: '127.0.0.1', port, noDelay: true });
    await once(made, 'connect');
    made.on('data', (chunk) => {
      got += chunk.toString('latin1');
      if (isWhole(got)) tell(Number(got.slice(9, 12)));
    });
    made.on('error', () => {});
    made.on('close', () => tell(0));
    return made;
  };
  let socket = await dial();
  const write = ({ head, body }: Prepared, key: string) => {
    socket.cork();
    socket.write(`${head}${key}\r\n\r\n`, 'latin1');
    socket.write(body);
    socket.uncork();
  };
  return {
    send(request, key, onAnswer) {
      // a server lets go of connections that were idle while a backlog was worked off
      const redial = socket.destroyed || !socket.writable ? dial().then((made) => (socket = made)) : null;
      waiting = onAnswer;
      if (redial === null) write(request, key);
      else
        redial.then(
          () => write(request, key),
          () => tell(0),
        );
    },
    end: () => socket.destroy(),
  };
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const head = text.slice(0, end);
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  return length === undefined ? text.endsWith('\r\n0\r\n\r\n') : text.length >= end + 4 + Number(length);
}

beChild(async (settings: LoadSettings) => {
  const { run, connections, again } = settings;
  const prepared: (Prepared | undefined)[] = Array.from({ length: settings.orders }, (_, n) => prepare(settings, n));
  const lines = await Promise.all(Array.from({ length: connections }, () => openLine(settings.port)));
  let next = 0;

  const sendOne = (line: Line, at: number, report: Recorder, then: () => void) => {
    const n = next++;
    const place = again ? n % prepared.length : n;
    const request = prepared[place] ?? prepare(settings, n);
    if (!again && place < prepared.length) prepared[place] = undefined;
    line.send(request, `${run}-${n}`, (status) => {
      report.answered(n, at, status);
      then();
    });
  };

  return {
    /** As fast as answers come. */
    async saturate({ seconds }: { seconds: number }): Promise<LoadReport> {
      const report = record(next);
      const end = performance.now() + seconds * 1000;
      const drive = (line: Line): Promise<void> =>
        new Promise((done) => {
          const step = () => {
            if (performance.now() > end) return done();
            sendOne(line, instant(), report, step);
          };
          step();
        });
      await Promise.all(lines.map(drive));
      return report.done();
    },
    /** So many a second, whatever the answers do. */
    async steady({ rate, seconds }: { rate: number; seconds: number }): Promise<LoadReport> {
      const report = record(next);
      const idle = [...lines];
      const late: number[] = [];
      const all: Promise<void>[] = [];
      const start = instant();
      const put = (line: Line, at: number): Promise<void> =>
        new Promise((done) =>
          sendOne(line, at, report, () => {
            const waiting = late.shift();
            if (waiting === undefined) idle.push(line);
            else all.push(put(line, waiting));
            done();
          }),
        );
      for (let i = 0; i < rate * seconds; i++) {
        const at = start + (i * 1000) / rate;
        if (at - instant() > 0.5) await sleep(at - instant());
        const line = idle.shift();
        if (line) all.push(put(line, at));
        else late.push(at);
      }
      while (late.length > 0) await sleep(5);
      await Promise.all(all);
      return report.done();
    },
    async end() {
      for (const line of lines) line.end();
    },
  };
});

interface Recorder {
  answered(n: number, at: number, status: number): void;
  done(): LoadReport;
}

function record(first: number): Recorder {
  const sent: number[] = [];
  const acks: number[] = [];
  const start = instant();
  let refused = 0;
  return {
    answered(n, at, status) {
      sent[n - first] = at;
      acks.push(instant() - at);
      if (status !== 200) refused++;
    },
    done: () => ({
      sent: Float64Array.from(sent),
      acks: Float64Array.from(acks),
      seconds: (instant() - start) / 1000,
      refused,
    }),
  };
}
