import { lookup as resolveHost } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { AppError } from '../lib/errors.js';

export interface Guard {
  /** For development and tests alone: loopback and private addresses, plain http, any port. */
  allowPrivate: boolean;
  /** How a name becomes addresses; the system's resolver unless a test says otherwise. */
  resolve?: (host: string) => Promise<string[]>;
}

const PORTS = new Set(['', '443', '8443']);
const INTERNAL = /(^|\.)(localhost|local|internal|home\.arpa|lan|intranet|corp)$/;

const refused = (why: string): AppError =>
  new AppError('store_url_refused', 400, `This is not an address that a shop can have: ${why}.`);

/**
 * A store's address as its owner gave it, made safe to call: https on a usual port, a public name, no credentials, no
 * literal address, no query. Returns origin and path without a slash at the end. Throws AppError `store_url_refused`.
 */
export function checkStoreUrl(given: string, guard: Guard): URL {
  let url: URL;
  try {
    url = new URL(given.trim());
  } catch {
    throw refused('it is not a URL; write it like https://shop.example.com');
  }
  if (url.username || url.password) throw refused('it contains a user name or password');
  if (url.search || url.hash) throw refused('it contains a query');
  if (!guard.allowPrivate) checkPublic(url);
  else if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('it does not begin with https://');
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

function checkPublic(url: URL): void {
  if (url.protocol !== 'https:') throw refused('it does not begin with https://');
  if (!PORTS.has(url.port)) throw refused(`port ${url.port} is none of the usual ones`);
  const host = url.hostname.replace(/\.$/, '');
  // the URL parser has already turned 0x7f.1, 2130706433, fullwidth digits and the like into plain addresses
  if (host.startsWith('[') || ipaddr.isValid(host)) throw refused('it is a number instead of a name');
  if (!host.includes('.') || INTERNAL.test(host)) throw refused('the name belongs to a private network');
}

/** Public unicast, seen through IPv4-mapped; NAT64, 6to4 and Teredo hide an IPv4 address and are refused whole. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === 'unicast';
}

/**
 * Agents whose every connection goes to an address that was checked: the name is resolved once, each of its addresses
 * must be public, and the socket is opened to just these (so a second answer of the name server changes nothing).
 */
export function guardedAgents(guard: Guard): { httpAgent: http.Agent; httpsAgent: https.Agent } {
  const options = { keepAlive: true, maxSockets: 8, timeout: 15_000, lookup: checkedLookup(guard) };
  return { httpAgent: new http.Agent(options), httpsAgent: new https.Agent(options) };
}

function checkedLookup(guard: Guard): LookupFunction {
  return (host, options, done) => {
    addressesOf(host, guard)
      .then((addresses) => {
        if (!guard.allowPrivate && !addresses.every(isPublicAddress))
          throw refused('its name leads into a private network');
        const all = addresses.map((address) => ({ address, family: ipaddr.parse(address).kind() === 'ipv6' ? 6 : 4 }));
        const [first] = all;
        if (!first) throw refused('its name leads nowhere');
        if (options.all) done(null, all);
        else done(null, first.address, first.family);
      })
      .catch((error: unknown) => done(error instanceof Error ? error : new Error('lookup failed'), '', 4));
  };
}

async function addressesOf(host: string, guard: Guard): Promise<string[]> {
  if (guard.resolve) return guard.resolve(host);
  return new Promise((resolve, reject) => {
    resolveHost(host, { all: true, verbatim: true }, (error, found) =>
      error ? reject(error) : resolve(found.map((each) => each.address)),
    );
  });
}
