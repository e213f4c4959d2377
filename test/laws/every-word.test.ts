import { describe, expect, test } from '@jest/globals';
import type { Books, LotState } from '../../src/rules/books.js';
import type { Known, KnownOrder } from '../../src/rules/known.js';
import type { Move } from '../../src/rules/moves.js';
import { findLessForMore } from '../../src/programs/less-for-more.js';
import { promise } from '../../src/rules/promise.js';
import { replay } from '../../src/rules/replay.js';
import { ceilingOf } from '../../src/rules/ceilings.js';
import { everyLife, type Life } from './every-word.js';

/** The laws of the books for programs of any words that the rules know, whatever their members live through. */
const DAY = 86_400_000;
const sum = (all: Iterable<bigint>): bigint => [...all].reduce((a, b) => a + b, 0n);

/** The same of two books, in whatever order their parts are written. */
function said(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => {
    if (typeof one === 'bigint') return `${one}n`;
    if (one === null || typeof one !== 'object' || Array.isArray(one)) return one;
    return Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

const byText = (all: readonly unknown[]): string[] => all.map(said).sort();
const stateOf = ({ members, decisions, redemptions, lots, spendings }: Books): Record<string, unknown> => ({
  ...{ members, decisions, redemptions },
  ...{ lots: byText(lots), spendings: byText(spendings) },
});

/** What differs between two states, by name. */
function differences(a: Record<string, unknown>, b: Record<string, unknown>, path = ''): string[] {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) => {
    const [one, other] = [a[key], b[key]];
    if (said(one) === said(other)) return [];
    const isDeep = [one, other].every((side) => side !== null && typeof side === 'object' && !Array.isArray(side));
    return isDeep && path.length < 40
      ? differences(one as Record<string, unknown>, other as Record<string, unknown>, `${path}.${key}`)
      : [`${path}.${key}: ${said(one)}, not ${said(other)}`];
  });
}

const ORDERED: (keyof Known)[] = [
  ...(['members', 'links', 'claims', 'orders', 'reviews'] as const),
  ...(['referrals', 'reservations', 'adjustments', 'visits', 'deeds', 'sent', 'received', 'households'] as const),
];

function shuffled(known: Known, roll: Life['roll']): Known {
  const mixed = ORDERED.map((name) => {
    const keyed = (known[name] ?? []).map((one) => ({ one, key: roll.int(0, 1e9) }));
    return [name, keyed.sort((a, b) => a.key - b.key).map(({ one }) => one)] as const;
  });
  return { ...known, ...Object.fromEntries(mixed) };
}

const soundLot = ({ of, given, left, lapsed, drawn }: LotState): string[] =>
  given === left + lapsed + drawn && [left, lapsed, drawn].every((part) => part >= 0n)
    ? []
    : [`lot ${of}: ${given} is not ${left} + ${lapsed} + ${drawn}`];

function addUp(all: readonly (readonly [key: string, points: bigint])[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const [key, points] of all) sums.set(key, (sums.get(key) ?? 0n) + points);
  return sums;
}

/** Balances and what activities gave, added up from the moves alone. */
function addedUp(moves: readonly Move[]): { balances: Map<string, bigint>; nets: Map<string, bigint> } {
  const balances = new Map<string, bigint>();
  const nets = new Map<string, bigint>();
  const add = (map: Map<string, bigint>, key: string, points: bigint) => map.set(key, (map.get(key) ?? 0n) + points);
  for (const { member, fromMember = member, unit, from, to, cause, points } of moves) {
    add(balances, `${fromMember} ${unit} ${from}`, -points);
    add(balances, `${member} ${unit} ${to}`, points);
    if (from === 'issued') add(nets, `${cause} ${unit}`, points);
    if (to === 'issued') add(nets, `${cause} ${unit}`, -points);
  }
  return { balances, nets };
}

function refunded(known: Known, refunds: readonly { at: number; amount: number }[]): Known {
  const more = refunds.map(({ at, amount }, n) => ({
    ...{ id: `more-${n}`, at, lines: [], amount, failed: null },
    shipping: { net: 0, tax: 0 },
  }));
  const orders = known.orders.map((order, i) => (i === 0 ? { ...order, refunds: [...order.refunds, ...more] } : order));
  return { ...known, orders };
}

const givesOf = (books: Books, order: KnownOrder | undefined): Record<string, bigint> =>
  books.decisions[`order:${order?.id}`]?.gives ?? {};

describe('for programs of every word', () => {
  test('T1, T5: parts sum to balances, lots to what was given, draws to what was taken, moves to both', () => {
    const broken = everyLife(({ knowledge: { known }, end }) => {
      const { lots, spendings, members, moves } = replay(known, end + 5 * DAY);
      const wrong = lots.flatMap(soundLot);
      for (const { key, taken, draws, owed, forgiven } of spendings)
        if (taken !== sum(draws.map(({ points }) => points)) + owed + forgiven) wrong.push(`spending ${key}`);
      const drawn = addUp(
        spendings.flatMap(({ member, unit, draws }) =>
          draws.map(({ of, points }) => [`${member} ${unit} ${of}`, points] as const),
        ),
      );
      for (const lot of lots) {
        const spent = drawn.get(`${lot.member} ${lot.unit} ${lot.of}`) ?? 0n;
        if (lot.drawn !== spent) wrong.push(`${lot.of} of ${lot.member} lost ${lot.drawn}, spendings drew ${spent}`);
      }
      if (moves.some(({ points }) => points <= 0n)) wrong.push('a move of nothing');
      const { balances } = addedUp(moves);
      for (const [id, { units }] of Object.entries(members)) {
        for (const [unit, { available, pending, held, debt, lots: own }] of Object.entries(units)) {
          const parts = { available, pending, held, debt: -debt };
          for (const [account, points] of Object.entries(parts))
            if ((balances.get(`${id} ${unit} ${account}`) ?? 0n) !== points) wrong.push(`${id} ${unit} ${account}`);
          if (debt > 0n && available > 0n) wrong.push(`${id} owes ${unit} and has some`);
          if (sum(own.map(({ left }) => left)) !== available + pending) wrong.push(`${id} ${unit}: lots`);
        }
      }
      return wrong;
    });
    expect(broken).toEqual([]);
  });

  test('T1: of every decision lines and extra sum to what it gives, and its moves as well', () => {
    const broken = everyLife(({ knowledge: { known }, end }) => {
      const { decisions, moves } = replay(known, end + DAY);
      const { nets } = addedUp(moves);
      return Object.entries(decisions).flatMap(([key, { gives, lines, extra, reason }]) =>
        [...new Set([...Object.keys(gives), ...Object.keys(lines), ...Object.keys(extra)])].flatMap((unit) => {
          const told = sum(Object.values(lines[unit] ?? {})) + (extra[unit] ?? 0n);
          const given = gives[unit] ?? 0n;
          const isTold = lines[unit] !== undefined || extra[unit] !== undefined;
          return [
            ...(reason === 'earned' && isTold && told !== given ? [`${key} ${unit}: ${told} told of ${given}`] : []),
            ...((nets.get(`${key} ${unit}`) ?? 0n) === given ? [] : [`${key} ${unit}: moves are not its ${given}`]),
          ];
        }),
      );
    });
    expect(broken).toEqual([]);
  });

  test('T2: equal facts give equal books, in whatever order they are known', () => {
    const broken = everyLife(({ knowledge: { known }, end, roll }) => {
      const at = end + roll.pick([0, 40, 200]) * DAY;
      return differences(stateOf(replay(shuffled(known, roll), at)), stateOf(replay(known, at)));
    });
    expect(broken).toEqual([]);
  });

  test('T4: what time brings changes nothing of what was: the books of an instant are the beginning of later ones', () => {
    const broken = everyLife(({ knowledge: { known }, end, roll }) => {
      const at = end - roll.int(0, 60) * DAY;
      const before = replay(known, at).moves;
      const later = replay(known, end + 60 * DAY).moves.filter((move) => move.at <= at);
      const wrong = [...byText(before)].filter((move) => !byText(later).includes(move)).map((move) => `was ${move}`);
      return [
        ...wrong,
        ...byText(later)
          .filter((move) => !byText(before).includes(move))
          .map((move) => `is ${move}`),
      ];
    });
    expect(broken).toEqual([]);
  });

  test('T8: refunds split in any way at one instant give one state; at several the order comes to the same', () => {
    const broken = everyLife(({ knowledge: { known }, end, roll }) => {
      const amount = roll.int(1, 9000);
      const some = roll.int(0, amount);
      const at = end + 2 * DAY;
      const [order] = known.orders;
      const whole = replay(refunded(known, [{ at, amount }]), at + DAY);
      const parts = [
        { at, amount: some },
        { at, amount: amount - some },
      ];
      const apart = [
        { at: at - DAY, amount: some },
        { at, amount: amount - some },
      ];
      const spread = replay(refunded(known, apart), at + DAY);
      return [
        ...differences(stateOf(replay(refunded(known, parts), at + DAY)), stateOf(whole)),
        ...differences(givesOf(spread, order), givesOf(whole, order), 'apart'),
      ];
    });
    expect(broken).toEqual([]);
  });

  test('T8, T10: a further refund never raises the points of the order, unless the owner was warned that it may', () => {
    const broken = everyLife(({ knowledge: { known }, end, roll }) => {
      if (known.rules.some(({ rules }) => findLessForMore(rules).length > 0)) return [];
      const [order] = known.orders;
      const at = end + DAY;
      const before = givesOf(replay(known, at), order);
      const after = givesOf(replay(refunded(known, [{ at, amount: roll.int(1, 9000) }]), at), order);
      return Object.entries(after).flatMap(([unit, points]) =>
        points > (before[unit] ?? 0n) ? [`${unit}: ${before[unit] ?? 0n}, then ${points}`] : [],
      );
    });
    expect(broken).toEqual([]);
  });

  test('C18, T9: what is given under a ceiling or a limit of all together never passes it', () => {
    const broken = everyLife(
      ({ knowledge, end }) => {
        const rules = knowledge.rulesAt(end);
        const given = new Map<string, bigint>();
        for (const { promotions } of Object.values(replay(knowledge.known, end + 200 * DAY).decisions))
          for (const [name, points] of Object.entries(promotions)) given.set(name, (given.get(name) ?? 0n) + points);
        return [...given].flatMap(([name, points]) => {
          const most = ceilingOf(rules, name);
          const granted = knowledge.granted(name);
          return most !== null && (points > granted || granted > most) ? [`${name}: ${points} of ${most}`] : [];
        });
      },
      ['rules'],
    );
    expect(broken).toEqual([]);
  });

  test('T13: no redemption takes more than was reserved for it, and none is used twice for one price', () => {
    const broken = everyLife(({ knowledge: { known }, end }) => {
      const { spendings, redemptions, members } = replay(known, end);
      const held = new Map<string, bigint>();
      const wrong = known.reservations.flatMap(({ id, points, unit }) => {
        const own = spendings.filter(({ key }) => key === `redemption:${id}` || key.startsWith(`redemption:${id}@`));
        const carriers = known.orders.filter(
          (order) => order.placed <= end && order.redemptions.some((used) => used.id === id),
        );
        if (redemptions[id]?.state === 'held') held.set(unit, (held.get(unit) ?? 0n) + BigInt(points));
        return [
          ...own
            .filter(({ taken }) => taken > BigInt(points))
            .map(({ key, taken }) => `${key} took ${taken} of ${points}`),
          ...(own.length > Math.max(1, carriers.length) + 1 ? [`${id} has ${own.length} spendings`] : []),
        ];
      });
      const units = new Set(Object.values(members).flatMap(({ units: of }) => Object.keys(of)));
      for (const unit of units) {
        const all = sum(Object.values(members).map(({ units: of }) => of[unit]?.held ?? 0n));
        if (all > (held.get(unit) ?? 0n)) wrong.push(`${all} ${unit} are held for nothing`);
      }
      return wrong;
    });
    expect(broken).toEqual([]);
  });

  test('T12: what a cart is promised is what its order earns, when nothing happens between', () => {
    const broken = everyLife(({ knowledge, end, roll }) => {
      const { known } = knowledge;
      // by now everything that waited for its days has counted
      const at = end + 60 * DAY + roll.int(0, 86_400) * 1000;
      const link = known.links.find(({ member }) => !known.merges.some(({ from }) => from === member));
      const [bought] = known.orders;
      if (!link || !bought) return [];
      const { money } = knowledge.rulesAt(at);
      const gone = { refunds: [], disputes: [], cancelled: null, redemptions: [], giftCardPaid: 0, outstanding: 0 };
      const cart = { ...bought, ...gone, money, tip: 0 };
      const { subscription: _made, ...asked } = cart;
      const promised = promise(known, link.member, asked, at, knowledge.room(at)).gives;
      const order = { ...asked, id: 'ZZ', at, placed: at, paid: at, fulfilled: at, test: false };
      const own = { customer: link.customer, mailbox: null, phone: null, grants: knowledge.room(at) };
      const known2 = { ...known, orders: [...known.orders, { ...order, ...own }] };
      return differences(givesOf(replay(known2, at + 20 * DAY), { ...order, ...own }), promised);
    });
    expect(broken).toEqual([]);
  });
});
