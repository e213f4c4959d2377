import type { Customer, Discount, Minor, RefusalReason } from './model.js';

/** The rules a platform's checkout keeps about a code; only the binding differs between the platforms. */
export function refusalOf(
  discount: Discount | undefined,
  buyer: { customer: Customer | null; email: string | null },
  basket: { items: Minor; products: readonly string[] },
  now: number,
): RefusalReason | null {
  if (!discount || discount.status === 'trash') return 'unknown';
  if (discount.status === 'ended' || (discount.endsAt !== null && now >= discount.endsAt)) return 'ended';
  if (now < discount.startsAt) return 'not-yet';
  if (discount.limit !== null && discount.uses >= discount.limit) return 'used-up';
  if (!mayUse(discount, buyer)) return 'other-customer';
  const mine = discount.usedBy.filter((who) => who === buyer.customer?.id || who === buyer.email?.toLowerCase()).length;
  if (discount.limitPerCustomer !== null && mine >= discount.limitPerCustomer) return 'used-up';
  if (basket.items < discount.minimum) return 'minimum';
  if (discount.products && !basket.products.some((id) => discount.products?.includes(id))) return 'products';
  return null;
}

function mayUse(discount: Discount, buyer: { customer: Customer | null; email: string | null }): boolean {
  if (discount.customers && !discount.customers.includes(buyer.customer?.id ?? '')) return false;
  if (discount.emails.length === 0) return true;
  const own = [buyer.customer?.email, buyer.email].flatMap((email) => (email ? [email.trim().toLowerCase()] : []));
  return discount.emails.some((allowed) => own.some((email) => matches(allowed.toLowerCase(), email)));
}

/** `*` stands for anything, as in WooCommerce's e-mail restrictions. */
function matches(allowed: string, email: string): boolean {
  const pattern = allowed.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`).test(email);
}
