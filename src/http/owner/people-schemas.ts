import * as z from 'zod';
import { LEVEL_MOVES } from '../../loyalty/count-levels.js';
import { errorAnswer, money } from '../storefront/schemas.js';

export { errorAnswer };

/** The shapes of the desk's place for members. Points are text: they may exceed what JSON's numbers hold. */
const points = z.string().regex(/^-?\d+$/);
const instant = z.iso.datetime();

const unitBalance = z.strictObject({
  available: points,
  pending: points.meta({ description: 'on the way' }),
  held: points.meta({ description: 'reserved for a checkout' }),
  debt: points,
  worth: money.nullable().meta({ description: 'of what is available; null for a unit without a value' }),
});
export const listedMember = {
  id: z.uuid(),
  name: z.string().nullable().meta({ description: 'null when it is not known, or your role may not see names' }),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  code: z.string().meta({ description: 'what they share, and what the till reads' }),
  joined: instant,
  status: z.enum(['active', 'blocked', 'erased']),
  balances: z.record(z.string(), unitBalance),
};

const day = z.iso.date().meta({ description: 'a day of the shop' });
const days = z.coerce.number<string>().int().min(1).max(3660);
export const membersQuery = z.strictObject({
  find: z.string().trim().min(1).max(254).optional().meta({
    description: 'a name’s beginnings, an e-mail address, a phone number or its ending, a code, or an order’s number',
  }),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .meta({ description: '`next` of the page before' }),
  limit: z.coerce.number<string>().int().min(1).max(50).default(50),
  level: z.string().min(1).max(60).optional().meta({ description: 'on this level at the last count, or moved to it' }),
  graced: z.literal('yes').optional().meta({ description: 'of these only who is kept on it by grace' }),
  on: day.optional().meta({ description: 'who stood on the level when this day began, instead of now' }),
  moved: z.enum(LEVEL_MOVES).optional().meta({ description: 'whose level moved so, from `from` up to `to`' }),
  from: day.optional(),
  to: day.optional().meta({ description: 'the day after the last' }),
  unclaimed: z.string().min(1).max(60).optional().meta({
    description: 'who has enough points of this unit for a reward and has not taken it',
  }),
  waited: days.optional().meta({ description: 'of these, who could for so many days at least' }),
  under: days.optional().meta({ description: 'of these, who could for fewer days than so many' }),
  active: z.enum(['yes', 'no']).optional().meta({
    description: 'who earned or used points within `within` days before the beginning of `on` (or now), or did not',
  }),
  within: days.optional().meta({ description: '90 when left out' }),
});

type Filter = Partial<z.infer<typeof membersQuery>>;
type Word = Exclude<keyof Filter, 'before' | 'limit'>;

/** Whom the list can be of, one at a time: each with the words that narrow it. */
const FILTERS: { by: Word; narrowedBy: Word[] }[] = [
  { by: 'find', narrowedBy: [] },
  { by: 'moved', narrowedBy: ['level', 'from', 'to'] },
  { by: 'level', narrowedBy: ['on'] },
  { by: 'level', narrowedBy: ['graced'] },
  { by: 'unclaimed', narrowedBy: ['waited', 'under'] },
  { by: 'active', narrowedBy: ['within', 'on'] },
];

/** What narrows another filter says nothing without it, and one that is passed over would choose too many. */
export function isWholeFilter(asked: Filter): boolean {
  const said = Object.entries(asked).flatMap(([word, value]) => (value === undefined ? [] : [word as Word]));
  return (
    said.length === 0 ||
    FILTERS.some(
      ({ by, narrowedBy }) => said.includes(by) && said.every((word) => word === by || narrowedBy.includes(word)),
    )
  );
}
export const WHOLE_FILTER = {
  message: `name one of ${FILTERS.map(({ by, narrowedBy }) => [by, ...narrowedBy].join(' + ')).join(', ')}: what is passed over would choose too many`,
};
const text = (max: number) => z.string().trim().max(max).default('');
export const enrolRequest = z.strictObject({
  name: text(200),
  email: z.union([z.literal(''), z.email('must be an e-mail address').max(254)]).default(''),
  phone: text(40),
  another: z
    .boolean()
    .default(false)
    .meta({ description: 'somebody else has this phone number, and this is not them' }),
  asked: z.literal(true).meta({ description: 'they asked for it themselves: this is kept as their consent' }),
});
export const enrolAnswer = z.strictObject({
  id: z.uuid(),
  isNew: z.boolean().meta({ description: 'false = they were a member already' }),
});

export const membersAnswer = z.strictObject({
  members: z.array(z.strictObject(listedMember)),
  next: z.string().nullable(),
});
