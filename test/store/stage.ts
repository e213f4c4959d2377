import { randomBytes } from 'node:crypto';
import { type OurService, startOurService } from './our-service.js';
import { type Keys, TheirStore } from './their-store.js';

/** A scenario cannot be played in this store: said with the reason, neither passed nor failed. */
export class CannotPlay extends Error {}

export interface Order {
  id: number;
  total: string;
  line_items: { id: number; quantity: number; total: string; total_tax: string; taxes: { id: number }[] }[];
}

/** What every scenario stands on: one product, one member, the service, and what is expected of it. */
export interface Stage {
  home: string;
  ours: OurService;
  theirs: TheirStore;
  product: number;
  member: { id: string; email: string; login: string; password: string };
  country: string;
  state: string;
  /** Points for lines of so much without tax, by the starter's rules: one for each whole unit of money. */
  pointsFor(net: number): number;
  /** Points that an order gave and took, after catching up. */
  given(order: number): Promise<number>;
  available(): Promise<number>;
  /** An order of the member by REST, completed unless said otherwise. */
  order(more?: Record<string, unknown>): Promise<Order>;
  check(what: string, got: unknown, wanted: unknown): void;
}

export const netOf = (order: Order): number => order.line_items.reduce((sum, line) => sum + Number(line.total), 0);

export async function openStage(
  access: { url: string } & Keys,
  check: Stage['check'],
): Promise<Stage & { close(): Promise<string[]> }> {
  const ours = await startOurService(access);
  const theirs = new TheirStore(access);
  const close = async () => {
    const stayed = await theirs.leaveNothing();
    await ours.close();
    return stayed;
  };
  try {
    return { ...(await furnish(access.url, ours, theirs)), check, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function furnish(home: string, ours: OurService, theirs: TheirStore): Promise<Omit<Stage, 'check'>> {
  const per = ours.money.exponent === 0 ? 100 : 1;
  const run = randomBytes(4).toString('hex');
  const person = {
    login: `tallymark-${run}`,
    email: `tallymark-${run}@example.com`,
    password: randomBytes(18).toString('base64url'),
  };
  const { value = '' } = await theirs.read<{ value?: string }>('settings/general/woocommerce_default_country');
  const product = await theirs.make('products', {
    name: `Tallymark test ${run}`,
    type: 'simple',
    virtual: true,
    regular_price: String(24 * per),
    catalog_visibility: 'hidden',
    reviews_allowed: true,
  });
  const { id } = await theirs.make('customers', {
    email: person.email,
    username: person.login,
    password: person.password,
  });
  const member = { ...person, id: String(id) };
  await ours.storefront.join(ours.shopper(member.id), { consentText: null, referral: null, order: null });
  return {
    home,
    ours,
    theirs,
    product: product.id,
    member,
    country: value.split(':')[0] ?? '',
    state: value.split(':')[1] ?? '',
    pointsFor: (net) => Math.floor(net / per + 1e-9),
    async given(order) {
      await ours.catchUp();
      const { lines } = await ours.storefront.history(ours.shopper(member.id), { after: null, limit: 100 });
      const own = lines.filter(({ cause }) => cause.kind === 'order' && cause.id.endsWith(`/${order}`));
      return own.reduce((sum, { points }) => sum + Number(points), 0);
    },
    async available() {
      const { balances } = await ours.storefront.memberView(ours.shopper(member.id));
      return Number(balances['points']?.available ?? 0);
    },
    order: (more = {}) =>
      theirs.make<Order & Record<string, unknown>>('orders', {
        status: 'completed',
        set_paid: true,
        customer_id: id,
        billing: { email: member.email, first_name: 'Tally', last_name: 'Mark' },
        line_items: [{ product_id: product.id, quantity: 2 }],
        ...more,
      }),
  };
}
