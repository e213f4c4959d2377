import { json } from '../serve.js';
import { Refusal } from '../shop/model.js';
import type { Shop } from '../shop/shop.js';
import { createCoupon, updateCoupon, type CouponInput } from './coupons.js';
import { ordered, paged } from './paging.js';
import { couponJson } from './represent-others.js';
import { force, input, type Route } from './routes.js';

export function couponRoutes(shop: Shop): Route[] {
  const coupon = (id = '') => {
    const found = shop.state.discounts.find((each) => each.id === id);
    if (!found) throw new Refusal('woocommerce_rest_shop_coupon_invalid_id', 404, 'Invalid ID.');
    return found;
  };
  return [
    [
      'GET',
      /^coupons$/,
      (request, _ids, face) => {
        const code = request.query.get('code')?.toLowerCase();
        const found = shop.state.discounts.filter(
          (each) => each.status !== 'trash' && (code === undefined || each.code === code),
        );
        return paged(
          request,
          ordered(request, found, (each) => each.created),
          (each) => couponJson(each, face),
          face.home,
        );
      },
    ],
    [
      'POST',
      /^coupons$/,
      (request, _ids, face) => json(201, couponJson(createCoupon(shop, input<CouponInput>(request)), face)),
    ],
    ['GET', /^coupons\/(\d+)$/, (_request, [id], face) => json(200, couponJson(coupon(id), face))],
    [
      'PUT',
      /^coupons\/(\d+)$/,
      (request, [id], face) => json(200, couponJson(updateCoupon(shop, coupon(id), input<CouponInput>(request)), face)),
    ],
    [
      'DELETE',
      /^coupons\/(\d+)$/,
      (request, [id], face) => {
        const discount = coupon(id);
        const shown = couponJson(discount, face);
        if (force(request)) shop.state.discounts = shop.state.discounts.filter((each) => each !== discount);
        else discount.status = 'trash';
        shop.tell({ kind: 'discount-deleted', discount });
        return json(200, shown);
      },
    ],
  ];
}
