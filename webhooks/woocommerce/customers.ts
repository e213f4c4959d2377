import { z } from 'zod';
import type { CustomerState } from '../../src/commerce/inbound-platform.js';
import { gmt, id, textOrNull } from '../shapes.js';

const customerBody = z.object({
  id,
  date_created_gmt: gmt.nullish(),
  date_modified_gmt: gmt.nullish(),
  email: textOrNull(320),
  first_name: textOrNull(100),
  last_name: textOrNull(100),
  role: textOrNull(100),
  billing: z.object({ phone: textOrNull(50) }).nullish(),
});

/**
 * A customer of a webhook body or of `GET customers/<id>`. WooCommerce lets anybody register with any address, so the
 * mailbox is never verified. Throws zod's error.
 */
export function toCustomer(body: unknown): CustomerState {
  const customer = customerBody.parse(body);
  const name = [customer.first_name, customer.last_name].filter((part) => part !== null).join(' ');
  return {
    id: customer.id,
    at: customer.date_modified_gmt ?? customer.date_created_gmt ?? 0,
    email: customer.email,
    phone: customer.billing?.phone ?? null,
    name: name === '' ? null : name,
    emailVerified: false,
    roles: customer.role === null ? [] : [customer.role],
    tags: [],
  };
}
