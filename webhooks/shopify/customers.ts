import { z } from 'zod';
import type { CustomerState, Reading } from '../../src/commerce/inbound-platform.js';
import { instant, textOrNull } from '../shapes.js';
import { gid, identified, idOf } from './ids.js';

const customerBody = z.object({
  ...identified('Customer'),
  updated_at: instant,
  email: textOrNull(320),
  phone: textOrNull(50),
  first_name: textOrNull(100),
  last_name: textOrNull(100),
  verified_email: z.boolean().nullish(),
  tags: z.string().nullish(),
});

/** `customers/create|update|enable|disable`. Without access to protected data all but the id is null. */
export function readCustomer(body: unknown): Reading {
  const customer = customerBody.parse(body);
  const id = idOf(customer);
  if (id === null) return { kind: 'nothing', why: 'the customer says no id' };
  const name = [customer.first_name, customer.last_name].filter((part) => part !== null).join(' ');
  const state: CustomerState = {
    id,
    at: customer.updated_at,
    email: customer.email,
    phone: customer.phone,
    name: name === '' ? null : name,
    emailVerified: customer.email !== null && customer.verified_email === true,
    roles: [],
    // newer versions leave them out of the body
    tags: customer.tags?.split(',').flatMap((tag) => tag.trim() || []) ?? null,
  };
  return { kind: 'customer', customer: state };
}

const deletedBody = z.object(identified('Customer'));

/** `customers/delete`. */
export function readCustomerRemoved(body: unknown): Reading {
  const id = idOf(deletedBody.parse(body));
  return id === null ? { kind: 'nothing', why: 'the customer says no id' } : { kind: 'customer-removed', id };
}

const mergeBody = z.object({
  admin_graphql_api_customer_kept_id: gid('Customer'),
  admin_graphql_api_customer_deleted_id: gid('Customer').nullish(),
  status: z.string(),
});

/** `customers/merge`: only a merge that was carried out is one. */
export function readMerge(body: unknown): Reading {
  const merge = mergeBody.parse(body);
  const gone = merge.admin_graphql_api_customer_deleted_id;
  if (gone === null || gone === undefined || /fail|error|progress|request/i.test(merge.status)) {
    return { kind: 'nothing', why: 'the customers were not merged' };
  }
  return { kind: 'customers-merged', kept: merge.admin_graphql_api_customer_kept_id, gone };
}

const aboutBody = z.object({ customerId: gid('Customer').nullish() });

/** Topics in the newer form, which name the customer by gid and say little: `customer.tags_added` and its like. */
export function readCustomerPoke(body: unknown): Reading {
  const customer = aboutBody.parse(body).customerId;
  if (customer === null || customer === undefined) return { kind: 'nothing', why: 'it names no customer' };
  return { kind: 'poke', what: 'customer', id: customer };
}
