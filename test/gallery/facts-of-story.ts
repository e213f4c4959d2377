import { Calendar } from '../../src/rules/calendar.js';
import type { ProgramFile } from '../../src/programs/program-file.js';
import type { Step } from '../../src/programs/story.js';
import type { Example, Fact } from '../support/read-example.js';

/** One step of a story as the platforms tell it, or what must be true then. */
export type Told = { at: number; fact: Fact; expected?: never } | { at: number; expected: Step; fact?: never };
type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const iso = (at: number): string => new Date(at).toISOString();

/** A story of a program file in the words of the loyalty format, which the players of examples understand. */
export function factsOf(id: string, { rules, name, examples }: ProgramFile): { example: Example; told: Told[] } {
  const story = examples.flatMap((one) => one.story);
  const teller = new Telling(Calendar.of(rules.zone));
  const told = story.flatMap((step) => [...brought(step, teller), teller.tell(step)]);
  const program = rules as unknown as Record<string, unknown>;
  const history = told.flatMap(({ fact }) => (fact ? [fact] : []));
  return { example: { id, title: name, program, history, expect: [] }, told };
}

/** Who was brought came by the other's link, just before they joined. */
function brought(step: Step, teller: Telling): Told[] {
  if (step.kind !== 'join' || step.broughtBy === undefined) return [];
  const { member, broughtBy: advocate, day } = step;
  return [teller.say(day, { kind: 'referral', id: `link-of-${member}`, advocate, customer: member })];
}

class Telling {
  private now = -Infinity;
  private readonly orders = new Map<string, Record<string, unknown>>();
  private readonly offs = new Map<string, number>();
  private readonly calendar: Calendar;

  constructor(calendar: Calendar) {
    this.calendar = calendar;
  }

  private pass(day: string): void {
    const at = this.calendar.instantOf(day.length > 10 ? day : `${day}T12:00`);
    // one year is lived: a story that begins before the last one ended would be told at the wrong time
    if (at < this.now - DAY)
      throw new Error(`${day} comes after a later day: put the stories in the order of their days`);
    this.now = Math.max(at, this.now + MINUTE);
  }

  tell(step: Step): Told {
    this.pass(step.day);
    const at = this.now;
    return step.kind === 'expect' ? { at, expected: step } : { at, fact: { at: iso(at), ...this.fact(step) } };
  }

  say(day: string, fact: { kind: string } & Record<string, unknown>): Told {
    this.pass(day);
    return { at: this.now, fact: { at: iso(this.now), ...fact } };
  }

  private fact(step: Exclude<Step, { kind: 'expect' }>): Omit<Fact, 'at'> & { kind: string } {
    switch (step.kind) {
      case 'join':
        return { kind: 'join', member: step.member, customers: [step.member], ...birthday(step.birthday) };
      case 'deed':
        return {
          kind: 'deed',
          id: step.id,
          member: step.member,
          of: step.of,
          chosen: step.chosen ?? step.day.slice(0, 10),
        };
      case 'order':
        return this.order(step);
      case 'refund':
        return this.refund(step);
      case 'cancel':
        return this.cancel(step);
      case 'review': {
        const { id, product, member } = step;
        return { kind: 'review', id, product, customer: member, status: 'approved', written: iso(this.now) };
      }
      case 'household':
        return { kind: 'household', member: step.member, head: step.head };
      case 'adjust':
        return { kind: 'adjust', id: step.id, member: step.member, unit: step.unit, points: step.points };
      case 'redeem': {
        const { id, member, reward, points, cart, off = 0 } = step;
        this.offs.set(id, off);
        return {
          kind: 'reserve',
          id,
          member,
          reward,
          points,
          cart: { lines: [{ id: '1', product: 'thing', net: cart }] },
        };
      }
      default:
        throw new Error(`no platform tells of a step of kind ${step.kind} here`);
    }
  }

  private order({ id, member, amount, lines, uses, shippingOff }: StepOf<'order'>) {
    const order = {
      ...(shippingOff !== undefined && { shippingOff: { amount: shippingOff, code: null } }),
      ...{ kind: 'order', id, customer: member, placed: iso(this.now), paid: iso(this.now), fulfilled: iso(this.now) },
      lines: (lines ?? [{ amount: amount ?? 0 }]).map(({ amount: net, ...line }, i) => {
        const { categories = [], tags = [] } = { categories: [] as string[], tags: [] as string[], ...line };
        return { id: String(i + 1), product: ['thing', ...categories, ...tags].join(' '), ...line, net };
      }),
      redemptions: uses.map((used) => ({ id: used, off: this.offs.get(used) ?? 0 })),
      refunds: [] as object[],
    };
    this.orders.set(id, order);
    return { ...order };
  }

  private cancel({ order: id }: StepOf<'cancel'>) {
    const order = this.orders.get(id) as ReturnType<Telling['order']> | undefined;
    if (!order) throw new Error(`no order ${id}`);
    Object.assign(order, { cancelled: iso(this.now) });
    return { ...order };
  }

  private refund({ order: id, amount, lines = [] }: StepOf<'refund'>) {
    const order = this.orders.get(id) as ReturnType<Telling['order']> | undefined;
    if (!order) throw new Error(`no order ${id}`);
    const back = lines.map(({ line, quantity, amount: net, tax }) => ({ line, quantity, net, tax }));
    order.refunds.push({ id: `r${order.refunds.length}`, at: iso(this.now), lines: back, amount: amount ?? 0 });
    return { ...order, refunds: [...order.refunds] };
  }
}

const birthday = (monthDay: string | undefined) => (monthDay === undefined ? {} : { birthday: `1990-${monthDay}` });
