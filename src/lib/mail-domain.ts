import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Clock, Millis } from './clock.js';

/**
 * What the DNS says of a domain that mails come from, as whoever receives them looks at it:
 * SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489, its parents walked as receivers do).
 */
export interface MailRecord {
  record: 'spf' | 'dkim' | 'dmarc';
  /**
   * `several` = more than one SPF record, which is as good as none; `refuses` = SPF that lets nobody send; `hidden` = keys are
   * there under a name that only the sender's signature tells; `unreachable` = the DNS did not answer.
   */
  state: 'there' | 'missing' | 'several' | 'refuses' | 'hidden' | 'unreachable';
  /** Where it stands, or would stand. */
  host: string;
  /** What was read there. */
  saw: string | null;
  /** A value that would do, where one can be told from outside. */
  value: string | null;
}

export interface MailDomain {
  domain: string;
  records: MailRecord[];
  at: Millis;
}

export type LookUpMailDomain = (from: string) => Promise<MailDomain | null>;

interface Wishes {
  clock: Clock;
  /** The mail server's own name, which an SPF record would let send. */
  server: string | null;
  /** Asks the machine's own name servers unless told others. */
  resolver?: () => Resolver;
}

const PATIENCE_MS = 4_000;
const ALL_THERE_MS = 10 * 60_000;
const STILL_LACKING_MS = 20_000;
/** Names under which usual senders sign. */
const SELECTORS =
  'default dkim mail smtp email key1 google selector1 selector2 s1 s2 k1 k2 k3 fm1 fm2 fm3 pm zoho protonmail mandrill mailjet brevo';

/** Looks a sender's domain up, and remembers the answer for some minutes. The look never fails and never takes longer than four seconds. */
export function mailDomainLookup({
  clock,
  server,
  resolver = () => new Resolver({ timeout: 1_500, tries: 2 }),
}: Wishes): LookUpMailDomain {
  let last: { domain: string; answer: Promise<MailDomain>; until: Millis } | null = null;
  return async (from) => {
    const domain = domainOf(from);
    if (domain === null) return null;
    if (last?.domain === domain && clock.now() < last.until) return last.answer;
    const answer = lookUp(domain, { from, server, resolver: resolver() }).then((records) => ({
      ...{ domain, records, at: clock.now() },
    }));
    const mine = (last = { domain, answer, until: clock.now() + ALL_THERE_MS });
    const { records } = await answer;
    if (records.some(({ state }) => state !== 'there' && state !== 'hidden'))
      mine.until = clock.now() + STILL_LACKING_MS;
    return answer;
  };
}

/** "Bean Club <points@bean.example>" -> "bean.example"; null where no DNS could know it. */
export function domainOf(from: string): string | null {
  const [, domain] = /@([\p{L}\p{N}.-]+\.[\p{L}\p{N}-]*\p{L}[\p{L}\p{N}-]*)\.?>?\s*$/u.exec(from) ?? [];
  return domain === undefined ? null : domain.toLowerCase();
}

interface Look {
  from: string;
  server: string | null;
  resolver: Resolver;
}

async function lookUp(domain: string, look: Look): Promise<MailRecord[]> {
  const late = setTimeout(() => look.resolver.cancel(), PATIENCE_MS);
  try {
    return await Promise.all([spf(domain, look), dkim(domain, look), dmarc(domain, look)]);
  } finally {
    clearTimeout(late);
  }
}

/** `none` = the name does not exist; an empty list = it does, without a text. */
type Texts = string[] | 'none' | 'unreachable';

async function textsAt(resolver: Resolver, host: string): Promise<Texts> {
  try {
    return (await resolver.resolveTxt(host)).map((parts) => parts.join(''));
  } catch (error) {
    const { code } = Object(error) as { code?: unknown };
    return code === 'ENOTFOUND' ? 'none' : code === 'ENODATA' ? [] : 'unreachable';
  }
}

async function spf(domain: string, { resolver, server }: Look): Promise<MailRecord> {
  const texts = await textsAt(resolver, domain);
  const ours = Array.isArray(texts) ? texts.filter((text) => /^v=spf1(\s|$)/i.test(text)) : [];
  const state =
    texts === 'unreachable'
      ? 'unreachable'
      : ours.length > 1
        ? 'several'
        : ours.length === 0
          ? 'missing'
          : /^v=spf1\s+-all\s*$/i.test(ours[0] ?? '')
            ? 'refuses'
            : 'there';
  const value = `v=spf1 ${server === null ? 'mx' : allowing(server)} ~all`;
  return { record: 'spf', state, host: domain, saw: ours.join('\n') || null, value };
}

/** RFC 7208, 5.3 and 5.6: a name is looked up by `a`, an address stands for itself. */
const allowing = (server: string): string => `${{ 4: 'ip4', 6: 'ip6' }[isIP(server)] ?? 'a'}:${server}`;

async function dkim(domain: string, { resolver }: Look): Promise<MailRecord> {
  const beneath = `_domainkey.${domain}`;
  const hosts = SELECTORS.split(' ').map((selector) => `${selector}.${beneath}`);
  const [all, ...each] = await Promise.all([beneath, ...hosts].map((host) => textsAt(resolver, host)));
  const isKey = (text: string) => /(^|;)\s*p=\s*[^;\s]/i.test(text);
  for (const [at, texts] of each.entries()) {
    const key = Array.isArray(texts) ? texts.find(isKey) : undefined;
    if (key !== undefined)
      return { record: 'dkim', state: 'there', host: hosts[at] ?? beneath, saw: key.slice(0, 60), value: null };
  }
  // a name that has names beneath it exists, though nothing stands there itself (RFC 8020)
  const state = all === 'unreachable' ? 'unreachable' : all === 'none' ? 'missing' : 'hidden';
  return { record: 'dkim', state, host: beneath, saw: null, value: null };
}

async function dmarc(domain: string, { resolver, from }: Look): Promise<MailRecord> {
  const labels = domain.split('.');
  const parents = labels.slice(0, -1).map((_, at) => `_dmarc.${labels.slice(at).join('.')}`);
  const host = parents[0] ?? `_dmarc.${domain}`;
  const value = `v=DMARC1; p=none; rua=mailto:${/[^\s<>]+@[^\s<>]+/.exec(from)?.[0] ?? `postmaster@${domain}`}`;
  for (const parent of parents.slice(0, 5)) {
    const texts = await textsAt(resolver, parent);
    if (texts === 'unreachable') return { record: 'dmarc', state: 'unreachable', host, saw: null, value };
    const policy = Array.isArray(texts) ? texts.find((text) => /^v=DMARC1\s*(;|$)/i.test(text)) : undefined;
    if (policy !== undefined) return { record: 'dmarc', state: 'there', host: parent, saw: policy, value };
  }
  return { record: 'dmarc', state: 'missing', host, saw: null, value };
}
