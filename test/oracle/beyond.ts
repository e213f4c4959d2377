import type { Expiry, Rate, When, Where } from './format.js';

/**
 * Words of programs that the examples' format does not know (docs/decisions/0010, 0013 to 0015): all of them may be absent, and a
 * program without them is one of the format.
 */
export interface Range {
  min?: number;
  max?: number;
}

export interface WhereBeyond {
  variants?: string[];
  skus?: string[];
  notVariants?: string[];
  notSkus?: string[];
  price?: Range;
  onSale?: boolean;
  quantity?: Range;
}

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
export type Monthly = { day: number | 'last' } | { nth: number | 'last'; weekday: Weekday };
export type Recurs = { weeks: number; on: Weekday[]; from: string } | { months: number; on: Monthly[]; from: string };

export interface WhenBeyond {
  recurs?: Recurs;
  except?: (string | { from: string; to: string })[];
  countries?: string[];
  languages?: string[];
  payments?: string[];
  giftCard?: boolean;
  coupon?: boolean;
  coupons?: string[];
  subscription?: boolean;
  roles?: string[];
  customerTags?: string[];
  memberDays?: Range;
  birthday?: 'day' | 'week' | 'month';
  ownDay?: string;
  early?: string;
  daysSinceOrder?: Range;
  bought?: Range & { where?: Where; days?: number };
  referred?: boolean;
  balance?: Range & { unit?: string };
  cart?: Range;
  total?: Range;
  items?: Range;
}

type Period = 'day' | 'week' | 'month' | 'year' | 'lifetime';
export type Limit =
  | { per: 'order'; points: number }
  | { per: Period; of?: 'member' | 'all'; points: number }
  | { per: Period; of?: 'member' | 'all'; times: number };

export type Often = Partial<Record<Period, number>>;
/** How often, and with how many points, one person is given for something; how often all together are. */
export interface Counting {
  limits?: Often & { points?: Often };
  inAll?: Often;
}

export interface RuleBeyond {
  limits?: Limit[];
}
export interface PromotionBeyond extends RuleBeyond {
  paused?: boolean;
  group?: string;
}

interface Pays {
  unit?: string;
  gives: number;
}
export interface CardBeyond {
  maxPerDay?: number;
  start?: number;
  startOn?: 'first-card';
  steps?: { at: number; pays: Pays }[];
  bonus?: { id: string; factor: number; when: When }[];
  idleDays?: number;
}

interface Deed extends Counting {
  id: string;
  unit?: string;
  gives?: number;
  from?: string;
  to?: string;
  when?: When;
}
export type DeedRule =
  | (Deed & { kind: 'event' })
  | (Deed & { kind: 'check-in'; codes: string[] })
  | (Deed & { kind: 'survey'; questions: { id: string; text: string }[] })
  | (Deed & { kind: 'social'; url: string; on?: boolean })
  | (Deed & { kind: 'own-day' });

export type GoalPeriod = 'week' | 'month' | 'year';
export type Within =
  | { kind: 'lifetime' }
  | { kind: 'dates'; from?: string; to?: string }
  | { kind: 'joining'; days: number }
  | { kind: 'rolling'; days: number }
  | { kind: 'each'; period: GoalPeriod }
  | { kind: 'streak'; period: GoalPeriod; least?: number };
export interface Goal {
  id: string;
  counts:
    | { kind: 'orders'; where?: Where; min?: number }
    | { kind: 'spend' | 'items'; where?: Where }
    | { kind: 'visits' | 'reviews' | 'referrals' | 'years' }
    | { kind: 'deeds'; of?: string[] };
  needs: number;
  within?: Within;
  every?: boolean;
  gives?: number;
  unit?: string;
  badge?: string;
  when?: When;
  inAll?: Often;
}

export interface Conversion {
  id: string;
  unit?: string;
  every: number;
  pays: Pays;
  when: 'at-once' | 'month-end' | 'quarter-end' | 'year-end';
  atMost?: number;
  onReturn: 'undo-unused' | 'stays';
  onLapse?: 'gone' | 'back';
}

export interface Allowance {
  id: string;
  unit?: string;
  gives: number;
  each: 'month' | 'year';
  tiers?: string[];
  membership?: true;
}

export type Perk =
  | { kind: 'free-shipping'; minCart?: number }
  | { kind: 'percent'; percent: Rate; minCart?: number }
  | { kind: 'access'; id: string; hours?: number };

/** Everybody may buy it from `opens` on, whoever has the access so many hours earlier. */
export interface Opening {
  id: string;
  access: string;
  opens: string;
  where?: Pick<Where, 'products' | 'categories' | 'tags'>;
}

export interface ProgramBeyond {
  openings?: Opening[];
  household?: { size: number };
  sending?: {
    unit?: string;
    min?: number;
    max?: number;
    step?: number;
    limits?: { day?: number; month?: number; year?: number };
  };
  deeds?: DeedRule[];
  sharedLimits?: { id: string; unit?: string; rules: string[]; limits: Limit[] }[];
  goals?: Goal[];
  converts?: Conversion[];
  allowances?: Allowance[];
}

/** Terms of a gift's own. */
export interface OwnExpiry {
  expiry?: Expiry;
}

/** What an order says beside; absent = its platform does not tell. */
export interface OrderBeyond {
  country?: string;
  language?: string;
  payments?: string[];
  coupons?: string[];
  subscription?: boolean;
  company?: boolean;
  shippingOff?: { amount: number | null; code: string | null };
  roles?: string[];
  customerTags?: string[];
}
export interface LineBeyond {
  variant?: string;
  sku?: string;
  onSale?: boolean;
}
