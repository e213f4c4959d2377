import type { Remark } from '../remark.js';

/** English (British). What to beware of in a program: what is wrong, and what to do about it. A value is plainly `{name}`. */
export const en = {
  'unit.unnamed': [
    'it has no name in {missing}: members who read that are told of it by its id',
    'Write as in {example}, once a language.',
  ],
  'unit.unnamed.points': [
    'it has no name in {missing}: members who read that are told of it by another name',
    'Write as in {example}, once a language.',
  ],
  'unit.forgiven': [
    'what was spent before a refund is forgiven: buying, spending the points and returning the goods is a gain',
    'Write debt, or hold points until the days of return are over (pendingDays).',
  ],
  'unit.rounded-up': [
    'it is rounded up: an order split into many small ones earns more than the whole',
    'Write floor or nearest, or ask for a minimum (when.minOrder).',
  ],
  'tiers.reviewed': [
    'a level stays until the review though everything that reached it is sent back: up to a {each} of it for nothing',
    'Write month, or leave it out: a level whose goods are returned then ends at once, with graceDays for those who only buy less.',
  ],
  'gift.any-order': [
    'it is given for orders however small: one order is split into many',
    'Ask for a minimum (when.minOrder; min on a card), or limit how often it is given (limits).',
  ],
  'gift.worth-order': [
    'it is worth at least as much as the purchase that it asks for',
    'Ask for more (when.minOrder; min on a card), or give less.',
  ],
  'referral.at-once': [
    'it is final at once: a friend orders, both are given their points, and the friend sends everything back',
    'Wait for as many days as goods may be returned.',
  ],
  'referral.own-friend': [
    'what both are given is worth at least the order that it asks for: anybody is their own friend',
    'Ask for more, or give less.',
  ],
  'reward.share-back': [
    'a refund gives back a share of its points, whatever was returned: what lay beside it is returned for them, and it is kept',
    'Write onRefund: keep.',
  ],
  'reward.free': [
    'it takes off as much as its points cost to earn: what is bought is free',
    'Take off less, or ask for more points.',
  ],
  'sending.at-once': [
    'points are given away before their order can be sent back: a gift is final, and the debt is left to whoever never comes again',
    'Hold points until the days of return are over (pendingDays).',
  ],
  'rate.gives-back': [
    'it gives back {percent} % of what is paid, by what its points are worth: {per} is read as {amount}',
    'Write amounts in the smallest coin (cents), or say less of the worth of one (value).',
  ],
  'money.unknown': ['{code} is no currency that is in use', 'Write its three capital letters, as in EUR.'],
  'money.decimals': [
    '{code} has {usual} decimals, and here {here}: an amount of 1000 is read as {amount}',
    'Write {usual}, and every amount of the file in its smallest coin.',
  ],
  'currencies.unknown': ['{code} is no currency that is in use', 'Write its three capital letters, as in USD.'],
  'range.empty': ['at least {min} and at most {max}: nothing is both', 'Let `max` be `min` or more.'],
  'span.backwards': ['it ends on {to}, before it begins', 'End after the beginning.'],
  'nth.none': ['no order is number {n}: the first is 1', 'Write 1 or more.'],
  'currencies.no-rate': [
    'orders in {asked} give nothing: the program has no rate for them',
    'Name one of: {known}; or add its rate to rules.currencies.',
  ],
  'membership.none': ['nobody has the paid membership: there is none', 'Add it to rules.membership.'],
  'list.empty': ['an empty list: nothing is one of none', 'Name what is meant, or take it out.'],
  'where.all-out': ['it leaves out all that is asked for', 'Take out what is meant to count.'],
  'limit.nothing': ['a limit of 0 leaves nothing to give', 'Write the most that is given, or take the limit out.'],
  'earning.less-for-more': [
    'below its minimum {then} counts, which gives more: whoever sends a part back may be given points for it',
    'Let {rule} give at least as much as {then}, of the same amount and with the same limits; or take the minimum out.',
  ],
  'earning.outrun': [
    'it never gives: what it is for is {first}’s already, for each product counts by the first rule that it fits',
    'Write {rule} before {first}; or give both by one rule.',
  ],
  'promotion.multiplies-nothing': [
    '{promotion} multiplies nothing: no rate or step rule gives {unit}',
    'Add such a rule to rules.earning, name another unit, or write add or addItem.',
  ],
  'id.unseen': ['it holds a letter that is not seen, or blanks around it', 'Write it anew by hand.'],
  'ceiling.worthless': [
    '{unit} is worth no money, so none is left of a ceiling in money',
    'Write the most that all members together are given, or take the ceiling out.',
  ],
  'ceiling.nothing': [
    'it leaves not a single point',
    'Write the most that all members together are given, or take the ceiling out.',
  ],
  'ceiling.one-order': [
    'a single order of {amount} uses it up: whoever comes first is given all of it',
    'Write what all members together may be given; to limit each order or member, write limits.',
  ],
  'window.whole-day': ['it begins and ends at one time: that is the whole day', 'Write two times, or take it out.'],
  'window.never': ['these times never meet: it opens on no day', 'Take out one of them, or let them overlap.'],
  'window.outside': ['it opens only while the program does not run', 'Look at `starts` and `ends` of the rules.'],
} as const satisfies Record<string, Remark>;

export type TrapKey = keyof typeof en;
export type Traps = Record<TrapKey, Remark>;
