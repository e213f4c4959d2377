import type { Millis } from '../lib/clock.js';
import { redeemable } from '../rewards/index.js';
import type { Books } from '../rules/books.js';
import { Calendar, dateText } from '../rules/calendar.js';
import { grantParts, hasCeilings, type Holding } from '../rules/ceilings.js';
import { deedKey } from '../rules/deed-cases.js';
import type { Known, KnownDeed } from '../rules/known.js';
import type { ProgramRules } from '../rules/program-rules.js';
import { replay } from '../rules/replay.js';
import { partsOf, refusesSending } from '../rules/sending.js';
import { bearerRules } from '../rules/stickers.js';
import { type Difference, same, differencesOf, sameGifts } from './expectations.js';
import { type StoryOrder, orderAt, toCart, toOrder } from './story-orders.js';
import type { Step } from './story.js';

type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>;

const MINUTE = 60_000;

/** A story that cannot be told: it names what is not there, or goes back in time. */
export class StoryBroken extends Error {
  readonly fix: string;

  constructor(problem: string, fix: string) {
    super(problem);
    this.fix = fix;
  }
}

/** Whom a step speaks of. */
function whoIsIn(step: Step): string[] {
  const others = step.kind === 'send' ? [step.to] : step.kind === 'household' && step.head !== null ? [step.head] : [];
  return 'member' in step ? [step.member, ...others] : others;
}

/**
 * Tells a story to the pure rules, step by step. Each step gives what it expected and did not find.
 */
export class Teller {
  private readonly known: Known;
  private readonly calendar: Calendar;
  private readonly orders = new Map<string, StoryOrder>();
  private holdings: Holding[] = [];
  private now: Millis = -Infinity;
  private readonly rules: ProgramRules;

  constructor(published: ProgramRules, story: readonly Step[]) {
    // where stickers are handed out, a story is of somebody who holds them
    const rules = bearerRules(published);
    this.rules = rules;
    this.calendar = Calendar.of(rules.zone);
    this.known = {
      rules: [{ version: 1, from: -8e15, rules }],
      ...{ members: [], links: [], claims: [], merges: [], orders: [], reviews: [], referrals: [] },
      ...{ reservations: [], adjustments: [], visits: [], deeds: [] },
    };
    const first = story[0];
    if (!first) return;
    const begins = this.calendar.startOf(this.calendar.dayOf(this.instantOf(first.day)));
    const joining = new Set(story.flatMap((step) => (step.kind === 'join' ? [step.member] : [])));
    const all = new Set(story.flatMap(whoIsIn));
    for (const member of all) if (!joining.has(member)) this.join(member, begins, null);
  }

  tell(step: Step): Difference[] {
    const at = this.instantOf(step.day);
    const late = step.day.length > 10 ? at < this.now : this.dayOf(at) < this.dayOf(this.now);
    if (late) throw new StoryBroken('it comes after a later step', 'Tell a story in the order of its days.');
    this.now = Math.max(at, this.now + MINUTE);
    return this.live(step);
  }

  private dayOf(at: Millis): number {
    return at === -Infinity ? at : this.calendar.dayOf(at);
  }

  private live(step: Step): Difference[] {
    const { known, now } = this;
    switch (step.kind) {
      case 'order':
        return this.order(step);
      case 'refund':
        return this.refund(step);
      case 'cancel':
        this.orderOf(step.order).order.cancelled = now;
        return this.given(`order:${step.order}`, step.gives);
      case 'join':
        this.join(step.member, now, step.birthday ?? null);
        if (step.broughtBy !== undefined)
          known.referrals.push({ id: step.member, at: now, advocate: step.broughtBy, customer: step.member });
        return [];
      case 'visit':
        known.visits.push({ member: step.member, at: now });
        return [];
      case 'review':
        known.reviews.push({
          ...{ id: step.id, at: now, written: now, product: step.product, customer: step.member },
          ...{ status: 'approved', photo: step.photo },
        });
        return this.given(`review:${step.id}`, step.gives);
      case 'deed':
        return this.deed(step);
      case 'redeem':
        return this.redeem(step);
      case 'adjust': {
        const { id, member, unit, points } = step;
        known.adjustments.push({ id, member, at: now, unit, amount: points, reason: '' });
        return [];
      }
      case 'send':
        return this.send(step);
      case 'household':
        this.share(step);
        return [];
      case 'expect':
        return differencesOf(step, this.books().members[step.member], this.calendar);
    }
  }

  private join(member: string, at: Millis, birthday: string | null): void {
    const birthdays = birthday === null ? [] : [{ monthDay: birthday, known: at }];
    this.known.members.push({ id: member, joined: at, mailbox: null, phone: null, birthdays });
    this.known.links.push({ member, customer: member, at });
  }

  private order(step: StepOf<'order'>): Difference[] {
    if (this.orders.has(step.id))
      throw new StoryBroken(`there is an order ${step.id} already`, 'Give each an id of its own.');
    const when = (day: string | null = step.day) => (day === null ? null : Math.max(this.now, this.instantOf(day)));
    const off = (id: string) => {
      const held = this.known.reservations.find((one) => one.id === id);
      if (!held) throw new StoryBroken(`nothing was redeemed as ${id}`, 'Tell of it before, in a step of kind redeem.');
      return { id, off: held.off };
    };
    const order = toOrder(step, this.rules.money, this.now, step.uses.map(off));
    this.orders.set(step.id, { order, paid: when(step.paid), sent: when(step.sent) });
    return this.given(`order:${step.id}`, step.gives, step.reason);
  }

  private refund(step: StepOf<'refund'>): Difference[] {
    const { order } = this.orderOf(step.order);
    order.refunds.push({
      id: `${step.order}#${order.refunds.length + 1}`,
      at: this.now,
      lines: (step.lines ?? []).map(({ line, quantity, amount, tax }) => ({ line, quantity, net: amount, tax })),
      shipping: { net: 0, tax: 0 },
      amount: step.amount ?? 0,
      failed: null,
    });
    return this.given(`order:${step.order}`, step.gives);
  }

  private deed({ of, member, id, chosen, gives, reason }: StepOf<'deed'>): Difference[] {
    const { known, now } = this;
    const rule = this.rules.deeds.find((one) => one.id === of);
    if (!rule) throw new StoryBroken(`there is no deed ${of}`, 'Name one of rules.deeds.');
    const deed: KnownDeed = { kind: rule.kind, id: id ?? `${of}-${known.deeds.length + 1}`, of, member, at: now };
    if (rule.kind === 'own-day') deed.day = chosen ?? dateText(this.calendar.wallClock(now));
    known.deeds.push(deed);
    return this.given(deedKey(deed), gives, reason);
  }

  private redeem(step: StepOf<'redeem'>): Difference[] {
    const reward = this.rules.rewards.find(({ id }) => id === step.reward);
    if (!reward) throw new StoryBroken(`there is no reward ${step.reward}`, 'Name one of rules.rewards.');
    const of = this.books().members[step.member];
    const available = of?.units[reward.unit]?.available ?? 0n;
    const who = { now: this.now, isMember: of !== undefined, tier: of?.tier ?? null, available };
    const asked = step.points === undefined ? null : BigInt(step.points);
    const { points, off, binding } = redeemable(this.rules, reward, who, toCart(step, this.rules.money), asked);
    const granted = points > 0n || binding === null;
    if (granted) {
      const { id, member } = step;
      const held = { id, member, at: this.now, reward: reward.id, unit: reward.unit, points: Number(points), off };
      this.known.reservations.push({ ...held, released: null });
    }
    return [
      ...same('points that it takes', step.takes, granted ? Number(points) : 0),
      ...same('money that it takes off', step.off, granted ? off : 0),
      ...same('limit that refuses it', step.refused, granted ? 'none' : binding),
    ];
  }

  private send({ member, to, points, refused }: StepOf<'send'>): Difference[] {
    const { known, now: at, rules } = this;
    const unit = rules.sending?.unit ?? '';
    const of = this.books().members[member]?.units[unit];
    const sent = (known.sent ??= []);
    const before = sent.filter((one) => one.member === member);
    const binding = refusesSending(rules, points, { available: 0n, debt: 0n, ...of, before }, at);
    if (binding === null) {
      const id = String(sent.length + 1);
      sent.push({ id, member, at, unit, points });
      const usable = (of?.lots ?? []).filter((lot) => lot.matured);
      (known.received ??= []).push({ id, member: to, at, unit, parts: partsOf(usable, points) });
    }
    return same('limit that refuses it', refused, binding ?? 'none');
  }

  private share({ member, head }: StepOf<'household'>): void {
    const shared = (this.known.households ??= []);
    const now = shared.find((one) => one.until === null && one.member === member);
    if (head === null && now) now.until = this.now;
    else if (head !== null && !now && head !== member) shared.push({ member, head, from: this.now, until: null });
    else
      throw new StoryBroken(
        head === null ? `${member} is in no household` : `${member} cannot come into it`,
        'A member is in one household at most, and never in their own.',
      );
  }

  private orderOf(id: string): StoryOrder {
    const found = this.orders.get(id);
    if (!found) throw new StoryBroken(`there is no order ${id} before it`, 'Tell of the order first.');
    return found;
  }

  private given(activity: string, gives: Record<string, number> | undefined, reason?: string): Difference[] {
    if (gives === undefined && reason === undefined) {
      this.grant();
      return [];
    }
    const decision = this.books().decisions[activity];
    return [
      ...sameGifts(gives, decision?.gives ?? {}, this.rules.units),
      ...same('reason', reason, decision?.reason ?? 'none'),
    ];
  }

  /** The books as of now, by what was told so far. */
  private books(): Books {
    this.grant();
    return replay(this.known, this.now);
  }

  /** Parts of ceilings are taken in the order in which orders were paid. */
  private grant(): void {
    const { known, now } = this;
    known.orders = [...this.orders.values()].map((one) => orderAt(one, now));
    if (!hasCeilings(this.rules)) return;
    const there = new Set(this.holdings.map(({ order }) => order));
    const paid = [...this.orders.values()].filter(
      (one) => one.paid !== null && one.paid <= now && !there.has(one.order.id),
    );
    const arrived = paid.sort((a, b) => (a.paid ?? 0) - (b.paid ?? 0)).map(({ order }) => order.id);
    this.holdings.push(...arrived.map((order) => ({ order, held: {} })));
    const changed = new Map(
      grantParts(known, now, this.holdings, this.granted(), arrived).map((one) => [one.order, one]),
    );
    this.holdings = this.holdings.map((one) => changed.get(one.order) ?? one);
    for (const { order, held } of this.holdings) {
      const of = this.orders.get(order);
      if (of) of.order.grants = Object.fromEntries(Object.entries(held).map(([id, { part }]) => [id, Number(part)]));
    }
    known.orders = [...this.orders.values()].map((one) => orderAt(one, now));
  }

  private granted(): Map<string, bigint> {
    const sums = new Map<string, bigint>();
    for (const { held } of this.holdings)
      for (const [id, { part }] of Object.entries(held)) sums.set(id, (sums.get(id) ?? 0n) + part);
    return sums;
  }

  private instantOf(day: string): Millis {
    return this.calendar.instantOf(day.length > 10 ? day : `${day}T12:00`);
  }
}
