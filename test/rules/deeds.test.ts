import { describe, expect, test } from '@jest/globals';
import { grantTurns } from '../../src/rules/deed-turns.js';
import { deedRules } from '../../src/rules/deeds/index.js';
import type { Known, KnownDeed } from '../../src/rules/known.js';
import { replay } from '../../src/rules/replay.js';
import { knownOf, MEMBER, at } from './known-of.js';

const DEEDS = [
  { id: 'own-cup', kind: 'event', gives: 5, limits: { day: 1, week: 3 } },
  {
    id: 'open-day',
    kind: 'check-in',
    codes: ['OPEN-DAY-26'],
    gives: 20,
    from: '2026-03-07T10:00',
    to: '2026-03-07T17:00',
  },
  { id: 'follow', kind: 'social', url: 'https://social.example/us', gives: 10, on: true },
  { id: 'quiet', kind: 'social', url: 'https://social.example/us', gives: 10 },
  { id: 'taste', kind: 'survey', gives: 30, questions: [{ id: 'q', text: 'Dark or light?' }] },
];

const deed = (kind: KnownDeed['kind'], of: string, when: string, id = `${of} ${when}`, member = MEMBER): KnownDeed => ({
  kind,
  of,
  id,
  member,
  at: at(when),
});
const cup = (when: string, member = MEMBER) => deed('event', 'own-cup', when, `${member} ${when}`, member);

function booksOf(deeds: KnownDeed[], more: Partial<Known> = {}) {
  return replay({ ...knownOf({ deeds: DEEDS }), deeds, ...more }, at('2027-01-01T00:00'));
}
const reasonsOf = (deeds: KnownDeed[], more: Partial<Known> = {}) => {
  const { decisions } = booksOf(deeds, more);
  return deeds.map(({ kind, id }) => decisions[`${kind}:${id}`]?.reason);
};
const available = (deeds: KnownDeed[], more: Partial<Known> = {}, member = MEMBER) =>
  booksOf(deeds, more).members[member]?.units['points']?.available;

describe('C1: turns under limits of all together', () => {
  const rules = {
    deeds: [{ id: 'first', kind: 'event', gives: 5, limits: { day: 1 }, inAll: { week: 2, lifetime: 3 } }],
  };
  const known = knownOf(rules);
  const first = (when: string, member = MEMBER): KnownDeed => deed('event', 'first', when, `${member} ${when}`, member);
  const places = (...names: string[]) => names.map((name) => `deed first/${name}`);

  test('who did it first has its turn under all of them or under none; a member’s own limits come first', () => {
    const deeds = [
      first('2026-03-02T08:00'),
      first('2026-03-02T09:00'), // its member's second of the day: it takes no turn
      first('2026-03-02T10:00', 'm2'),
      first('2026-03-08T10:00'), // the third of the week
      first('2026-03-09T10:00'),
      first('2026-03-10T10:00', 'm2'), // the fourth of all
    ];
    const { known: decided, more } = grantTurns({ ...known, deeds }, at('2027-01-01T00:00'), new Map());
    const { decisions } = replay(decided, at('2027-01-01T00:00'));
    const reasons = deeds.map(({ id }) => decisions[`event:${id}`]?.reason);
    expect(reasons).toEqual(['earned', 'limit', 'earned', 'all-taken', 'earned', 'all-taken']);
    expect(Object.fromEntries(more)).toEqual({
      [places('ever')[0] ?? '']: 3n,
      [places('week 2931')[0] ?? '']: 2n,
      [places('week 2932')[0] ?? '']: 1n,
    });
  });

  test('what was decided stands, whoever is found to have been earlier; a merge gives back what was had twice', () => {
    const had = { ...first('2026-03-02T10:00', 'm2'), turns: places('week 2931', 'ever') };
    const late = first('2026-03-02T08:00');
    const granted = new Map(places('week 2931', 'ever').map((place) => [place, 2n]));
    const { changed } = grantTurns({ ...known, deeds: [late, had] }, at('2026-04-01T00:00'), granted);
    expect([...changed]).toEqual([[`event:${late.id}`, []]]);
    const merges = [{ from: 'm2', into: MEMBER, at: at('2026-03-03T00:00') }];
    const mine = { ...late, turns: places('week 2931', 'ever') };
    const merged = grantTurns({ ...known, deeds: [mine, had], merges }, at('2026-04-01T00:00'), granted);
    expect([...merged.changed]).toEqual([[`event:${had.id}`, []]]);
    expect([...merged.more.values()]).toEqual([-1n, -1n]);
  });
});

describe('C18: events of the owner’s own', () => {
  test('each gives as often as its limits leave room for: one a local day, three a week from Monday', () => {
    const deeds = [
      cup('2026-03-02T23:59'), // Monday
      cup('2026-03-02T08:00'), // earlier that day: this one is given for
      cup('2026-03-03T00:00'),
      cup('2026-03-05T09:00'),
      cup('2026-03-06T09:00'), // the fourth of the week
      cup('2026-03-09T00:00'), // the next Monday
    ];
    expect(reasonsOf(deeds)).toEqual(['limit', 'earned', 'earned', 'earned', 'limit', 'earned']);
    expect(available(deeds)).toBe(20n);
  });

  test('one whose rule is gone, one from before joining, one that is told of a rule of another kind give nothing', () => {
    const deeds = [
      deed('event', 'stairs', '2026-03-03T09:00'),
      deed('event', 'own-cup', '2025-12-31T09:00'),
      deed('event', 'open-day', '2026-03-07T12:00'),
    ];
    expect(reasonsOf(deeds)).toEqual(['no-rule', 'before-joining', 'no-rule']);
    expect(available(deeds)).toBe(0n);
  });

  test('of two who turn out to be one person the earlier deed of a day stays, the later is taken back at the merge', () => {
    const deeds = [cup('2026-03-03T09:00', 'm2'), cup('2026-03-03T08:00')];
    const merges = [{ from: 'm2', into: MEMBER, at: at('2026-03-04T00:00') }];
    expect(available(deeds, { merges })).toBe(5n);
    expect(reasonsOf(deeds, { merges })).toEqual(['limit', 'earned']);
  });

  test('a deed asks what gifts before it brought, whichever of them is told first; its decision says which condition fails', () => {
    const when = { balance: { min: 10 } };
    const rules = {
      deeds: [
        { id: 'walk', kind: 'event', gives: 5 },
        { id: 'talk', kind: 'event', gives: 100, when },
        { id: 'rest', kind: 'event', gives: 1, when: { balance: { min: 110 } } },
      ],
    };
    const told = [
      deed('event', 'rest', '2026-03-05T08:00'), // has 110 by now
      deed('event', 'talk', '2026-03-04T08:00'), // has 10
      deed('event', 'talk', '2026-03-02T09:00'), // had 5
      deed('event', 'walk', '2026-03-03T08:00'),
      deed('event', 'walk', '2026-03-02T08:00'),
    ];
    const reasons = ['earned', 'earned', 'condition', 'earned', 'earned'];
    for (const deeds of [told, [...told].reverse()]) {
      const { decisions, members } = replay({ ...knownOf(rules), deeds }, at('2027-01-01T00:00'));
      expect(told.map(({ kind, id }) => decisions[`${kind}:${id}`]?.reason)).toEqual(reasons);
      expect(decisions['event:talk 2026-03-02T09:00']?.missed).toEqual([{ id: 'talk', why: 'balance' }]);
      expect(members[MEMBER]?.units['points']?.available).toBe(111n);
    }
  });

  test('its decision says which rule and how much', () => {
    const one = cup('2026-03-03T09:00');
    expect(booksOf([one]).decisions[`event:${one.id}`]).toMatchObject({
      reason: 'earned',
      gives: { points: 5n },
      because: [{ rule: 'own-cup', kind: 'event', exact: '5' }],
    });
  });
});

describe('C16: check-ins by a code', () => {
  test('from the minute it opens until just before it closes, and once', () => {
    const visit = (when: string) => deed('check-in', 'open-day', when);
    expect(reasonsOf([visit('2026-03-07T09:59'), visit('2026-03-07T10:00')])).toEqual(['too-early', 'earned']);
    expect(reasonsOf([visit('2026-03-07T16:59'), visit('2026-03-07T17:00')])).toEqual(['earned', 'too-late']);
    expect(reasonsOf([visit('2026-03-07T12:00'), visit('2026-03-07T13:00')])).toEqual(['earned', 'limit']);
  });
});

describe('C5, C6: social actions are off by default and capped, surveys give once', () => {
  test('a link that is not switched on gives nothing; one that is gives once in a life', () => {
    const deeds = [
      deed('social', 'quiet', '2026-03-03T09:00'),
      deed('social', 'follow', '2026-03-03T09:00'),
      deed('social', 'follow', '2026-06-03T09:00'),
    ];
    expect(reasonsOf(deeds)).toEqual(['off', 'earned', 'limit']);
  });

  test('a survey cannot be given for twice, whatever its rule says', () => {
    const twice = { id: 's', kind: 'survey', questions: [{ id: 'q', text: 'Q' }], limits: { lifetime: 2 } };
    expect(deedRules.safeParse([twice]).success).toBe(false);
    expect(reasonsOf(['a', 'b'].map((id) => deed('survey', 'taste', '2026-03-03T09:00', id)))).toEqual([
      'earned',
      'limit',
    ]);
  });

  test('two rules of one id, a link that is not https and a code of three letters are refused', () => {
    const event = { id: 'a', kind: 'event' };
    expect(deedRules.safeParse([event, event]).success).toBe(false);
    const social = { id: 'a', kind: 'social', url: 'https://x.example' };
    expect(deedRules.parse([{ ...social, limits: { day: 1 } }])).toMatchObject([{ limits: { day: 1, lifetime: 1 } }]);
    expect(deedRules.safeParse([{ ...social, url: 'http://x.example' }]).success).toBe(false);
    expect(deedRules.safeParse([{ id: 'a', kind: 'check-in', codes: ['A-B-C'] }]).success).toBe(false);
  });
});
