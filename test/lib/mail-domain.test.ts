import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { domainOf, mailDomainLookup } from '../../src/lib/mail-domain.js';
import { fakeDns, type FakeDns } from '../support/fake-dns.js';

/** G1: what the DNS lacks for our mails to arrive, told by asking it. */
const FROM = 'Bean Club <points@mail.bean.example>';
const KEY = `v=DKIM1; k=rsa; p=${'M'.repeat(300)}`;
let dns: FakeDns;
let now = 1_000;
afterEach(() => dns.close());

async function lookingAt(texts: Record<string, string[]>) {
  dns = await fakeDns(texts);
  now = 1_000;
  return mailDomainLookup({ clock: { now: () => now }, server: 'smtp.bean.example', resolver: dns.resolver });
}
const statesOf = async (texts: Record<string, string[]>) => {
  const look = await lookingAt(texts);
  const seen = await look(FROM);
  dns.close();
  return Object.fromEntries((seen?.records ?? []).map(({ record, state }) => [record, state]));
};

describe('the domain that mail goes out from', () => {
  test('each record is told by what receivers make of it', async () => {
    const fine = {
      'mail.bean.example': ['other=1', 'v=spf1 include:x.example ~all'],
      's1._domainkey.mail.bean.example': [KEY],
    };
    const policy = { '_dmarc.bean.example': ['v=DMARC1; p=none'] };
    expect(await statesOf({ ...fine, ...policy })).toEqual({ spf: 'there', dkim: 'there', dmarc: 'there' });
    expect(await statesOf(fine)).toEqual({ spf: 'there', dkim: 'there', dmarc: 'missing' });
    expect(await statesOf({})).toEqual({ spf: 'missing', dkim: 'missing', dmarc: 'missing' });
    const odd = {
      'mail.bean.example': ['v=spf1 mx ~all', 'V=SPF1 a -all'],
      '20231101._domainkey.mail.bean.example': [KEY],
      '_dmarc.mail.bean.example': ['v=DMARC1'],
    };
    expect(await statesOf(odd)).toEqual({ spf: 'several', dkim: 'hidden', dmarc: 'there' });
    const shut = { 'mail.bean.example': ['v=spf1 -all'], 'k1._domainkey.mail.bean.example': ['v=DKIM1; p='] };
    expect(await statesOf(shut)).toEqual({ spf: 'refuses', dkim: 'hidden', dmarc: 'missing' });
  });

  test('what to add says where and what; the answer is kept for minutes, a lack for seconds', async () => {
    const look = await lookingAt({});
    const [spf, , dmarc] = (await look(FROM))?.records ?? [];
    expect(spf).toMatchObject({ host: 'mail.bean.example', value: 'v=spf1 a:smtp.bean.example ~all', saw: null });
    expect(dmarc).toMatchObject({
      host: '_dmarc.mail.bean.example',
      value: 'v=DMARC1; p=none; rua=mailto:points@mail.bean.example',
    });
    expect(dns.asked).toContain('_dmarc.bean.example');
    const once = dns.asked.length;
    await Promise.all([look(FROM), look(FROM)]);
    expect(dns.asked).toHaveLength(once);
    now += 30_000;
    await look(FROM);
    expect(dns.asked).toHaveLength(2 * once);
    for (const [server, value] of [
      ['203.0.113.7', 'v=spf1 ip4:203.0.113.7 ~all'],
      ['2001:db8::7', 'v=spf1 ip6:2001:db8::7 ~all'],
    ] as const) {
      const byAddress = mailDomainLookup({ clock: { now: () => now }, server, resolver: dns.resolver });
      expect((await byAddress(FROM))?.records[0]?.value).toBe(value);
    }
  });

  test('a DNS that does not answer is said, soon, and fails nobody', async () => {
    const look = await lookingAt({});
    dns.fallSilent();
    const given = await Promise.race([look(FROM), sleep(30_000, null, { ref: false })]);
    expect(given?.records.map(({ state }) => state)).toEqual(['unreachable', 'unreachable', 'unreachable']);
  });

  test('of an address without a public domain nobody is asked', async () => {
    const look = await lookingAt({});
    for (const from of ['desk@localhost', 'desk@127.0.0.1', 'nobody']) expect(await look(from)).toBeNull();
    expect(dns.asked).toEqual([]);
    expect(domainOf('points@Bøn.example')).toBe('bøn.example');
  });
});
