import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Calendar } from '../../src/rules/calendar.js';
import type { KnownGift } from '../../src/rules/known.js';
import { termAt } from '../../src/rules/membership.js';
import { fraction } from '../../src/rules/fraction.js';
import { replay } from '../../src/rules/replay.js';
import { Knowledge } from '../support/knowledge.js';
import type { Fact } from '../support/read-example.js';
import { base, buys, noon, perEuro } from './one-life.js';

const at = (day: string): number => Date.parse(noon(day));
const until = (day: string) => ({ until: at(day) });
const bought = (day: string, id = 'pass', customer: string | null = 'c-eva') =>
  buys(day, id, 6_000, { lines: [{ id: '1', product: 'pass', net: 6_000 }], customer });
/** So much of an order's price was given back, without any item. */
const partly = (order: ReturnType<typeof bought>, ...refunds: [day: string, amount: number][]) => ({
  ...order,
  day: refunds.at(-1)?.[0] ?? order.day,
  placed: noon(order.day),
  refunds: refunds.map(([day, amount], i) => ({ id: `r${i}`, at: noon(day), amount })),
});

/** Eva and Ida, members since New Year's Day of 2027, where a pass for 60 euros lasts for a year of 12 months. */
function club(
  words: object,
  happenings: ({ day: string } & object)[],
  gifts: (Omit<KnownGift, 'at'> & { day: string })[] = [],
) {
  const membership = { product: 'pass', months: 12, perks: [{ kind: 'free-shipping' }], ...words };
  const extra = { id: 'inside', kind: 'fixed', gives: 7, when: { membership: true } };
  const knowledge = new Knowledge({ ...base, earning: [...perEuro, extra], membership });
  for (const member of ['eva', 'ida']) {
    const joined = { kind: 'join', at: noon('2027-01-01'), member, customers: [`c-${member}`] };
    knowledge.learn(joined as Fact, 0);
  }
  for (const { day, ...fact } of happenings) knowledge.learn({ ...fact, at: noon(day) } as Fact, at(day));
  const { store = '' } = knowledge.known.orders[0] ?? {};
  const keyOf = (id: string) => knowledge.known.orders.find((one) => one.id.endsWith(id))?.id ?? `${store}/${id}`;
  const known = {
    ...knowledge.known,
    gifts: gifts.map(({ day, order, ...gift }) => ({ ...gift, order: keyOf(order), at: at(day) })),
  };
  return {
    known,
    term: (member: string, day: string) => replay(known, at(day)).members[member]?.membership ?? null,
    gives: (id: string, day: string) => replay(known, at(day)).decisions[`order:${keyOf(id)}`]?.gives,
  };
}

describe('B5: a membership that is paid back in part', () => {
  const pass = bought('2027-02-01');
  const half = partly(pass, ['2027-03-01', 3_000]);

  test('stays as it is, unless the rules say otherwise', () => {
    for (const words of [{}, { onPartialReturn: 'unchanged' }])
      expect(club(words, [pass, half]).term('eva', '2027-03-02')).toEqual(until('2028-02-01'));
  });

  test('pro rata lasts for the share of its time that is left paid for, as of each instant', () => {
    const eva = club({ onPartialReturn: 'pro-rata' }, [pass, half]);
    // a year of 365 days; half of it are 182.5: from noon of 1 February to midnight that begins 3 August
    expect(eva.term('eva', '2027-02-28')).toEqual(until('2028-02-01'));
    expect(eva.term('eva', '2027-03-01')).toEqual({ until: Date.parse('2027-08-03T00:00:00Z') });
    expect(eva.term('eva', '2027-08-02')).not.toBeNull();
    expect(eva.term('eva', '2027-08-03')).toBeNull();
  });

  test('two parts are what both come to; the last cent ends it', () => {
    const twice = partly(pass, ['2027-03-01', 3_000], ['2027-04-01', 1_800]);
    const eva = club({ onPartialReturn: 'pro-rata' }, [pass, twice]);
    // a fifth is left: 73 days
    expect(eva.term('eva', '2027-04-01')).toEqual(until('2027-04-15'));
    const all = partly(pass, ['2027-03-01', 3_000], ['2027-04-01', 3_000]);
    expect(club({ onPartialReturn: 'pro-rata' }, [pass, all]).term('eva', '2027-04-01')).toBeNull();
  });

  test('a share whose time is over ends with the return, and no order from before is judged anew', () => {
    const late = partly(pass, ['2027-10-01', 3_000]);
    const inside = buys('2027-09-15', 'shoes', 1_000, { customer: 'c-eva' });
    const after = buys('2027-10-02', 'hat', 1_000, { customer: 'c-eva' });
    const eva = club({ onPartialReturn: 'pro-rata' }, [pass, inside, late, after]);
    expect(eva.term('eva', '2027-09-30')).toEqual(until('2028-02-01'));
    expect(eva.term('eva', '2027-10-01')).toBeNull();
    expect(eva.gives('shoes', '2027-10-03')).toEqual({ points: 17n });
    expect(eva.gives('hat', '2027-10-03')).toEqual({ points: 10n });
  });

  test('terms after a shortened one are counted from its end', () => {
    const second = bought('2027-03-01', 'again');
    const eva = club({ onPartialReturn: 'pro-rata' }, [pass, second, partly(pass, ['2027-04-01', 3_000])]);
    expect(eva.term('eva', '2027-03-31')).toEqual(until('2029-02-01'));
    expect(eva.term('eva', '2027-04-02')).toEqual({ until: Date.parse('2028-08-03T00:00:00Z') });
  });

  test('returned whole it follows onReturn, whatever happens to parts', () => {
    const whole = partly(pass, ['2027-03-01', 6_000]);
    const goods = { id: '2', product: 'p', net: 4_000 };
    const mixed = { ...pass, lines: [...pass.lines, goods] };
    const back = {
      ...mixed,
      ...{ day: '2027-05-01', placed: noon('2027-02-01') },
      refunds: [{ id: 'r', at: noon('2027-05-01'), lines: [{ line: '1', quantity: 0, net: 6_000 }] }],
    };
    for (const onReturn of ['undo', 'end']) {
      expect(club({ onPartialReturn: 'pro-rata', onReturn }, [pass, whole]).term('eva', '2027-03-01')).toBeNull();
      expect(club({ onPartialReturn: 'pro-rata', onReturn }, [mixed, back]).term('eva', '2027-05-01')).toBeNull();
    }
  });

  test('a term never grows by what is given back, and never ends before the money went', () => {
    const calendar = Calendar.of('Europe/Amsterdam');
    const [share, days] = [fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 700 })];
    fc.assert(
      fc.property(share, share, days, (a, b, after) => {
        const begun = at('2027-01-31');
        const since = begun + after * 86_400_000;
        const end = (thousandths: number): number => {
          const shortened = { share: fraction(thousandths, 1000), since };
          return termAt(calendar, 12, [{ at: begun, ended: null, shortened }], begun) ?? begun;
        };
        const full = calendar.addMonths(begun, 12);
        expect(end(Math.min(a, b))).toBeLessThanOrEqual(end(Math.max(a, b)));
        expect(end(a)).toBeLessThanOrEqual(full);
        expect(end(a)).toBeGreaterThanOrEqual(Math.min(since, full));
      }),
    );
  });
});

describe('B5: a membership that is a gift', () => {
  const marked = (order: ReturnType<typeof bought>) => ({ ...order, gift: {} });
  const gift = { order: 'pass', member: 'ida', day: '2027-03-10' };

  test('brings its buyer nothing, and the other a term from when they accept it', () => {
    const both = club({ gifts: true }, [marked(bought('2027-02-01'))], [gift]);
    expect(both.term('eva', '2027-02-02')).toBeNull();
    expect(both.term('ida', '2027-03-09')).toBeNull();
    expect(both.term('ida', '2027-03-10')).toEqual(until('2028-03-10'));
    expect(both.term('eva', '2027-03-10')).toBeNull();
  });

  test('begins on the day that was named, and prolongs a term that runs then', () => {
    const named = [{ ...gift, starts: '2027-06-01' }];
    const ida = club({ gifts: true }, [marked(bought('2027-02-01'))], named);
    expect(ida.term('ida', '2027-05-31')).toBeNull();
    expect(ida.term('ida', '2027-06-01')).toEqual({ until: Date.parse('2028-06-01T00:00:00Z') });
    const own = bought('2027-01-15', 'own', 'c-ida');
    const two = club({ gifts: true }, [own, marked(bought('2027-02-01'))], named);
    expect(two.term('ida', '2027-05-31')).toEqual(until('2028-01-15'));
    expect(two.term('ida', '2027-06-01')).toEqual(until('2029-01-15'));
  });

  test('a guest may buy it; what it brings holds for orders placed after it was accepted', () => {
    const orders = ['2027-03-09', '2027-03-11'].map((day) => buys(day, `o${day}`, 1_000, { customer: 'c-ida' }));
    const guest = marked(bought('2027-02-01', 'pass', null));
    const ida = club({ gifts: true }, [guest, ...orders], [gift]);
    expect(ida.term('ida', '2027-03-12')).toEqual(until('2028-03-10'));
    expect(ida.gives('o2027-03-09', '2027-03-12')).toEqual({ points: 10n });
    expect(ida.gives('o2027-03-11', '2027-03-12')).toEqual({ points: 17n });
  });

  test('its refund ends the term of whoever has it: then, or as if it had never been; in part, pro rata', () => {
    const pass = marked(bought('2027-02-01'));
    const whole = { ...partly(pass, ['2027-05-01', 6_000]), gift: {} };
    for (const onReturn of ['end', 'undo']) {
      const ida = club({ gifts: true, onReturn }, [pass, whole], [gift]);
      expect(ida.term('ida', '2027-04-30')).toEqual(until('2028-03-10'));
      expect(ida.term('ida', '2027-05-01')).toBeNull();
    }
    const half = { ...partly(pass, ['2027-05-01', 3_000]), gift: {} };
    const ida = club({ gifts: true, onPartialReturn: 'pro-rata' }, [pass, half], [gift]);
    // half of the 366 days from 10 March 2027 to 10 March 2028: 183
    expect(ida.term('ida', '2027-05-02')).toEqual(until('2027-09-09'));
  });

  test('given by the shop after it ran for its buyer, it is the other’s from then on', () => {
    const both = club({ gifts: true }, [bought('2027-02-01')], [gift]);
    expect(both.term('eva', '2027-03-09')).toEqual(until('2028-02-01'));
    expect(both.term('eva', '2027-03-10')).toBeNull();
    expect(both.term('ida', '2027-03-10')).toEqual(until('2028-03-10'));
  });

  test('where it takes something off its beginning is due, and it is its end once it runs', () => {
    const due = (words: object, named: object, day: string) => {
      const { known } = club({ gifts: true, ...words }, [marked(bought('2027-02-01'))], [{ ...gift, ...named }]);
      return replay(known, at(day)).members['ida']?.due ?? null;
    };
    const midnight = Date.parse('2027-06-01T00:00:00Z');
    expect(due({}, { starts: '2027-06-01' }, '2027-03-10')).toBe(midnight);
    expect(due({}, { starts: '2027-06-01' }, '2027-06-01')).toBe(Date.parse('2028-06-01T00:00:00Z'));
    expect(due({}, {}, '2027-03-11')).toBe(at('2028-03-10'));
    expect(due({ perks: [{ kind: 'access', id: 'early' }] }, { starts: '2027-06-01' }, '2027-03-10')).toBeNull();
  });

  test('where the rules know no gifts it is its buyer’s', () => {
    const both = club({}, [marked(bought('2027-02-01'))], [gift]);
    expect(both.term('eva', '2027-03-11')).toEqual(until('2028-02-01'));
    expect(both.term('ida', '2027-03-11')).toBeNull();
  });
});
