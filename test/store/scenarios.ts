import { intention } from './our-service.js';
import { CannotPlay, netOf, type Order, type Stage } from './stage.js';
import { type Address, Visitor } from './visitor.js';

/** What is played in the store, in this order. */
export const SCENARIOS: Record<string, (stage: Stage) => Promise<void>> = {
  'an order of a member gives what its cart was promised': promiseKept,
  'an order of a guest gives nobody points': guest,
  'unpaid, then completed': unpaid,
  'refunds by line, by amount, and one deleted': refunds,
  'status set to refunded': refundedByStatus,
  'cancelled and completed again': cancelled,
  'an order edited': edited,
  'three orders at once': together,
  'a review held, approved, made spam': review,
  'points as money off: held, used, given back when cancelled': redemption,
  'points held and let go': undone,
  'block checkout: guest and member, with a code of their own': blockCheckout,
};

async function promiseKept({ ours, member, product, pointsFor, given, order, check }: Stage): Promise<void> {
  const placed = await order();
  const exponent = 10 ** ours.money.exponent;
  const lines = placed.line_items.map((line) => ({
    id: String(line.id),
    product: String(product),
    quantity: line.quantity,
    net: Math.round(Number(line.total) * exponent),
    tax: Math.round(Number(line.total_tax) * exponent),
    discount: 0,
    categories: [],
    tags: [],
    kind: 'product' as const,
  }));
  const cart = { currency: ours.money.code, channel: 'web', lines, shipping: { net: 0, tax: 0 } };
  const promised = await ours.storefront.preview(ours.shopper(member.id), cart);
  check('promised in the cart', Number(promised.earn['points'] ?? 0), pointsFor(netOf(placed)));
  check('given for the order', await given(placed.id), pointsFor(netOf(placed)));
}

async function guest({ given, order, check }: Stage): Promise<void> {
  const placed = await order({ customer_id: 0 });
  check('given', await given(placed.id), 0);
}

async function unpaid({ theirs, pointsFor, given, order, check }: Stage): Promise<void> {
  const placed = await order({ status: 'on-hold', set_paid: false });
  check('while on hold', await given(placed.id), 0);
  await theirs.change(`orders/${placed.id}`, { status: 'completed' });
  check('completed', await given(placed.id), pointsFor(netOf(placed)));
}

async function refunds({ theirs, pointsFor, given, order, check }: Stage): Promise<void> {
  const placed = await order();
  const [line] = placed.line_items;
  if (!line) throw new Error('the order has no line');
  const half = Number(line.total) / 2;
  const tax = Number(line.total_tax) / 2;
  await theirs.add(`orders/${placed.id}/refunds`, {
    amount: (half + tax).toFixed(2),
    api_refund: false,
    line_items: [
      {
        id: line.id,
        quantity: 1,
        refund_total: half,
        refund_tax: line.taxes.map(({ id }) => ({ id, refund_total: tax })),
      },
    ],
  });
  check('one of two came back', await given(placed.id), pointsFor(half));
  const rest = Number(placed.total) / 2;
  const byAmount = await theirs.add<{ id: number }>(`orders/${placed.id}/refunds`, {
    amount: (rest / 2).toFixed(2),
    api_refund: false,
  });
  check('half of the rest by amount', await given(placed.id), pointsFor(half / 2));
  await theirs.remove(`orders/${placed.id}/refunds/${byAmount.id}`);
  check('that refund deleted', await given(placed.id), pointsFor(half));
}

async function refundedByStatus({ theirs, pointsFor, given, order, check }: Stage): Promise<void> {
  const placed = await order();
  check('given', await given(placed.id), pointsFor(netOf(placed)));
  await theirs.change(`orders/${placed.id}`, { status: 'refunded' });
  check('refunded', await given(placed.id), 0);
}

async function cancelled({ theirs, pointsFor, given, order, check }: Stage): Promise<void> {
  const placed = await order();
  check('given', await given(placed.id), pointsFor(netOf(placed)));
  await theirs.change(`orders/${placed.id}`, { status: 'cancelled' });
  check('cancelled', await given(placed.id), 0);
  await theirs.change(`orders/${placed.id}`, { status: 'completed' });
  check('completed again', await given(placed.id), pointsFor(netOf(placed)));
}

async function edited({ theirs, pointsFor, given, order, check }: Stage): Promise<void> {
  const placed = await order();
  await given(placed.id);
  const [line] = placed.line_items;
  const half = Number(line?.total) / 2;
  const lines = [{ id: line?.id, quantity: 1, total: half.toFixed(2), subtotal: half.toFixed(2) }];
  await theirs.change(`orders/${placed.id}`, { line_items: lines });
  check('one piece less', await given(placed.id), pointsFor(half));
}

async function together({ pointsFor, given, order, check }: Stage): Promise<void> {
  const placed: Order[] = await Promise.all([order(), order(), order()]);
  for (const one of placed) check(`order ${one.id}`, await given(one.id), pointsFor(netOf(one)));
}

async function review({ ours, theirs, product, member, available, check }: Stage): Promise<void> {
  const written = { product_id: product, review: 'Good.', reviewer: 'Tally', reviewer_email: member.email, rating: 5 };
  await ours.catchUp();
  const before = await available();
  const { id } = await theirs.make('products/reviews', { ...written, status: 'hold' });
  for (const [status, gives] of [
    ['hold', 0],
    ['approved', 20],
    ['spam', 0],
  ] as const) {
    await theirs.change(`products/reviews/${id}`, { status });
    await ours.catchUp();
    check(status, (await available()) - before, gives);
  }
}

interface Coupon {
  amount: string;
  usage_limit: number;
  email_restrictions: string[];
}

/** Five units of money off for 100 points, on a cart of 48. */
async function redeem({
  ours,
  theirs,
  member,
  available,
}: Stage): Promise<{ id: string; code: string; coupon: Coupon }> {
  await ours.catchUp();
  if ((await available()) < 100) throw new Error('the member has too few points by now: the scenarios before failed');
  const unit = ours.money.exponent === 0 ? 100 : 10 ** ours.money.exponent;
  const line = { id: '1', product: null, quantity: 1, net: 48 * unit, tax: 0, discount: 0, categories: [], tags: [] };
  const cart = {
    currency: ours.money.code,
    channel: 'web',
    lines: [{ ...line, kind: 'product' as const }],
    shipping: { net: 0, tax: 0 },
  };
  const wish = { reward: 'five-off', points: null, cart, key: intention(), hash: Buffer.alloc(32) };
  const held = await ours.storefront.redeem(ours.shopper(member.id), wish);
  await ours.catchUp();
  const made = await ours.storefront.findRedemption(ours.shopper(member.id), held.id);
  const code = made?.code ?? '';
  const [coupon] = await theirs.read<Coupon[]>('coupons', { code: code.toLowerCase() });
  if (!coupon) throw new Error(`no coupon came: ${JSON.stringify(made)}`);
  return { id: held.id, code, coupon };
}

async function redemption(stage: Stage): Promise<void> {
  const { ours, theirs, member, available, order, given, check } = stage;
  const { id, code, coupon } = await redeem(stage);
  const before = await available();
  check('coupon: once, for this member alone', [coupon.usage_limit, coupon.email_restrictions], [1, [member.email]]);
  const placed = await order({ coupon_lines: [{ code }] });
  await given(placed.id);
  const state = async () => (await ours.storefront.findRedemption(ours.shopper(member.id), id))?.state;
  check('after the order', await state(), 'captured');
  await theirs.change(`orders/${placed.id}`, { status: 'cancelled' });
  check('points of the cancelled order', await given(placed.id), 0);
  check('points are back', (await available()) - before, 100);
  check('the coupon is gone', (await theirs.read<unknown[]>('coupons', { code: code.toLowerCase() })).length, 0);
}

async function undone(stage: Stage): Promise<void> {
  const { ours, theirs, member, available, check } = stage;
  const { id, code } = await redeem(stage);
  const before = await available();
  await ours.storefront.undo(ours.shopper(member.id), id);
  await ours.catchUp();
  check('points are back', (await available()) - before, 100);
  check('the coupon is gone', (await theirs.read<unknown[]>('coupons', { code: code.toLowerCase() })).length, 0);
}

/** Ways to pay that take no money. */
const PAY_LATER = ['cod', 'bacs', 'cheque'];

async function blockCheckout(stage: Stage): Promise<void> {
  const { home, theirs, product, member, country, state, given, check } = stage;
  const place = async (visitor: Visitor, email: string): Promise<number> => {
    const cart = await visitor.api('GET', 'cart');
    const offered = (cart.body as { payment_methods?: string[] }).payment_methods ?? [];
    const payment = PAY_LATER.find((way) => offered.includes(way));
    if (!payment) throw new CannotPlay('no way to pay later (cash, transfer, cheque) is switched on');
    const address: Address = { country, state, email };
    const done = await visitor.checkout(address, payment);
    const { order_id: id } = done.body as { order_id?: number };
    if (done.status !== 200 || !id)
      throw new CannotPlay(`the checkout says ${done.status}: ${JSON.stringify(done.body).slice(0, 200)}`);
    theirs.note(`orders/${id}`);
    return id;
  };
  const { id, code } = await redeem(stage);
  const stranger = new Visitor(home);
  const taken = await stranger.take(product, 2);
  if (taken.status !== 201) throw new CannotPlay(`the Store API says ${taken.status} when a product is taken`);
  const refused = await stranger.api('POST', 'cart/apply-coupon', { code });
  check('a guest with the member’s code', refused.status < 300, false);
  check('guest’s order', await given(await place(stranger, 'tallymark-guest@example.com')), 0);
  const own = new Visitor(home);
  if (!(await own.signIn(member.login, member.password))) {
    await stage.ours.storefront.undo(stage.ours.shopper(member.id), id);
    throw new CannotPlay('the store’s sign-in form is not WordPress’s own: the member’s checkout was left out');
  }
  await own.take(product, 2);
  const applied = await own.api('POST', 'cart/apply-coupon', { code });
  check('the member with the code', applied.status, 200);
  const order = await place(own, member.email);
  check('not paid yet', await given(order), 0);
  await theirs.change(`orders/${order}`, { status: 'completed' });
  const placed = await theirs.read<Order>(`orders/${order}`);
  check('completed', await given(order), stage.pointsFor(netOf(placed)));
  const { state: at } = (await stage.ours.storefront.findRedemption(stage.ours.shopper(member.id), id)) ?? {};
  check('the code is used', at, 'captured');
}
