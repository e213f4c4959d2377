import { describe, expect, test } from '@jest/globals';
import { woocommerce } from '../../webhooks/woocommerce/index.js';

const STORE = {
  ...{ id: '1', program: '1', key: 'k', source: 'https://shop.example.com/', zone: 'UTC' },
  money: { code: 'EUR', exponent: 2 },
};
const read = (action: string, arg: unknown) => woocommerce.read(`action.${action}`, { action, arg }, STORE);

describe('A2 what the companion plugin says', () => {
  test('an order or a review that changed is read through the shop', () => {
    expect(read('woocommerce_tallymark_order_changed', 52)).toEqual({ kind: 'poke', what: 'order', id: '52' });
    expect(read('woocommerce_tallymark_review_changed', 101)).toEqual({ kind: 'poke', what: 'review', id: '101' });
  });

  test('that the owner disconnected, with when: a word that comes after a new connection is late', () => {
    expect(read('woocommerce_tallymark_disconnected', { at: '2026-11-22T12:00:00Z' })).toEqual({
      kind: 'uninstalled',
      at: Date.UTC(2026, 10, 22, 12),
    });
    expect(() => read('woocommerce_tallymark_disconnected', {})).toThrow();
    expect(() => read('woocommerce_tallymark_disconnected', { at: 'yesterday' })).toThrow();
  });

  test('that a person is to be erased, with the orders that lead to them; a guest has no account', () => {
    expect(read('woocommerce_tallymark_person_erased', { customer: '7', orders: ['52', 53] })).toEqual({
      kind: 'redact-customer',
      customer: '7',
      orders: ['52', '53'],
    });
    expect(read('woocommerce_tallymark_person_erased', { customer: '0', orders: ['52'] })).toMatchObject({
      customer: '0',
    });
    expect(() => read('woocommerce_tallymark_person_erased', { customer: 'x', orders: [] })).toThrow();
    expect(() => read('woocommerce_tallymark_person_erased', { orders: ['1'] })).toThrow();
  });

  test('its deliveries name no webhook of the shop’s, and are never told apart by their bodies', () => {
    const body = Buffer.from('{"action":"woocommerce_tallymark_order_changed","arg":52}');
    const headers = {
      'x-wc-webhook-topic': 'action.woocommerce_tallymark_order_changed',
      'x-wc-webhook-id': 'tallymark',
    };
    expect(woocommerce.claim({ headers, body, token: 'k' })).toMatchObject({
      kind: 'delivery',
      store: 'k',
      key: null,
      subject: 'order:52',
    });
  });

  test('those of a copy of the site are refused, whatever it signs with', () => {
    const from = (source: string) =>
      woocommerce.isElsewhere?.(
        { headers: { 'x-wc-webhook-source': source }, body: Buffer.from(''), token: 'k' },
        STORE,
      );
    expect(from('http://www.shop.example.com')).toBe(null);
    expect(from('https://staging.shop.example.com/')).toMatch(/not the one that was connected/);
  });
});
