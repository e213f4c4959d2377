import { describe, expect, it } from '@jest/globals';
import { deskPage } from '../../../src/http/desk/pages.js';

/** T12: who may show the desk in a frame is said by each page of it, and nobody else may. */
const BUILT = { files: new Map(), script: 'desk-1.js', style: 'desk-1.css' };
const policyOf = (shop: string | null) => {
  const { headers } = deskPage(BUILT, shop === null ? null : { shop, apiKey: 'key' });
  const policy = headers?.['content-security-policy'];
  return new Map(
    String(policy)
      .split('; ')
      .map((one) => [one.split(' ')[0], one.split(' ').slice(1)]),
  );
};

describe('T12: the desk in a frame', () => {
  it('stands alone in nobody’s', () => expect(policyOf(null).get('frame-ancestors')).toEqual(["'none'"]));

  it('of a shop only in that shop’s admin', () =>
    expect(policyOf('brambles.myshopify.com').get('frame-ancestors')).toEqual([
      'https://brambles.myshopify.com',
      'https://admin.shopify.com',
    ]));

  it.each([null, 'brambles.myshopify.com'])('runs no script that it did not bring, for %s', (shop) => {
    const policy = policyOf(shop);
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.get('script-src')).toEqual(["'self'", ...(shop === null ? [] : ['https://cdn.shopify.com'])]);
    expect([policy.get('base-uri'), policy.get('form-action')]).toEqual([["'none'"], ["'none'"]]);
  });
});
