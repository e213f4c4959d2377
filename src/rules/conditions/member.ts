import type { Calendar } from '../calendar.js';
import { civilOf, dateText } from '../calendar.js';
import { yearlyDay } from '../expiry.js';
import type { WhenKinds } from './kind.js';
import { prepareWhere } from './line.js';

interface Range {
  min?: number | undefined;
  max?: number | undefined;
}

function isWithin(n: number, { min, max }: Range): boolean {
  return (min === undefined || n >= min) && (max === undefined || n <= max);
}

/** Local days from one date to another; an instant that is still to come is today. */
function daysBetween(calendar: Calendar, from: number, to: number): number {
  return Math.max(0, calendar.dayOf(to) - calendar.dayOf(from));
}

/** Who the member is to the shop, at the order's moment. */
export const MEMBER: WhenKinds<'tiers' | 'membership' | 'nth' | 'roles' | 'customerTags' | 'memberDays' | 'birthday'> =
  {
    tiers: { prepare: (names) => (asked) => asked.pins.tier !== null && names.includes(asked.pins.tier) },
    membership: { needs: 'membership', prepare: (wanted) => (asked) => asked.pins.membership === wanted },
    nth: {
      needs: 'nth',
      prepare:
        ({ is, every, upTo }) =>
        ({ pins: { nth } }) =>
          (is === undefined || nth === is) &&
          (every === undefined || nth % every === 0) &&
          (upTo === undefined || nth <= upTo),
    },
    /** Any of the roles that the platform gives the customer. */
    roles: { prepare: (names) => (asked) => (asked.order.roles ?? []).some((role) => names.includes(role)) },
    /** Any of the tags (segments) that the shop gave the customer. */
    customerTags: {
      prepare: (names) => (asked) => (asked.order.customerTags ?? []).some((tag) => names.includes(tag)),
    },
    /** Local days since joining: 0 on the day itself. */
    memberDays: {
      needs: 'joined',
      prepare:
        (range, calendar) =>
        ({ pins: { joined, moment } }) =>
          joined !== null && isWithin(daysBetween(calendar, joined, moment), range),
    },
    /** On the day, in the seven days from it on, or in its calendar month; 29 February is the 28th in other years. */
    birthday: {
      needs: 'birthday',
      prepare:
        (wanted, calendar) =>
        ({ pins: { past, moment } }) => {
          const monthDay = past.birthday();
          if (monthDay === null) return false;
          const today = calendar.dayOf(moment);
          const { year, month } = civilOf(today);
          if (wanted === 'month') return Number(monthDay.slice(0, 2)) === month;
          const days = wanted === 'day' ? 1 : 7;
          return [year - 1, year].some((one) => isWithin(today - yearlyDay(monthDay, one), { min: 0, max: days - 1 }));
        },
    },
  };

/** What had happened strictly before the order's moment. */
export const PAST: WhenKinds<'ownDay' | 'early' | 'daysSinceOrder' | 'bought' | 'referred' | 'balance'> = {
  /** It is a day that they chose before the order was placed. */
  ownDay: {
    needs: 'own-day',
    prepare:
      (rule, calendar) =>
      ({ pins: { past, moment } }) =>
        past.ownDay(rule, dateText(calendar.wallClock(moment))),
  },
  /** Something that opens under this access is bought and kept, by whoever may by then, while others may not. */
  early: {
    needs: 'early',
    prepare:
      (access) =>
      ({ order, remains, scale, pins: { past, moment } }) =>
        past.early(access).some(
          ({ from, opens, passes }) =>
            from <= moment &&
            moment < opens &&
            order.lines.some((line, i) => {
              const items = remains.items[i] ?? 0;
              return line.kind === 'product' && items > 0 && (passes === null || passes(line, { items, scale }));
            }),
        ),
  },
  /** Local days since the member's order before this one; whoever never ordered has none. */
  daysSinceOrder: {
    needs: 'orders',
    prepare:
      (range, calendar) =>
      ({ pins: { past, moment } }) => {
        const last = past.lastOrder();
        return last !== null && isWithin(daysBetween(calendar, last, moment), range);
      },
  },
  /** In how many orders (at least one, unless it says otherwise; never = `max: 0`), in the last so many local days. */
  bought: {
    needs: 'orders',
    prepare({ where, days, min, max }, calendar) {
      const passes = prepareWhere(where);
      const range = min === undefined && max === undefined ? { min: 1 } : { min, max };
      return ({ pins: { past, moment } }) => {
        const since = days === undefined ? -Infinity : calendar.startOf(calendar.dayOf(moment) - days);
        return isWithin(past.bought(passes, since), range);
      };
    },
  },
  /** Whether another member brought them. */
  referred: { needs: 'referral', prepare: (wanted) => (asked) => asked.pins.past.referred() === wanted },
  /** What they could use of a unit: neither what is still pending nor what is held for a checkout. */
  balance: {
    needs: 'balance',
    prepare:
      ({ unit, min, max }) =>
      ({ pins: { past } }) => {
        const points = past.balance(unit);
        return (min === undefined || points >= BigInt(min)) && (max === undefined || points <= BigInt(max));
      },
  },
};
