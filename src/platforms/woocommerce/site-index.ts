import http from 'node:http';
import https from 'node:https';
import { type Guard, guardedAgents } from '../guarded-agent.js';

const LARGEST = 5 * 1024 * 1024;

/** The public index of a site's REST API (`/wp-json/`), read without credentials; it alone tells the site's time zone. */
export function siteIndex(shop: URL, guard: Guard, timeoutMs = 10_000): Promise<unknown> {
  const agents = guardedAgents(guard);
  const target = `${shop.href.replace(/\/$/, '')}/wp-json/`;
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    const take = (answer: http.IncomingMessage): void => {
      const parts: Buffer[] = [];
      let length = 0;
      answer.on('data', (part: Buffer) => {
        length += part.length;
        if (length > LARGEST) answer.destroy(new Error('the answer is too long'));
        else parts.push(part);
      });
      answer.on('error', reject);
      answer.on('end', () => {
        try {
          if (answer.statusCode !== 200) throw new Error(`answered ${answer.statusCode}`);
          resolve(JSON.parse(Buffer.concat(parts).toString('utf8')));
        } catch (error) {
          reject(error as Error);
        }
      });
    };
    const secure = target.startsWith('https:');
    const request = secure
      ? https.get(target, { agent: agents.httpsAgent, signal }, take)
      : http.get(target, { agent: agents.httpAgent, signal }, take);
    request.on('error', reject);
  });
}
