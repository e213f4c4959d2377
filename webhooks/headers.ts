import type { IncomingMessage } from 'node:http';
import type { Headers } from '../src/commerce/inbound-platform.js';

/** As they came: names in lower case, a header that came twice with both values (node joins or drops them else). */
export function headersOf(request: Pick<IncomingMessage, 'rawHeaders'>): Headers {
  const headers: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    const name = (request.rawHeaders[i] as string).toLowerCase();
    const value = request.rawHeaders[i + 1] as string;
    const before = headers[name];
    headers[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return headers;
}

/** The value of the first of the names that is there; of a doubled header the first, which `isAnyDoubled` refuses later. */
export function headerOf(headers: Headers, ...names: string[]): string | null {
  for (const name of names) {
    const value = headers[name];
    const first = typeof value === 'object' ? value[0] : value;
    if (first !== undefined && first !== '') return first;
  }
  return null;
}

/** A header that came twice could be read differently by whoever looked before us: such a delivery is not genuine. */
export function isAnyDoubled(headers: Headers, names: Iterable<string>): boolean {
  for (const name of names) if (Array.isArray(headers[name])) return true;
  return false;
}

/** What is kept of a header: plain ASCII of a sane length. */
export function isPlain(value: string, most = 200): boolean {
  return value.length <= most && /^[\x21-\x7e]+$/.test(value);
}
