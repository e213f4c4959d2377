import type { Occurrence } from '../shop/model.js';
import { couponJson, customerJson, productJson } from './represent-others.js';
import { orderJson, type Face } from './represent.js';

/** One webhook to send: the topic, what it is about, and what its body will be when it is sent. */
export interface Delivery {
  topic: string;
  about: string;
  /** Further copies that the shop's own queue does not fold together. */
  copy?: number;
  body(): unknown;
}

const action = (name: string, arg: unknown, about = String(arg)): Delivery => ({
  topic: `action.${name}`,
  about,
  body: () => ({ action: name, arg }),
});

/** Which webhooks WooCommerce sends for what happened, in the order it sends them. */
export function deliveriesOf(it: Occurrence, face: Face): Delivery[] {
  return 'order' in it ? ofOrder(it, face) : ofOther(it, face);
}

/** The order as it is when the webhook leaves; an order that is gone by then gives a signed error. */
const orderDelivery = (id: string, event: string, copy: number, face: Face): Delivery => ({
  topic: `order.${event}`,
  about: id,
  copy,
  body: () => {
    const found = face.shop.state.orders.find((each) => each.id === id);
    if (found) return orderJson(found, face);
    return { code: 'woocommerce_rest_shop_order_invalid_id', message: 'Invalid ID.', data: { status: 404 } };
  },
});

function buyer(id: string | null, face: Face): Delivery[] {
  const customer = face.shop.customer(id);
  if (!customer) return [];
  return [{ topic: 'customer.updated', about: customer.id, body: () => customerJson(customer, face) }];
}

function ofOrder(it: Extract<Occurrence, { order: unknown }>, face: Face): Delivery[] {
  const about = (id: string, event: string, copy = 0): Delivery => orderDelivery(id, event, copy, face);
  switch (it.kind) {
    case 'order-created': {
      const { id } = it.order;
      const fromCart = it.via !== 'rest-api' && it.via !== 'admin';
      const both = [about(id, 'created'), about(id, 'updated')];
      const paid = it.order.paid === null ? [] : [action('woocommerce_payment_complete', Number(id))];
      const done = it.order.completed === null ? [] : [action('woocommerce_order_status_completed', Number(id))];
      return [
        ...(fromCart ? both.reverse() : both),
        ...buyer(it.order.customer, face),
        ...paid,
        ...done,
        action('woocommerce_order_status_changed', Number(id)),
      ];
    }
    case 'order-paid':
    case 'order-completed':
    case 'order-cancelled': {
      const { id } = it.order;
      const own = {
        'order-paid': 'woocommerce_payment_complete',
        'order-completed': 'woocommerce_order_status_completed',
        'order-cancelled': 'woocommerce_order_status_cancelled',
      }[it.kind];
      const last = it.kind === 'order-completed' ? [about(id, 'updated', 2)] : [];
      return [
        about(id, 'updated'),
        action('woocommerce_order_status_changed', Number(id)),
        ...buyer(it.order.customer, face),
        action(own, Number(id)),
        about(id, 'updated', 1),
        ...last,
      ];
    }
    case 'order-updated':
      return [about(it.order.id, 'updated')];
    case 'order-trashed':
      return [
        action('woocommerce_trash_order', Number(it.order.id)),
        { topic: 'order.deleted', about: it.order.id, body: () => ({ id: Number(it.order.id) }) },
      ];
    case 'order-restored':
      return [about(it.order.id, 'restored'), action('woocommerce_order_status_changed', Number(it.order.id))];
    case 'order-deleted':
      return [action('woocommerce_delete_order', Number(it.order.id))];
    case 'refund-created': {
      const { id, status } = it.order;
      const full = status === 'refunded';
      const changed = full ? [action('woocommerce_order_status_changed', Number(id))] : [];
      const kind = full ? 'woocommerce_order_fully_refunded' : 'woocommerce_order_partially_refunded';
      return [
        action(kind, Number(id)),
        about(id, 'updated'),
        ...changed,
        action('woocommerce_refund_created', Number(it.refund.id)),
        action('woocommerce_order_refunded', Number(id)),
      ];
    }
    // It is silent about deleted refunds (before 11.2) and leaves disputes to the gateways.
    case 'refund-deleted':
    case 'dispute-changed':
      return [];
  }
}

function ofOther(it: Exclude<Occurrence, { order: unknown }>, face: Face): Delivery[] {
  switch (it.kind) {
    case 'customer-created':
      return [
        { topic: 'customer.created', about: it.customer.id, body: () => customerJson(it.customer, face) },
        ...buyer(it.customer.id, face),
      ];
    case 'customer-updated':
      return buyer(it.customer.id, face);
    case 'customer-deleted':
      return [{ topic: 'customer.deleted', about: it.customer.id, body: () => ({ id: Number(it.customer.id) }) }];
    case 'product-created':
    case 'product-updated':
      return [
        { topic: `product.${it.kind.slice(8)}`, about: it.product.id, body: () => productJson(it.product, face) },
      ];
    case 'review-changed': {
      if (!it.byRest) return [];
      const name = it.deleted ? 'woocommerce_rest_delete_review' : 'woocommerce_rest_insert_product_review';
      return [action(name, commentRow(it.review), it.review.id)];
    }
    case 'discount-created':
    case 'discount-updated':
      return [
        { topic: `coupon.${it.kind.slice(9)}`, about: it.discount.id, body: () => couponJson(it.discount, face) },
      ];
    case 'discount-deleted':
      return [{ topic: 'coupon.deleted', about: it.discount.id, body: () => ({ id: Number(it.discount.id) }) }];
    case 'customers-merged':
      return [];
  }
}

/** `arg` of the two review actions is the whole comment row, as text. */
function commentRow(review: {
  id: string;
  product: string;
  name: string;
  email: string;
  text: string;
  status: string;
  created: number;
  customer: string | null;
}): Record<string, string> {
  const at = new Date(review.created).toISOString().slice(0, 19).replace('T', ' ');
  return {
    comment_ID: review.id,
    comment_post_ID: review.product,
    comment_author: review.name,
    comment_author_email: review.email,
    comment_date: at,
    comment_date_gmt: at,
    comment_content: review.text,
    comment_approved: { approved: '1', hold: '0', spam: 'spam', trash: 'trash' }[review.status] ?? '0',
    comment_type: 'review',
    comment_parent: '0',
    user_id: review.customer ?? '0',
  };
}
