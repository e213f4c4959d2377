import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Books, Decision } from '../../src/rules/books.js';
import { dependsOnHistory, judgeOrder } from '../../src/rules/judge-order.js';
import type { Known, KnownOrder } from '../../src/rules/known.js';
import { promise } from '../../src/rules/promise.js';
import { replay } from '../../src/rules/replay.js';
import { histories } from '../support/histories.js';
import type { History } from '../support/histories.js';
import { Knowledge } from '../support/knowledge.js';
import { millis } from '../support/read-example.js';
import type { Fact } from '../support/read-example.js';

const RUNS = { numRuns: Number(process.env['LAW_RUNS'] ?? 60) };
const DAY = 86_400_000;

/** Acts whose outcome is recorded first come: what arrives before one stays before it. */
const ACTS = new Set(['reserve', 'release', 'merge']);

function learn({ program, history }: History): Knowledge {
  const knowledge = new Knowledge(program);
  for (const fact of history) knowledge.learn(fact, millis(fact.at));
  return knowledge;
}

const lastOf = (history: History): number => Math.max(...history.history.map((fact) => millis(fact.at)));
const later = fc.constantFrom(0, 1, 3 * DAY, 30 * DAY, 200 * DAY);
const sum = (all: Iterable<bigint>): bigint => [...all].reduce((a, b) => a + b, 0n);
const plain = (books: Books): unknown => ({
  ...books,
  moves: [],
  lots: books.lots,
  spendings: books.spendings,
});

describe('laws of arrival', () => {
  test('T2, T3: any order of arrival between two acts, and any repetition, give one state', () => {
    fc.assert(
      fc.property(histories(), fc.infiniteStream(fc.nat(1000)), later, (history, stream, wait) => {
        const rolls = stream[Symbol.iterator]();
        const roll = (): number => rolls.next().value as number;
        const at = lastOf(history) + wait;
        const mixed: Fact[] = [];
        let segment: Fact[] = [];
        const flush = (): void => {
          const doubled = segment.flatMap((fact) => (roll() % 3 === 0 ? [fact, fact] : [fact]));
          const keyed = doubled.map((fact) => ({ fact, key: roll() })).sort((a, b) => a.key - b.key);
          mixed.push(...keyed.map(({ fact }) => fact));
          segment = [];
        };
        for (const fact of history.history) {
          if (fact.kind === 'join') mixed.push(fact);
          else if (ACTS.has(fact.kind)) {
            flush();
            mixed.push(fact);
          } else segment.push(fact);
        }
        flush();
        const once = replay(learn(history).known, at);
        const again = replay(learn({ ...history, history: mixed }).known, at);
        expect(sorted(plain(again))).toEqual(sorted(plain(once)));
      }),
      RUNS,
    );
  });

  test('T3: a lost older snapshot changes nothing', () => {
    fc.assert(
      fc.property(histories({ redemptions: false }), later, fc.nat(20), (history, wait, pick) => {
        const at = lastOf(history) + wait;
        const stale = history.history.filter(
          (fact, i) => fact.kind === 'order' && history.history.slice(i + 1).some((next) => next.id === fact.id),
        );
        const lost = stale[pick % Math.max(1, stale.length)];
        const rest = history.history.filter((fact) => fact !== lost);
        expect(sorted(plain(replay(learn({ ...history, history: rest }).known, at)))).toEqual(
          sorted(plain(replay(learn(history).known, at))),
        );
      }),
      RUNS,
    );
  });
});

/** Orders and lots may be known in another order; what is said of them is the same. */
function sorted(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? `${one}n` : one)),
    (_, one: unknown) =>
      one !== null && typeof one === 'object' && !Array.isArray(one)
        ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
        : one,
  ) as unknown;
}

describe('laws of refunds', () => {
  const amounts = fc.record({ amount: fc.integer({ min: 1, max: 9000 }), part: fc.integer({ min: 0, max: 100 }) });

  function refunded(known: Known, refunds: { at: number; amount: number }[]): Known {
    const orders = known.orders.map((order, i): KnownOrder => {
      if (i > 0) return order;
      const more = refunds.map(({ at, amount }, n) => ({
        ...{ id: `x${n}`, at, lines: [], amount, failed: null },
        shipping: { net: 0, tax: 0 },
      }));
      return { ...order, refunds: [...order.refunds, ...more] };
    });
    return { ...known, orders };
  }

  test('T8: refunds split in any way at one instant give one state; at several, the points of the order end equal', () => {
    fc.assert(
      fc.property(histories(), amounts, later, (history, { amount, part }, wait) => {
        const { known } = learn(history);
        const first = known.orders[0];
        if (!first) return;
        const at = lastOf(history) + 2 * DAY;
        const some = Math.floor((amount * part) / 100);
        const whole = replay(refunded(known, [{ at, amount }]), at + wait);
        const split = [
          { at, amount: some },
          { at, amount: amount - some },
        ];
        expect(sorted(plain(replay(refunded(known, split), at + wait)))).toEqual(sorted(plain(whole)));
        const spread = [
          { at: at - DAY, amount: some },
          { at, amount: amount - some },
        ];
        const apart = replay(refunded(known, spread), at + wait);
        expect(apart.decisions[`order:${first.id}`]?.gives).toEqual(whole.decisions[`order:${first.id}`]?.gives);
      }),
      RUNS,
    );
  });

  test('T8, T10: a further refund never raises the points of the order', () => {
    fc.assert(
      fc.property(histories({ ceilings: true }), amounts, (history, { amount }) => {
        const { known } = learn(history);
        const at = lastOf(history) + DAY;
        const first = known.orders[0];
        if (!first) return;
        const before = replay(known, at).decisions[`order:${first.id}`]?.gives ?? {};
        const after = replay(refunded(known, [{ at, amount }]), at).decisions[`order:${first.id}`]?.gives ?? {};
        for (const [unit, points] of Object.entries(after)) expect(points <= (before[unit] ?? 0n)).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('laws of the books', () => {
  test('T1: lines and extra sum to the points', () => {
    fc.assert(
      fc.property(histories({ ceilings: true }), later, (history, wait) => {
        const decisions = Object.values(replay(learn(history).known, lastOf(history) + wait).decisions);
        for (const decision of decisions.filter((one) => one.reason === 'earned')) expectWhole(decision);
      }),
      RUNS,
    );
  });

  function expectWhole({ gives, lines, extra }: Decision): void {
    for (const unit of new Set([...Object.keys(gives), ...Object.keys(lines)])) {
      const allocated = sum(Object.values(lines[unit] ?? {})) + (extra[unit] ?? 0n);
      if (Object.keys(lines).length > 0 || extra[unit] !== undefined) expect(allocated).toBe(gives[unit] ?? 0n);
    }
  }

  test('T4, T6: given = left + lapsed + drawn; taken = drawn + owed + forgiven; debt and usable points exclude each other', () => {
    fc.assert(
      fc.property(histories({ ceilings: true, most: 24 }), later, (history, wait) => {
        const books = replay(learn(history).known, lastOf(history) + wait);
        for (const lot of books.lots) {
          expect(lot.given).toBe(lot.left + lot.lapsed + lot.drawn);
          expect([lot.left, lot.lapsed, lot.drawn].every((part) => part >= 0n)).toBe(true);
        }
        for (const spending of books.spendings) {
          const drawn = sum(spending.draws.map((draw) => draw.points));
          expect(spending.taken).toBe(drawn + spending.owed + spending.forgiven);
        }
        const drawn = sum(books.lots.map((lot) => lot.drawn));
        expect(drawn).toBe(sum(books.spendings.flatMap((spending) => spending.draws.map((draw) => draw.points))));
        for (const member of Object.values(books.members)) {
          for (const unit of Object.values(member.units)) expect(unit.debt === 0n || unit.available === 0n).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test('T5: the moves sum to every balance, and those of an order to its net', () => {
    fc.assert(
      fc.property(histories({ ceilings: true, most: 24 }), later, (history, wait) => {
        const books = replay(learn(history).known, lastOf(history) + wait);
        const balances = new Map<string, bigint>();
        const nets = new Map<string, bigint>();
        const add = (map: Map<string, bigint>, key: string, points: bigint): void => {
          map.set(key, (map.get(key) ?? 0n) + points);
        };
        for (const move of books.moves) {
          expect(move.points > 0n).toBe(true);
          add(balances, `${move.fromMember ?? move.member} ${move.unit} ${move.from}`, -move.points);
          add(balances, `${move.member} ${move.unit} ${move.to}`, move.points);
          if (move.from === 'issued') add(nets, `${move.cause} ${move.unit}`, move.points);
          if (move.to === 'issued') add(nets, `${move.cause} ${move.unit}`, -move.points);
        }
        for (const [id, member] of Object.entries(books.members)) {
          for (const [unit, of] of Object.entries(member.units)) {
            const balance = (account: string): bigint => balances.get(`${id} ${unit} ${account}`) ?? 0n;
            expect([balance('available'), balance('pending'), balance('held'), balance('debt')]).toEqual([
              ...[of.available, of.pending, of.held],
              -of.debt,
            ]);
          }
        }
        for (const [key, decision] of Object.entries(books.decisions)) {
          if (!key.startsWith('order:')) continue;
          for (const unit of ['points', 'cashback']) {
            expect(nets.get(`${key} ${unit}`) ?? 0n).toBe(decision.gives[unit] ?? 0n);
          }
        }
      }),
      RUNS,
    );
  });

  test('T9: the granted parts of a ceiling never exceed it', () => {
    fc.assert(
      fc.property(histories({ ceilings: true, redemptions: false, most: 24 }), later, (history, wait) => {
        const knowledge = learn(history);
        const at = lastOf(history) + wait;
        const books = replay(knowledge.known, at);
        for (const [id, room] of Object.entries(knowledge.room(at))) {
          const given = sum(Object.values(books.decisions).map((decision) => decision.promotions[id] ?? 0n));
          expect(given <= knowledge.granted(id)).toBe(true);
          expect(room >= 0 && Number(knowledge.granted(id)) + room === ceiling(knowledge, id, at)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  function ceiling(knowledge: Knowledge, id: string, at: number): number {
    const rules = knowledge.rulesAt(at);
    const of = rules.promotions.find((promotion) => promotion.id === id)?.ceiling;
    if (!of) return 0;
    const [n, d] = String(rules.units['points']?.value).split('/').map(Number);
    return 'points' in of ? of.points : Math.floor((of.money * (d ?? 1)) / (n ?? 1));
  }
});

describe('laws of the two short ways', () => {
  test('T12: the promise of a cart is the award of the order, when nothing changed between', () => {
    fc.assert(
      fc.property(histories({ ceilings: true, merges: false }), histories({ most: 4 }), (history, other) => {
        const knowledge = learn(history);
        // By now everything that waited for its days has counted: nothing changes between the promise and the award.
        const at = lastOf(history) + 8 * DAY;
        const cart = learn(other).known.orders[0];
        if (!cart || knowledge.rulesAt(at).money.exponent !== cart.money.exponent) return;
        const { money } = knowledge.rulesAt(at);
        const order = { ...cart, money, giftCardPaid: 0, refunds: [], disputes: [], cancelled: null, redemptions: [] };
        const promised = promise(knowledge.known, 'm0', order, at, knowledge.room(at)).gives;
        const placed = { ...order, id: 'ZZ', at, placed: at, paid: at, fulfilled: at, customer: 'c0' };
        const grants = knowledge.room(at);
        const when = at + 6 * DAY;
        const known = { ...knowledge.known, orders: [...knowledge.known.orders, { ...placed, grants }] };
        expect(replay(known, when).decisions['order:ZZ']?.gives).toEqual(promised);
      }),
      RUNS,
    );
  });

  test('T1: an order judged alone is judged as in the replay, whenever nothing looks back', () => {
    fc.assert(
      fc.property(histories({ past: false, redemptions: false, merges: false, most: 6 }), later, (history, wait) => {
        const { known } = learn(history);
        const at = lastOf(history) + wait;
        if (known.rules.some(({ rules }) => dependsOnHistory(rules))) return;
        const books = replay(known, at);
        for (const order of known.orders) {
          const link = known.links.find((one) => one.customer === order.customer);
          const member = known.members.find((one) => one.id === link?.member);
          if (order.customer === null || !member || !link) continue;
          const alone = judgeOrder(known.rules, order, { member, since: link.at, claimed: false }, at);
          expect(alone.decision).toEqual(books.decisions[`order:${order.id}`]);
          for (const rise of alone.rises) {
            const lot = books.lots.find((one) => one.of === rise.of && one.unit === rise.unit);
            expect(lot).toMatchObject({ given: rise.points, usable: rise.usable, earned: rise.counted });
          }
        }
      }),
      RUNS,
    );
  });
});
