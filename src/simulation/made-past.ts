import type { Minor, OrderLine, Refund } from '../commerce/order.js';
import type { Millis } from '../lib/clock.js';
import { inForce } from '../loyalty/rule-sets.js';
import type { Known, KnownMember, KnownOrder, KnownReservation, RuleVersion } from '../rules/known.js';
import type { ProgramRules, RewardRule } from '../rules/program-rules.js';
import type { Past, PastPage, Question } from './compare-past.js';
import { Dice } from './dice.js';
import type { Draft } from './draft.js';

/** How much of a past is made, and by which dice: the same seed makes the same past. */
export interface Making {
  members: number;
  seed: number;
  now: Millis;
}

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** A year and a half: birthdays, years of tiers and most ends of points lie within. */
const DAYS = 540;
const PAGE = 50;

/** How people buy: their share of all, the days between two orders, and how much of a basket they fill. */
const HABITS = [
  { share: 40, gap: 2_000, basket: 0.9 },
  { share: 33, gap: 110, basket: 1 },
  { share: 20, gap: 35, basket: 1.1 },
  { share: 7, gap: 12, basket: 0.8 },
];

/**
 * A plausible past for a shop that has none yet: people who join over a year and a half, most of whom buy once or seldom and
 * some often; refunds, cancellations, friends, reviews, and wishes to redeem what the rules offer. It sells what they name,
 * beside other things. `rules` = all that it is to be compared by. Members stand for themselves: page by page, nothing is kept.
 */
export function madePast(rules: readonly ProgramRules[], making: Making): Past {
  return {
    recorded: false,
    total: async () => making.members,
    *pages() {
      for (let first = 0; first < making.members; first += PAGE) {
        yield madePage(rules, making, first, Math.min(first + PAGE, making.members));
      }
    },
  };
}

/**
 * A draft beside the published rules over a made past. Such a shop has had its program all along: rules that begin today would
 * give nothing for the very past that they are shown on.
 */
export function overMadePast(
  published: readonly RuleVersion[],
  draft: Draft,
  making: Making,
): Pick<Question, 'past' | 'published' | 'draft'> {
  const always = published.map((version) => ({ ...version, rules: sinceEver(version.rules) }));
  const drafted = { ...draft, rules: sinceEver(draft.rules) };
  return {
    past: madePast([inForce(always, making.now).rules, drafted.rules], making),
    published: always,
    draft: drafted,
  };
}

const sinceEver = ({ starts: _, ...rules }: ProgramRules): ProgramRules => rules;

/** Members `first` up to, not including, `end`. */
export function madePage(rules: readonly ProgramRules[], making: Making, first: number, end: number): PastPage {
  const known: Known = {
    ...{ rules: [], members: [], links: [], claims: [], merges: [], orders: [], reviews: [] },
    ...{ referrals: [], reservations: [], adjustments: [], visits: [], deeds: [] },
  };
  const shop = shopOf(rules);
  for (let number = first; number < end; number++) {
    new Life(known, shop, making, number).live(number > first ? String(number - 1) : null);
  }
  return { known, family: new Set(known.members.map(({ id }) => id)) };
}

type Article = Pick<OrderLine, 'product' | 'categories' | 'tags'>;

/** What the rules name, each in one category and with one tag of theirs, and as much again that they do not. */
function shelfOf(rules: readonly ProgramRules[]): Article[] {
  const wheres = rules
    .flatMap(({ earning, promotions, rewards, stamps }) => [...earning, ...promotions, ...rewards, ...stamps])
    .map(({ where }) => where ?? {});
  const all = (name: 'products' | 'categories' | 'tags') => [...new Set(wheres.flatMap((where) => where[name] ?? []))];
  const [products, categories, tags] = [all('products'), all('categories'), all('tags')];
  for (const { membership } of rules) if (membership) products.push(membership.product);
  const plain = Math.max(4, products.length, categories.length, tags.length);
  const named = Math.max(products.length, categories.length, tags.length);
  const at = (names: string[], i: number) => (names[i] === undefined ? [] : [names[i]]);
  return Array.from({ length: named + plain }, (_, i) => ({
    product: products[i] ?? `made-${i}`,
    categories: at(categories, i),
    tags: at(tags, i),
  }));
}

/** What people can do in the shop. */
interface Shop {
  shelf: readonly Article[];
  rewards: readonly RewardRule[];
  money: ProgramRules['money'];
}

function shopOf(rules: readonly ProgramRules[]): Shop {
  const rewards = new Map(rules.flatMap((one) => one.rewards.map((reward) => [reward.id, reward] as const)));
  return {
    shelf: shelfOf(rules),
    rewards: [...rewards.values()],
    money: rules[0]?.money ?? { code: 'EUR', exponent: 2 },
  };
}

/** One person's past, told by dice of their own. */
class Life {
  private readonly dice: Dice;
  private readonly habit: (typeof HABITS)[number];
  private readonly member: KnownMember;
  private readonly known: Known;
  private readonly shop: Shop;
  private readonly now: Millis;
  private orders = 0;

  constructor(known: Known, shop: Shop, { seed, now }: Making, number: number) {
    this.known = known;
    this.shop = shop;
    this.now = now;
    this.dice = new Dice(seed, number);
    this.habit = this.dice.weighted(HABITS);
    const joined = Math.floor(now - this.dice.between(1, DAYS) * DAY);
    const birthdays = this.dice.chance(0.4) ? [{ monthDay: this.dice.monthDay(), known: joined }] : [];
    this.member = { id: String(number), joined, mailbox: null, phone: null, birthdays };
  }

  private get customer(): string {
    return `made/${this.member.id}`;
  }

  live(neighbour: string | null): void {
    const { known, member, dice, customer } = this;
    known.members.push(member);
    known.links.push({ member: member.id, customer, at: member.joined });
    if (neighbour !== null && dice.chance(0.05)) {
      known.referrals.push({ id: `made-${member.id}`, at: member.joined, advocate: neighbour, customer });
    }
    let at = member.joined + dice.between(0, 2 * DAY);
    while (at < this.now) {
      this.buy(Math.floor(at));
      at += Math.max(HOUR, dice.exponential(this.habit.gap) * DAY);
    }
  }

  private buy(at: Millis): void {
    const { known, dice, member } = this;
    const id = `made/${member.id}-${++this.orders}`;
    const lines = Array.from({ length: dice.whole(1, 3) }, (_, i) => this.line(String(i + 1)));
    const net = lines.reduce((sum, line) => sum + line.net, 0);
    const wish = this.orders > 1 && dice.chance(0.3) ? this.wish(`${member.id}-${this.orders}`, at, net) : null;
    const order: KnownOrder = {
      ...{ id, at, store: 'made', channel: dice.chance(0.15) ? 'pos' : 'web', customer: this.customer },
      ...{ mailbox: null, phone: null, placed: at, paid: at, fulfilled: at + dice.whole(1, 4) * DAY, cancelled: null },
      ...{ test: false, money: this.shop.money, lines, shipping: { net: 0, tax: 0 }, tip: 0, outstanding: 0 },
      ...{ giftCardPaid: 0, refunds: [], disputes: [], redemptions: wish ? [{ id: wish.id, off: wish.off }] : [] },
      grants: {},
    };
    if (dice.chance(0.02)) order.cancelled = at + dice.whole(1, 48) * HOUR;
    else if (dice.chance(0.06)) order.refunds.push(this.refund(order));
    known.orders.push(order);
    if (wish) known.reservations.push(wish);
    if (dice.chance(0.05)) this.review(id, at, lines[0]?.product ?? '');
  }

  private line(id: string): OrderLine {
    const { dice, habit, shop } = this;
    const article = dice.one(shop.shelf);
    const quantity = dice.chance(0.2) ? dice.whole(2, 4) : 1;
    // around forty of the money's whole units an order; few orders are several times that
    const net = Math.max(1, Math.round(dice.around(20 * habit.basket, 0.6) * quantity * 10 ** shop.money.exponent));
    return { id, kind: 'product', ...article, quantity, net, tax: Math.round(net * 0.2), discount: 0 };
  }

  private refund({ placed, lines }: KnownOrder): Refund {
    const { dice } = this;
    const back = dice.chance(0.5) ? lines : lines.slice(0, 1);
    return {
      ...{ id: 'made', at: placed + dice.whole(2, 25) * DAY, shipping: { net: 0, tax: 0 }, amount: 0, failed: null },
      lines: back.map(({ id, quantity, net, tax }) => ({ line: id, quantity, net, tax })),
    };
  }

  /** A reward that they would like on this order; whether they can have it is for the rules to say. */
  private wish(id: string, at: Millis, cart: Minor): KnownReservation | null {
    const { dice, shop, member } = this;
    if (shop.rewards.length === 0) return null;
    const reward = dice.one(shop.rewards);
    if (reward.minCart !== undefined && cart < reward.minCart) return null;
    const { points, off } = this.priceOf(reward, cart);
    if (off > cart) return null;
    const of = { member: member.id, at: at - 60_000, reward: reward.id, unit: reward.unit };
    return { id: `made-${id}`, ...of, points, off, released: null };
  }

  private priceOf(reward: RewardRule, cart: Minor): { points: number; off: Minor } {
    switch (reward.kind) {
      case 'slider': {
        const steps = Math.max(1, Math.ceil((reward.min ?? 0) / reward.step)) + this.dice.whole(0, 5);
        return { points: steps * reward.step, off: steps * reward.off };
      }
      case 'amount-off':
        return { points: reward.points, off: reward.off };
      default:
        return { points: reward.points, off: Math.min(cart, Math.ceil(cart / 10)) };
    }
  }

  private review(id: string, at: Millis, product: string): void {
    const written = at + this.dice.whole(3, 20) * DAY;
    if (written >= this.now) return;
    const of = { product, customer: this.customer, status: 'approved' as const, photo: this.dice.chance(0.3) };
    this.known.reviews.push({ id: `review-${id}`, at: written, written, ...of });
  }
}
