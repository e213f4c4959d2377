import { describe, expect, it } from '@jest/globals';
import { calendarDays, daysWithin, openDays } from '../../src/rules/promotions/open-days.js';

/** G4, B3: the calendar shows windows on the days of the shop's own zone, also where the clock is changed. */
describe('the days of a promotion', () => {
  const oslo = (from: string, to: string) => calendarDays('Europe/Oslo', from, to);

  it('a day in which the clock is changed is 23 or 25 hours long, all others 24', () => {
    const hours = (days: ReturnType<typeof oslo>) => days.map(({ from, to }) => (to - from) / 3_600_000);
    expect(hours(oslo('2026-03-28', '2026-03-30'))).toEqual([24, 23, 24]);
    expect(hours(oslo('2026-10-24', '2026-10-26'))).toEqual([24, 25, 24]);
  });

  it('an hour that the clock skips is moved on, one that it repeats is open on its day', () => {
    const spring = oslo('2026-03-28', '2026-03-30');
    expect(openDays({ from: '2026-03-29T02:30', to: '2026-03-29T04:00' }, 'Europe/Oslo', spring)).toEqual([
      '2026-03-29',
    ]);
    const autumn = oslo('2026-10-24', '2026-10-26');
    expect(openDays({ hours: { from: '02:00', to: '03:00' }, weekdays: ['sun'] }, 'Europe/Oslo', autumn)).toEqual([
      '2026-10-25',
    ]);
  });

  it('a window of another zone lies on the days of the shop that it touches', () => {
    const days = oslo('2026-11-27', '2026-11-30');
    const when = { dates: { from: '2026-11-28', to: '2026-11-28' }, zone: 'America/Los_Angeles' };
    expect(openDays(when, 'Europe/Oslo', days)).toEqual(['2026-11-28', '2026-11-29']);
  });

  it('ends before midnight do not reach the next day; without a window every day is open', () => {
    const days = oslo('2026-11-27', '2026-11-30');
    expect(openDays({ from: '2026-11-27T18:00', to: '2026-11-28T00:00' }, 'Europe/Oslo', days)).toEqual(['2026-11-27']);
    expect(openDays(undefined, 'Europe/Oslo', days)).toHaveLength(4);
    expect(openDays({ weekdays: ['sat'], except: ['2026-11-28'] }, 'Europe/Oslo', days)).toEqual([]);
  });

  it('begin and end with what is in force: a day of which an hour lies within is a day, once', () => {
    const days = oslo('2026-11-27', '2026-11-30');
    const at = (text: string) => Date.parse(`${text}+01:00`);
    const spans = [
      { from: at('2026-11-28T22:00'), to: at('2026-11-29T08:00') },
      { from: at('2026-11-29T20:00'), to: null },
    ];
    const open = (when: Parameters<typeof openDays>[0]) => openDays(when, 'Europe/Oslo', daysWithin(days, spans));
    expect(open(undefined)).toEqual(['2026-11-28', '2026-11-29', '2026-11-30']);
    expect(open({ hours: { from: '10:00', to: '12:00' } })).toEqual(['2026-11-30']);
    expect(open({ hours: { from: '21:00', to: '23:00' } })).toEqual(['2026-11-28', '2026-11-29', '2026-11-30']);
    expect(daysWithin(days, [])).toEqual([]);
  });
});
