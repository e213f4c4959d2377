import type { Outcome } from './play.js';

/**
 * What each recorded scenario must come to, worked out by hand from its bodies: one point for each whole euro of the goods
 * after discounts, without tax, shipping and fees, rounded down once an order; 20 for an approved review. Customers are
 * 2 Anna, 3 Ben, 4 Cleo, 5 Dora, 6 Eve; who has nothing is not named.
 */
export interface Expected extends Outcome {
  arithmetic: string;
  money?: 'JPY';
}

const nothing = (arithmetic: string): Expected => ({ points: {}, decisions: {}, arithmetic });
const cleosOrder = (arithmetic: string): Expected => ({
  points: { '4': '19' },
  decisions: { 'order:65': 'earned 19' },
  arithmetic,
});
const BENS_FIVE = 'floor(0.33) + floor(0.99) + floor(1.65) + floor(1.32) + floor(0.66) = 0 + 0 + 1 + 1 + 0 = 2';
const ANNAS_REVIEW = 'the poll finds review 95 of Anna, approved since before: 20; 96 and 97 are a guest’s';
const REVIEWS: Outcome = {
  points: { '2': '20' },
  decisions: {
    'review:woocommerce:95': 'earned 20',
    'review:woocommerce:96': 'not-a-member',
    'review:woocommerce:97': 'not-a-member',
  },
};

export const EXPECTED: Record<string, Expected> = {
  '00-webhook-creation-ping': nothing('greetings say nothing'),
  '01-order-lifecycle': {
    points: { '2': '49' },
    decisions: { 'order:19': 'earned 49' },
    arithmetic: 'floor(39.98 + 9.95) = floor(49.93) = 49',
  },
  '03-order-guest': {
    points: {},
    decisions: { 'order:22': 'guest' },
    arithmetic: 'floor(24.00) = 24 for nobody: customer_id 0',
  },
  '03b-order-guest-with-registered-email': {
    points: {},
    decisions: { 'order:23': 'guest' },
    arithmetic: 'floor(24.00) = 24 for nobody: Anna’s address was typed, not proved; she may claim it',
  },
  '04-order-with-coupon': {
    points: { '2': '52' },
    decisions: { 'order:27': 'earned 52' },
    arithmetic:
      'floor(32.66 + 19.92) = floor(52.58) = 52, both coupons are off already; order 28 is a draft, so no order',
  },
  '05-order-with-fee': {
    points: { '2': '19' },
    decisions: { 'order:29': 'earned 19' },
    arithmetic: 'floor(19.99) = 19; the fees of 3.50 and -2.00 are no goods',
  },
  '06-order-shipping-tax-exclusive': {
    points: { '2': '103' },
    decisions: { 'order:30': 'earned 103' },
    arithmetic:
      'floor(35.99 + 21.59 + 44.99 + 0.90) = floor(103.47) = 103; tax 8.28 + 1.94 + 0.21, shipping 5.90 + 1.36 are out',
  },
  '08-refund-by-line-item': {
    points: { '2': '80' },
    decisions: { 'order:31': 'earned 80' },
    arithmetic: 'floor(29.26 - 14.63 + 19.81 + 44.99 + 0.73) = floor(94.79 - 14.63) = floor(80.16) = 80',
  },
  '11-refund-full-by-rest': {
    points: {},
    decisions: { 'order:31': 'refunded' },
    arithmetic: '110.73 - 18.00 - 92.73 = 0 is left of the order, so 0',
  },
  '12-refund-full-by-status': {
    points: {},
    decisions: { 'order:35': 'refunded' },
    arithmetic: 'floor(16.25) = 16; 19.99 of 19.99 back, so 0',
  },
  '13-order-cancelled': {
    points: {},
    decisions: { 'order:37': 'cancelled' },
    arithmetic: 'floor(19.99) = 19 while it was paid; cancelled, so 0',
  },
  '15-order-trashed-restored-deleted': {
    points: {},
    decisions: { 'order:39': 'cancelled' },
    arithmetic: 'floor(19.99) = 19, thrown away 0, restored 19, deleted for good 0',
  },
  '15b-order-force-deleted-directly': {
    points: {},
    decisions: { 'order:40': 'cancelled' },
    arithmetic: 'floor(19.99) = 19, deleted 0',
  },
  '16-order-jpy-decimals0': {
    money: 'JPY',
    points: { '3': '55' },
    decisions: { 'order:42': 'earned 55' },
    arithmetic: '54 + 1 = 55 yen, no decimals; a point a yen',
  },
  '18-order-100pct-coupon': {
    points: {},
    decisions: { 'order:46': 'zero-base' },
    arithmetic: '19.99 - 19.99 = 0.00',
  },
  '19-order-variation-line': {
    points: { '3': '32' },
    decisions: { 'order:47': 'earned 32' },
    arithmetic: 'floor(32.00) = 32',
  },
  '21-order-unusual-text': {
    points: { '3': '19' },
    decisions: { 'order:49': 'earned 19' },
    arithmetic: 'floor(19.99) = 19',
  },
  '30-customer-created-updated-deleted': nothing('no order; a deleted customer had nothing'),
  '31-customer-registered-on-storefront': nothing('no order'),
  '40-review-by-rest': {
    points: {},
    decisions: { 'review:woocommerce:94': 'not-approved' },
    arithmetic: 'held 0, approved 20, spam 0, approved 20, trash 0, approved 20, deleted 0',
  },
  '43-review-storefront-held-by-moderation': { ...REVIEWS, arithmetic: ANNAS_REVIEW },
  '44-held-review-approved': { ...REVIEWS, arithmetic: ANNAS_REVIEW },
  '50-product-updated': { ...REVIEWS, arithmetic: ANNAS_REVIEW },
  '60-same-second-many-orders': {
    points: { '3': '2' },
    decisions: {
      'order:60': 'rounds-to-zero',
      'order:61': 'rounds-to-zero',
      'order:62': 'earned 1',
      'order:63': 'earned 1',
      'order:64': 'rounds-to-zero',
    },
    arithmetic: BENS_FIVE,
  },
  '61-receiver-500-order.updated': {
    points: {},
    decisions: { 'order:65': 'not-paid' },
    arithmetic: '19.99 pending: 0',
  },
  '62-after-disable-receiver-ok': cleosOrder('two pokes, no body: read through the API, floor(19.99) = 19'),
  '63-reenabled-by-rest': cleosOrder('floor(19.99) = 19'),
  '64-fail-3-then-ok': cleosOrder('floor(19.99) = 19, told four times'),
  ...Object.fromEntries(
    ['201', '202', '204', '301', '302', '303', '304', '400', '401', '404', '409', '410', '429', '503'].map((status) => [
      `65-answer-${status}`,
      cleosOrder('floor(19.99) = 19'),
    ]),
  ),
  '66-slow-receiver-8s': cleosOrder('floor(19.99) = 19'),
  '67-ping-answered-401': cleosOrder('floor(19.99) = 19; the greetings say nothing'),
  '68-webhook-without-secret': cleosOrder('floor(19.99) = 19'),
  '70-store-api-guest-checkout': {
    points: {},
    decisions: { 'order:70': 'guest' },
    arithmetic: '39.98 + 9.95 for nobody, and not paid: cash on delivery',
  },
  '72-store-api-logged-in-with-restricted-coupon': {
    points: {},
    decisions: { 'order:73': 'not-paid' },
    arithmetic: '14.99 after the coupon; processing without a payment: 0',
  },
  '74-order-cancelled-gives-coupon-back': {
    points: {},
    decisions: { 'order:73': 'cancelled' },
    arithmetic: '14.99 never paid, now cancelled: 0',
  },
  '78-refund-of-shipping-only': {
    points: { '3': '34' },
    decisions: { 'order:5091': 'earned 34' },
    arithmetic: 'floor(14.22 + 20.64) = floor(34.86) = 34; the refund of 5.90 + 1.36 is shipping',
  },
};
