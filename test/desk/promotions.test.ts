import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bucketsOf, costOf, goodCeiling, type Report } from '../../admin-ui/places/promotions/figures.js';
import { fieldsOf, spansFrom } from '../../admin-ui/places/promotions/date-spans.js';
import { addMonths, runsOf, weeksOf, yearsLater } from '../../admin-ui/places/promotions/month.js';
import {
  onNewest,
  type ProgramFile,
  type Promotion,
  promotionsOf,
} from '../../admin-ui/places/promotions/program-file.js';
import {
  emptyForm,
  errorsOf,
  formOf,
  fractionOf,
  freshId,
  minorOf,
  nextYear,
  promotionOf,
  type PromotionForm,
} from '../../admin-ui/places/promotions/promotion-form.js';
import { promotion as promotionRule } from '../../src/rules/program-rules.js';

const MAKING = { id: 'double', before: null, today: '2026-11-22', exponent: 2 };
const form = (part: Partial<PromotionForm>): PromotionForm => ({ ...emptyForm('points'), name: 'Double', ...part });

/** G4: the sentence and the rule say the same. */
describe('the form of a promotion', () => {
  it('double points on Saturdays for Gold, up to €700.00', () => {
    const made = promotionOf(form({ days: 'week', weekdays: ['sat'], tiers: ['gold'], ceiling: '700' }), MAKING);
    expect(made).toEqual({
      ...{ id: 'double', unit: 'points', factor: 2 },
      ...{ when: { weekdays: ['sat'], tiers: ['gold'] }, ceiling: { money: 70_000 } },
    });
    expect(promotionRule.safeParse(made).success).toBe(true);
  });

  const forms = fc.record<PromotionForm>({
    name: fc.constant('Double'),
    unit: fc.constantFrom('points', 'bean'),
    how: fc.constantFrom('times', 'order', 'piece'),
    size: fc.constantFrom('2', '3', '50'),
    from: fc.constantFrom('', '2026-11-28T00:00'),
    to: fc.constantFrom('', '2027-02-27T23:30'),
    days: fc.constantFrom('all', 'week', 'weeks', 'month'),
    weekdays: fc.constantFrom(['sat'], ['mon', 'sun']),
    everyWeeks: fc.constantFrom('2', '4'),
    monthDay: fc.constantFrom('1', '31', 'last'),
    hourFrom: fc.constant('10:00'),
    hourTo: fc.constant('14:00'),
    tiers: fc.constantFrom([], ['gold']),
    segment: fc.constantFrom('everyone', 'first', 'new', 'away', 'birthday', 'tag'),
    segmentValue: fc.constantFrom('30', '90'),
    scope: fc.constantFrom('all', 'categories', 'products', 'tags', 'skus'),
    scopeValues: fc.constantFrom('tea', 'tea, cake'),
    minOrder: fc.constantFrom('', '25', '49.50'),
    alone: fc.boolean(),
    ceiling: fc.constantFrom('', '700'),
  });

  it('every form without errors makes a rule that the format knows, and is read back as the same rule', () => {
    fc.assert(
      fc.property(forms, (one) => {
        expect(errorsOf(one)).toEqual({});
        const made = promotionOf(one, MAKING);
        expect(promotionRule.safeParse(made).error?.issues ?? []).toEqual([]);
        const again = promotionOf(formOf(made, one.name, 2), { ...MAKING, before: made });
        expect(again).toEqual(made);
      }),
      { numRuns: 150 },
    );
  });

  it('words that it does not ask for stay as they are', () => {
    const before: Promotion = {
      ...{ id: 'double', unit: 'points', factor: '3/2', group: 'weekend', limits: [{ per: 'order', points: 100 }] },
      when: { channels: ['web'], nth: { every: 3 }, recurs: { months: 3, on: [{ day: 1 }], from: '2027-01-01' } },
      where: { notTags: ['sale'] },
      ceiling: { points: 5000 },
    };
    expect(formOf(before, 'Double', 2).size).toBe('1.5');
    expect(promotionOf(formOf(before, 'Double', 2), { ...MAKING, before })).toEqual({ ...before });
  });

  it('says which field is wrong', () => {
    const wrong = { name: ' ', size: '0', days: 'week', from: '2026-12-01T00:00', to: '2026-12-01T00:00' } as const;
    expect(errorsOf(form({ ...wrong, hourFrom: '10:00', ceiling: 'x' }))).toEqual({
      ...{ name: true, size: true, weekdays: true, to: true, hours: true, money: true },
    });
  });

  it('figures as people write them are exact', () => {
    expect(['2', '1.5', '1,25', '0', 'two'].map(fractionOf)).toEqual([2, '3/2', '5/4', null, null]);
    expect(minorOf('1 700,50', 2)).toBe(170_050);
    expect(minorOf('700', 0)).toBe(700);
    expect(minorOf('7.5', 0)).toBeNull();
    expect(freshId('Podwójne soboty!', ['podwojne-soboty'])).toBe('podwojne-soboty-2');
  });

  it('last year’s leap day is the 28th this year', () => {
    expect(nextYear(form({ from: '2024-02-29T10:00', to: '2024-03-10T00:00' }))).toMatchObject({
      from: '2025-02-28T10:00',
      to: '2025-03-10T00:00',
    });
    expect(yearsLater('2027-02-28', 1)).toBe('2028-02-28');
  });
});

describe('the month', () => {
  it('each week is Monday to Sunday, and no day is missing or twice, also where the clock is changed', () => {
    expect(weeksOf('2026-11')[0]).toEqual([
      '2026-10-26',
      '2026-10-27',
      '2026-10-28',
      '2026-10-29',
      '2026-10-30',
      '2026-10-31',
      '2026-11-01',
    ]);
    for (const month of ['2026-03', '2026-10', '2027-02', '2028-02']) {
      const days = weeksOf(month).flat();
      expect(new Set(days).size).toBe(days.length);
      expect(days.filter((date) => date.startsWith(month))).toHaveLength(
        { '2026-03': 31, '2026-10': 31, '2027-02': 28, '2028-02': 29 }[month] ?? 0,
      );
    }
    expect([addMonths('2026-12', 1), addMonths('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
  });

  it('open days that follow each other are one bar', () => {
    const week = weeksOf('2026-11')[4] ?? [];
    expect(runsOf(week, new Set(['2026-11-23', '2026-11-24', '2026-11-28']))).toEqual([
      { start: 0, length: 2 },
      { start: 5, length: 1 },
    ]);
  });
});

describe('what a simulation comes to', () => {
  const side = (given: number, redeemed: number) => ({
    ...{ given: `${given}`, takenBack: '0', redeemed: `${redeemed}`, returned: '0', expired: '0', forgiven: '0' },
    ...{ available: '0', pending: '0', held: '0', debt: '0' },
  });
  const worth = (given: number, redeemed: number, expired: number) => ({ given, redeemed, expired, liability: 0 });

  it('the parts of the face value add up, and the cost is what members really use of it', () => {
    const units = {
      points: {
        points: { before: side(84_310, 52_272), after: side(96_740, 55_372) },
        money: { before: worth(421_550, 261_360, 0), after: worth(483_700, 276_860, 1_050) },
      },
    };
    const cost = costOf({ units } as unknown as Report);
    expect(cost).toMatchObject({
      points: 12_430,
      face: 62_150,
      used: 15_500,
      expired: 1_050,
      open: 45_600,
      cost: 38_533,
    });
    expect(cost.used + cost.open + cost.expired).toBe(cost.face);
  });

  it('buckets that are put together lose nobody', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500), { minLength: 1, maxLength: 14 }), (members) => {
        const spread = {
          points: members.map((n, at) => ({ from: `${10 ** at}`, to: `${10 ** (at + 1) - 1}`, members: n })),
        };
        const { winners, losers } = bucketsOf({ spread } as unknown as Report, 'points');
        expect(losers).toEqual([]);
        expect(winners.length).toBeLessThanOrEqual(4);
        expect(winners.reduce((sum, one) => sum + one.members, 0)).toBe(members.reduce((sum, n) => sum + n, 0));
        winners.forEach((one, at) => expect(one.from).toBe(at === 0 ? 1 : (winners[at - 1]?.to ?? 0) + 1));
      }),
      { numRuns: 50 },
    );
  });

  it('a ceiling that is offered is round and leaves room', () => {
    expect([goodCeiling(34_100, 2), goodCeiling(100, 2), goodCeiling(62_150, 2)]).toEqual([69_000, 200, 130_000]);
  });
});

it('a draft is put on top of what was published meanwhile', () => {
  const file = (...promotions: Promotion[]): ProgramFile => ({
    name: 'P',
    rules: { zone: 'UTC', units: { points: {} }, promotions },
  });
  const [a, b] = [
    { id: 'a', factor: 2 },
    { id: 'b', factor: 3 },
  ];
  const newest = file({ ...a, paused: true }, { id: 'c', add: 5 });
  expect(promotionsOf(onNewest(file(a), file(a, b), newest))).toEqual([{ ...a, paused: true }, { id: 'c', add: 5 }, b]);
});

describe('G4: the days that a promotion is often for', () => {
  it.each([
    ['a Monday', '2026-11-23', ['2026-11-28 2026-11-29', '2026-12-05 2026-12-06', '2026-11-30 2026-12-06']],
    ['a Friday', '2026-11-27', ['2026-11-28 2026-11-29', '2026-12-05 2026-12-06', '2026-11-30 2026-12-06']],
    ['a Saturday', '2026-11-28', ['2026-12-05 2026-12-06', '2026-12-12 2026-12-13', '2026-11-30 2026-12-06']],
    [
      'a Sunday at the end of a year',
      '2028-12-31',
      ['2029-01-06 2029-01-07', '2029-01-13 2029-01-14', '2029-01-01 2029-01-07'],
    ],
  ])('seen from %s', (_, today, spans) => {
    expect(spansFrom(today).map(({ first, last }) => `${first} ${last}`)).toEqual(spans);
  });

  it('the last day is in it: it ends at the midnight after', () => {
    expect(fieldsOf({ first: '2026-12-30', last: '2026-12-31' })).toEqual({
      from: '2026-12-30T00:00',
      to: '2027-01-01T00:00',
    });
  });
});
