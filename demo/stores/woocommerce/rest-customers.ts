import { json } from '../serve.js';
import { Refusal, type Customer } from '../shop/model.js';
import type { Shop } from '../shop/shop.js';
import { ordered, paged } from './paging.js';
import { customerJson } from './represent-others.js';
import { input, type Route } from './routes.js';

interface CustomerInput {
  email?: string;
  first_name?: string;
  last_name?: string;
  meta_data?: { key: string; value: unknown }[];
}

export function customerRoutes(shop: Shop): Route[] {
  const customer = (id = '') => {
    const found = shop.customer(id);
    if (!found) throw new Refusal('woocommerce_rest_invalid_id', 404, 'Invalid resource ID.');
    return found;
  };
  const names = (wish: CustomerInput) => ({
    ...(wish.email === undefined ? {} : { email: wish.email }),
    ...(wish.first_name === undefined ? {} : { firstName: wish.first_name }),
    ...(wish.last_name === undefined ? {} : { lastName: wish.last_name }),
  });
  const update = (found: Customer, wish: CustomerInput): Customer => {
    for (const { key, value } of wish.meta_data ?? []) {
      // protected, as WordPress calls it: neither written nor shown
      if (key.startsWith('_')) continue;
      if (value === null) delete found.meta[key];
      else found.meta[key] = { id: found.meta[key]?.id ?? shop.newId(), value: String(value), type: 'text' };
    }
    return shop.changeCustomer(found.id, names(wish));
  };
  return [
    [
      'GET',
      /^customers$/,
      (request, _ids, face) => {
        const email = request.query.get('email')?.toLowerCase();
        const include = request.query.get('include')?.split(',');
        const found = shop.state.customers
          .filter((each) => email === undefined || each.email.toLowerCase() === email)
          .filter((each) => include === undefined || include.includes(each.id));
        return paged(
          request,
          ordered(request, found, (each) => Number(each.id)),
          (each) => customerJson(each, face),
          face.home,
        );
      },
    ],
    [
      'POST',
      /^customers$/,
      (request, _ids, face) =>
        json(201, customerJson(shop.addCustomer({ email: '', ...names(input<CustomerInput>(request)) }), face)),
    ],
    ['GET', /^customers\/(\d+)$/, (_request, [id], face) => json(200, customerJson(customer(id), face))],
    [
      'PUT',
      /^customers\/(\d+)$/,
      (request, [id], face) => json(200, customerJson(update(customer(id), input<CustomerInput>(request)), face)),
    ],
    [
      'POST',
      /^customers\/batch$/,
      (request, _ids, face) => {
        const { update: wishes = [] } = input<{ update?: (CustomerInput & { id: number })[] }>(request);
        return json(200, { update: wishes.map((wish) => customerJson(update(customer(String(wish.id)), wish), face)) });
      },
    ],
    [
      'DELETE',
      /^customers\/(\d+)$/,
      (_request, [id], face) => {
        const shown = customerJson(customer(id), face);
        shop.removeCustomer(id ?? '');
        return json(200, shown);
      },
    ],
  ];
}
