import type { Remark } from '../remark.js';

/** English (British). What keeps a program from being published: what makes no sense, and what to do about it. */
export const en = {
  'unit.unknown': ['there is no unit {unit}', '{near}Add it to rules.units, or name one of: {known}.'],
  'tier.unknown': ['there is no tier {tier}', '{near}Name one of: {known}.'],
  'zone.unknown': ['there is no time zone {zone}', 'Name one of the IANA list, as in Europe/Oslo.'],
  'date.unknown': ['{date} does not exist', 'Write a day of the calendar, and a time up to 23:59.'],
  'month-day.unknown': ['{day} is no day of the year', 'Write month and day, as in 12-24.'],
  'time.unknown': ['{time} is no time of day', 'Write a time from 00:00 to 23:59.'],
  'id.taken': ['{id} is there already', 'Give it an id of its own.'],
  'window.ends-at': ['it ends at {to}, before it begins', 'End after the beginning.'],
  'window.ends-on': ['it ends on {to}, before it begins', 'End after the beginning.'],
  'ends.redeem-first': ['points end while they can still be earned', 'Name the day of `earn` or a later one.'],
  'ends.before-start': ['the program ends before it starts', 'Name a day from {starts} on.'],
  'tier.first': ['the first tier is everybody’s', 'Let it begin at 0, or put a tier before it.'],
  'tier.order': ['{tier} is not above {below}', 'Write the tiers from the lowest to the highest.'],
  'tier.keep': ['it is harder to keep {tier} than to enter it', 'Write {enter} or less.'],
  'promotion.gives-nothing': ['{promotion} gives nothing', 'Give it a `factor`, or points to `add` or `addItem`.'],
  'promotion.takes': ['a promotion never takes points away', 'Write 1 or more.'],
  'card.amount': [
    '{card} does not say for how much a stamp is given',
    'Write it in whole minor units (cents), as in every: 1000.',
  ],
  'opening.nobody': [
    'nobody has {access} earlier',
    'Give a level or the membership the perk access with its hours, or name one of: {known}.',
  ],
  'early.closed': ['nothing opens under {access}', 'Add it to openings, or name one of: {known}.'],
  'leaderboard.unit-unknown': ['there is no unit {unit}', 'Name one of: {known}.'],
  'leaderboard.no-unit': ['{by} have no unit', 'Take it out, or count points.'],
  'leaderboard.no-season': ['its period is no season', 'Take it out, or let the period be a season.'],
  'leaderboard.endless': ['what never ends has no winners', 'Take it out, or name a week, a month or a season.'],
  'name.of-nothing': ['it names nothing', 'Take it out, or name one of: {known}.'],
  'name.uncounted': [
    'it does not show how many: # is the number inside plural alone, {n} anywhere',
    'Write as in {example}.',
  ],
  'name.unreadable': ['it is no ICU message ({why})', 'Write as in {example}.'],
  'cause.product': ['{product} is the product of no cause', 'Name the one that is offered first: {products}.'],
  'cause.twice': ['{what} is another cause’s too', 'Each has its own.'],
  'unit.final': [
    'a return no longer takes {unit} back, and {why}',
    'Take it out, or let something else give or use them.',
  ],
  'shared-limit.over-nothing': [
    '{rule} gives no points by itself',
    'Write what it is over: an earning rule, a deed, joining, birthday, reviews or referral.',
  ],
  'shared-limit.rule-unknown': [
    '{rule} gives no points by itself',
    'Name the id of an earning rule or a deed, or {gifts}; this program has: {known}.',
  ],
  'shared-limit.unit': [
    '{rule} gives {gives}, and {limit} counts {unit}',
    'Take it out, or let {limit} count {gives}.',
  ],
  'shared-limit.stickers': [
    "{unit} are nobody's: no member has them",
    'Take it out: only what members earn can be limited so.',
  ],
  'shared-limit.twice': ['{rule} is named twice', 'Name it once.'],
} as const satisfies Record<string, Remark>;

/** What stands within a remark where it may be one of several things. */
export const phrases = {
  near: 'Did you mean {word}? ',
  none: '(there are none)',
  'why.money': 'they are worth money',
  'why.reward': 'a reward can be had for them',
  'why.converts': 'they turn into something',
  'why.sending': 'they can be given to others',
  'why.leaderboard': 'a leaderboard gives something for them',
  'why.asked': 'a rule gives something to who has enough of them',
  'why.levels': 'levels are reached by them',
  'icu.other': 'it lacks the form “other”, which every plural has',
  'icu.kind': 'it knows plural and select alone, spelt so',
  'icu.tag-open': 'a < is opened and never closed',
  'icu.brace-open': 'a {brace} is opened and never closed',
  'icu.tag-closed': 'a tag is closed that was never opened',
} as const;

export type ProblemKey = keyof typeof en;
export type Problems = Record<ProblemKey, Remark>;
export type PhraseKey = keyof typeof phrases;
export type Phrases = Record<PhraseKey, string>;
