import { json, type Answer } from '../serve.js';
import type { Shop } from '../shop/shop.js';
import type { Route } from './routes.js';

const setting = (id: string, label: string, value: string, options?: Record<string, string>) => ({
  id,
  label,
  description: '',
  type: options ? 'select' : 'text',
  value,
  default: '',
  tip: '',
  placeholder: '',
  ...(options ? { options } : {}),
});

const REQUIRES = {
  '': 'No requirement',
  coupon: 'A valid free shipping coupon',
  min_amount: 'A minimum order amount',
  either: 'A minimum order amount OR coupon',
  both: 'A minimum order amount AND coupon',
};

const method = (id: number, kind: string, title: string, settings: Record<string, unknown>) => ({
  id,
  instance_id: id,
  title,
  order: id,
  enabled: true,
  method_id: kind,
  method_title: title,
  method_description: `<p>${title}</p>`,
  settings: { title: setting('title', 'Name', title), ...settings },
});

/** The delivery zones: a flat rate everywhere; in the shop's own zone free from an amount, by a coupon, or by either. */
export function shippingRoutes({ settings }: Shop): Route[] {
  const decimal = (minor: number): string => (minor / 10 ** settings.exponent).toFixed(settings.exponent);
  const flat = (id: number) =>
    method(id, 'flat_rate', 'Flat rate', { cost: setting('cost', 'Cost', decimal(settings.shippingPrice)) });
  const free = () => {
    const from = settings.freeShippingFrom;
    const requires = !settings.freeShippingByCode ? 'min_amount' : from === null ? 'coupon' : 'either';
    return method(3, 'free_shipping', 'Free shipping', {
      requires: setting('requires', 'Free shipping requires', requires, REQUIRES),
      min_amount: setting('min_amount', 'Minimum order amount', decimal(from ?? 0)),
      ignore_discounts: setting('ignore_discounts', 'Coupons discounts', 'no'),
    });
  };
  const isFree = () => settings.freeShippingByCode || settings.freeShippingFrom !== null;
  const methods: Record<string, () => unknown[]> = {
    0: () => [flat(1)],
    1: () => (isFree() ? [flat(2), free()] : [flat(2)]),
  };
  const noZone: Answer = json(404, {
    code: 'woocommerce_rest_shipping_zone_invalid',
    message: 'Resource does not exist.',
    data: { status: 404 },
  });
  return [
    [
      'GET',
      /^shipping\/zones$/,
      () =>
        json(200, [
          { id: 0, name: 'Rest of the world', order: 0 },
          { id: 1, name: 'Home', order: 0 },
        ]),
    ],
    [
      'GET',
      /^shipping\/zones\/(\d+)\/methods$/,
      (_request, [id]) => {
        const listed = methods[id ?? ''];
        return listed ? json(200, listed()) : noZone;
      },
    ],
  ];
}
