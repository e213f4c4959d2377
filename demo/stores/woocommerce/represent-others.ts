import { createHash } from 'node:crypto';
import type { Customer, Discount, Product, Review } from '../shop/model.js';
import { ADDRESS, dates, links, moneyOf, type Face } from './represent.js';

export function customerJson(customer: Customer, face: Face): Record<string, unknown> {
  const { zone } = face.shop.settings;
  return {
    id: Number(customer.id),
    ...dates('created', customer.created, zone),
    ...dates('modified', customer.modified, zone),
    email: customer.email,
    first_name: customer.firstName,
    last_name: customer.lastName,
    role: customer.role ?? 'customer',
    username: customer.email.split('@')[0],
    billing: { first_name: '', last_name: '', ...ADDRESS, email: '', phone: customer.phone },
    shipping: { first_name: '', last_name: '', ...ADDRESS, phone: '' },
    is_paying_customer: face.shop.state.orders.some((order) => order.customer === customer.id && order.paid !== null),
    avatar_url: '',
    meta_data: Object.entries(customer.meta).map(([key, { id, value }]) => ({ id: Number(id), key, value })),
    _links: links(face, `customers/${customer.id}`),
  };
}

export function productJson(product: Product, face: Face): Record<string, unknown> {
  const { zone } = face.shop.settings;
  const rating = face.shop.ratings(product.id);
  const slug = product.title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const price = moneyOf(face)(product.price);
  return {
    id: Number(product.id),
    name: product.title,
    slug,
    permalink: `${face.home}/product/${slug}/`,
    ...dates('created', product.created, zone),
    ...dates('modified', product.modified, zone),
    type: 'simple',
    status: 'publish',
    description: product.description,
    short_description: product.description,
    sku: product.sku,
    price,
    regular_price: moneyOf(face)(product.regularPrice ?? product.price),
    sale_price: product.regularPrice === undefined ? '' : price,
    on_sale: product.regularPrice !== undefined,
    purchasable: true,
    virtual: product.giftCard,
    tax_status: 'taxable',
    tax_class: '',
    reviews_allowed: true,
    average_rating: rating.average.toFixed(2),
    rating_count: rating.count,
    categories: product.categories.map((name) => ({ id: slugId(name), name, slug: name.toLowerCase() })),
    tags: product.tags.map((name) => ({ id: slugId(name), name, slug: name.toLowerCase() })),
    images: [{ id: Number(product.id), src: product.image, name: product.title, alt: product.title }],
    meta_data: [],
    stock_status: 'instock',
    _links: links(face, `products/${product.id}`),
  };
}

/** A stable number for a category or tag name. */
const slugId = (name: string): number => (createHash('md5').update(name).digest().readUInt16BE(0) % 900) + 100;

export function reviewJson(review: Review, face: Face): Record<string, unknown> {
  const { shop } = face;
  const bought = shop.state.orders.some(
    (order) =>
      order.email === review.email &&
      order.paid !== null &&
      order.lines.some((line) => line.product === review.product),
  );
  return {
    id: Number(review.id),
    ...dates('created', review.created, shop.settings.zone),
    product_id: Number(review.product),
    product_name: shop.product(review.product)?.title ?? '',
    product_permalink: `${face.home}/product/${review.product}/`,
    status: review.status,
    reviewer: review.name,
    reviewer_email: review.email,
    review: `<p>${review.text}</p>\n`,
    rating: review.rating,
    verified: bought,
    reviewer_avatar_urls: {},
    _links: {
      ...(links(face, `products/reviews/${review.id}`) as object),
      up: [{ href: `${face.home}/wp-json/wc/v3/products/${review.product}` }],
      ...(review.customer
        ? { reviewer: [{ embeddable: true, href: `${face.home}/wp-json/wp/v2/users/${review.customer}` }] }
        : {}),
    },
  };
}

export function couponJson(discount: Discount, face: Face): Record<string, unknown> {
  const money = moneyOf(face);
  const { zone } = face.shop.settings;
  return {
    id: Number(discount.id),
    code: discount.code,
    amount: discount.kind === 'percent' ? discount.percent.toFixed(2) : money(discount.off),
    status: discount.status === 'trash' ? 'trash' : 'publish',
    ...dates('created', discount.created, zone),
    ...dates('modified', discount.modified, zone),
    discount_type: discount.kind === 'percent' ? 'percent' : 'fixed_cart',
    description: discount.title,
    ...dates('expires', discount.endsAt, zone),
    usage_count: discount.uses,
    individual_use: false,
    product_ids: (discount.products ?? []).map(Number),
    excluded_product_ids: [],
    usage_limit: discount.limit,
    usage_limit_per_user: discount.limitPerCustomer,
    limit_usage_to_x_items: null,
    free_shipping: discount.kind === 'free-shipping',
    product_categories: [],
    excluded_product_categories: [],
    exclude_sale_items: false,
    minimum_amount: money(discount.minimum),
    maximum_amount: money(0),
    email_restrictions: discount.emails,
    used_by: discount.usedBy,
    meta_data: discount.meta.map(({ id, key, value }) => ({ id: Number(id), key, value })),
    _links: links(face, `coupons/${discount.id}`),
  };
}
