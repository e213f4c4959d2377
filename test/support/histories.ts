import fc from 'fast-check';
import { type HistoryShape, programs } from './made-programs.js';
import type { Example, Fact } from './read-example.js';

/** A history in the words of the examples' format: what a program and its members may live through. */
export type History = Pick<Example, 'program' | 'history'>;

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 10, 9);
const written = (at: number): string => new Date(at).toISOString();

const line = fc.record({
  product: fc.constantFrom('beans', 'mug', 'leaf'),
  kind: fc.constantFrom('product', 'product', 'product', 'product', 'tip', 'gift-card'),
  categories: fc.subarray(['coffee', 'tea']),
  tags: fc.subarray(['sale']),
  quantity: fc.integer({ min: 1, max: 4 }),
  net: fc.oneof(fc.integer({ min: 1, max: 9999 }), fc.constantFrom(0, 1000, 2500)),
  tax: fc.integer({ min: 0, max: 500 }),
  discount: fc.constantFrom(0, 0, 250),
});

const happening = fc.record({
  what: fc.constantFrom(
    ...['order', 'order', 'order', 'order', 'refund', 'refund', 'part', 'part', 'cancel', 'dispute', 'win', 'fail'],
    ...['fulfil', 'reserve', 'reserve', 'release', 'adjust', 'visit', 'review', 'merge', 'claim', 'unpaid'],
  ),
  gap: fc.oneof(
    fc.integer({ min: 1, max: 3000 }),
    fc.integer({ min: 1, max: 40 }).map((days) => days * 1440),
  ),
  who: fc.nat(7),
  which: fc.nat(7),
  lines: fc.array(line, { minLength: 1, maxLength: 4 }),
  size: fc.integer({ min: 1, max: 100 }),
});
export type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** Rich histories of a few members: `history` is in order of happening; nothing arrives late (the laws see to that). */
export function histories(shape: HistoryShape = {}): fc.Arbitrary<History> {
  const happenings = fc.array(happening, { minLength: 2, maxLength: shape.most ?? 14 });
  return fc.tuple(programs(shape), happenings).map(([rules, all]) => {
    const writer = new HistoryWriter(shape.members ?? 3);
    for (const one of all) {
      if ((one.what === 'reserve' || one.what === 'release') && shape.redemptions === false) continue;
      if (one.what === 'merge' && shape.merges === false) continue;
      writer.write(one);
    }
    return { program: rules, history: writer.history };
  });
}

interface Draft {
  order: Fact;
  refunds: Record<string, unknown>[];
  disputes: Record<string, unknown>[];
}

/** Writes happenings down as facts; each change of an order is a whole new snapshot. */
class HistoryWriter {
  readonly history: Fact[] = [];
  private now = START;
  private readonly drafts: Draft[] = [];
  private readonly reserved: { id: string; member: string; used: boolean }[] = [];
  private readonly merged = new Set<string>();
  private readonly members: string[];

  constructor(members: number) {
    this.members = Array.from({ length: members }, (_, i) => `m${i}`);
    for (const [i, member] of this.members.entries()) {
      this.now += 60_000;
      this.tell({ kind: 'join', member, customers: [`c${i}`], birthday: '1990-02-14', email: `${member}@shop.test` });
    }
  }

  private tell(fact: Record<string, unknown> & { kind: string }): void {
    this.history.push({ ...fact, at: written(this.now) });
  }

  write(one: Happening): void {
    this.now += one.gap * 60_000;
    const member = this.members[one.who % this.members.length] ?? 'm0';
    const draft = this.drafts[one.which % Math.max(1, this.drafts.length)];
    const free = !this.merged.has(member);
    switch (one.what) {
      case 'order':
      case 'unpaid':
        return this.order(one, one.what === 'unpaid');
      case 'reserve':
        return free ? this.reserve(one, member) : undefined;
      case 'release': {
        const held = this.reserved[one.which % Math.max(1, this.reserved.length)];
        return held ? this.tell({ kind: 'release', redemption: held.id }) : undefined;
      }
      case 'adjust':
        return free ? this.adjust(one, member) : undefined;
      case 'visit':
        return free ? this.tell({ kind: 'visit', member }) : undefined;
      case 'review':
        return this.review(one);
      case 'merge':
        return this.merge(one);
      case 'claim':
        return draft && free ? this.tell({ kind: 'claim', order: draft.order.id, member }) : undefined;
      default:
        return draft ? this.change(draft, one) : undefined;
    }
  }

  private order(one: Happening, unpaid: boolean): void {
    const id = `O${this.drafts.length}`;
    const at = written(this.now);
    const mine = this.reserved.find((held) => !held.used && held.member === `m${one.who % this.members.length}`);
    const redemptions = mine && one.size > 30 ? [{ id: mine.id, off: one.size > 60 ? 500 : 120 }] : [];
    if (mine && redemptions.length > 0 && one.size < 90) mine.used = true;
    const order = {
      kind: 'order',
      id,
      at,
      customer: one.who === 7 ? null : `c${one.who % this.members.length}`,
      placed: at,
      paid: unpaid ? null : at,
      fulfilled: one.size % 2 === 0 ? at : null,
      channel: one.size % 3 === 0 ? 'pos' : 'web',
      lines: one.lines.map((of, i) => ({ id: String(i + 1), ...of })),
      shipping: { net: 495, tax: 104 },
      redemptions,
      giftCardPaid: one.size % 7 === 0 ? 300 : 0,
    };
    this.drafts.push({ order, refunds: [], disputes: [] });
    this.snapshot(this.drafts.at(-1));
  }

  private snapshot(draft: Draft | undefined): void {
    if (!draft) return;
    draft.order = { ...draft.order, refunds: [...draft.refunds], disputes: [...draft.disputes] };
    this.tell(draft.order);
  }

  private change(draft: Draft, one: Happening): void {
    const { order, refunds, disputes } = draft;
    const at = written(this.now);
    const id = `r${refunds.length}`;
    const lines = order.lines as { id: string; quantity: number; net: number; tax: number }[];
    const of = lines[one.who % lines.length];
    if (one.what === 'refund') refunds.push({ id, at, amount: one.size * 37 });
    else if (one.what === 'part' && of) {
      const quantity = 1 + (one.size % of.quantity);
      const share = (worth: number): number => Math.floor((worth * quantity) / of.quantity);
      refunds.push({ id, at, lines: [{ line: of.id, quantity, net: share(of.net), tax: share(of.tax) }] });
    } else if (one.what === 'cancel') order.cancelled ??= at;
    else if (one.what === 'dispute') disputes.push({ id: `d${disputes.length}`, kind: 'chargeback', opened: at });
    else if (one.what === 'win') for (const dispute of disputes) dispute.won ??= at;
    else if (one.what === 'fail') for (const refund of refunds.slice(-1)) refund.failed ??= at;
    else if (one.what === 'fulfil') order.fulfilled ??= at;
    order.paid ??= at;
    draft.refunds = refunds.map((refund) => ({ ...refund }));
    draft.disputes = disputes.map((dispute) => ({ ...dispute }));
    this.snapshot(draft);
  }

  private reserve(one: Happening, member: string): void {
    const id = `R${this.reserved.length}`;
    const reward = ['five', 'burn', 'slide'][one.which % 3];
    this.reserved.push({ id, member, used: false });
    this.tell({ kind: 'reserve', id, member, reward, cart: { lines: [{ id: '1', product: 'beans', net: 3000 }] } });
  }

  private adjust(one: Happening, member: string): void {
    const amount = one.size > 50 ? one.size : -one.size;
    this.tell({ kind: 'adjust', id: `A${this.history.length}`, member, unit: 'points', amount, reason: 'by hand' });
  }

  private review(one: Happening): void {
    const wrote = written(this.now - DAY);
    const status = ['approved', 'approved', 'spam', 'pending'][one.which % 4];
    const of = { id: `V${one.who}`, product: 'mug', customer: `c${one.who % this.members.length}` };
    this.tell({ kind: 'review', ...of, status, written: wrote, photo: one.size % 2 === 0 });
  }

  private merge(one: Happening): void {
    const [into, from] = this.members.filter((member) => !this.merged.has(member)).slice(one.who % 2);
    if (!into || !from) return;
    this.merged.add(from);
    this.tell({ kind: 'merge', from, into });
  }
}
