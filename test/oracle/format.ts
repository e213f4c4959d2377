import type {
  CardBeyond,
  Counting,
  LineBeyond,
  OrderBeyond,
  OwnExpiry,
  Perk,
  ProgramBeyond,
  PromotionBeyond,
  RuleBeyond,
  WhenBeyond,
  WhereBeyond,
} from './beyond.js';

/**
 * The shapes of the examples' format, version 1, as they are written (FORMAT sections 1, 3, 4, 6, 8, 9), and the words of ours that
 * extend them.
 */
export type Rate = string | number;
export type Rounding = 'floor' | 'nearest' | 'ceil';

export type Expiry =
  | { kind: 'none' }
  | { kind: 'days'; days: number }
  | { kind: 'months'; months: number }
  | { kind: 'date'; date: string }
  | { kind: 'yearly'; monthDay: string; atLeastDays?: number }
  | { kind: 'period-end'; months: number; period: 'month' | 'quarter' | 'year'; slides?: true }
  | { kind: 'inactivity'; days: number };

export interface Unit {
  rounding: Rounding;
  value: Rate;
  expiry: Expiry;
  expiryByTier?: Record<string, Expiry>;
  clawback: 'debt' | 'zero';
  returnGraceDays?: number;
  finalOn?: number;
}

export interface Base {
  tax: boolean;
  shipping: boolean;
  discounts: 'after' | 'before';
  giftCardPaid: 'in' | 'out';
}

export interface Where extends WhereBeyond {
  products?: string[];
  categories?: string[];
  tags?: string[];
  notProducts?: string[];
  notCategories?: string[];
  notTags?: string[];
}

export interface When extends WhenBeyond {
  from?: string;
  to?: string;
  dates?: { from: string; to: string };
  season?: { from: string; to: string };
  weekdays?: string[];
  hours?: { from: string; to: string };
  currencies?: string[];
  channels?: string[];
  stores?: string[];
  tiers?: string[];
  membership?: boolean;
  nth?: { is?: number; every?: number; upTo?: number };
  minOrder?: number;
  zone?: string;
}

interface Ruled extends RuleBeyond {
  id: string;
  unit?: string;
  where?: Where;
  when?: When;
}
export type EarningRule = Ruled & { base?: Partial<Base> } & (
    | { kind: 'rate'; points: Rate; per: number }
    | { kind: 'step'; gives: number; every: number }
    | { kind: 'item'; gives: number }
    | { kind: 'fixed'; gives: number }
    | { kind: 'shipping'; points: Rate; per: number; otherwise?: number }
  );
export type Promotion = Ruled &
  PromotionBeyond & {
    factor?: Rate;
    add?: number;
    addItem?: number;
    exclusive?: boolean;
    ceiling?: { points: number } | { money: number };
  };

export interface Tiers {
  basis: 'spend' | 'orders' | 'points' | 'visits' | 'referrals';
  unit?: string;
  base?: Partial<Base>;
  window:
    | { kind: 'lifetime' }
    | { kind: 'calendar-year' }
    | { kind: 'program-year'; from: string }
    | { kind: 'member-year' }
    | { kind: 'rolling'; days: number };
  levels: { id: string; enter?: number; keep?: number; reenter?: number; multiplier?: Rate; perks?: Perk[] }[];
  graceDays?: number;
  downgrade?: 'to-qualified' | 'one-step';
  downgradeEach?: 'month' | 'quarter' | 'year';
  multiplies?: string[];
}

export interface StampCard extends CardBeyond {
  id: string;
  per: 'order' | 'amount' | 'item' | 'visit';
  where?: Where;
  min?: number;
  every?: number;
  base?: Partial<Base>;
  maxPerOrder?: number;
  needs: number;
  pays: { unit?: string; gives: number };
}

export type Reward = {
  id: string;
  unit?: string;
  tiers?: string[];
  minCart?: number;
  where?: Where;
  rest?: 'return' | 'burn';
  onRefund?: 'share' | 'keep';
} & (
  | { kind: 'amount-off'; points: number; off: number }
  | { kind: 'percent-off'; points: number; percent: Rate; maxOff?: number }
  | { kind: 'free-shipping'; points: number }
  | { kind: 'product'; points: number }
  | { kind: 'donation'; points: number; cause: string; gives: number }
  | { kind: 'slider'; step: number; off: number; min?: number; max?: number; share?: Rate }
);

export interface Program extends ProgramBeyond {
  zone: string;
  money: { code: string; exponent: number };
  currencies?: Record<string, Rate>;
  units: Record<string, Unit>;
  moment?: 'placed' | 'paid';
  counts?: 'paid' | 'fulfilled' | { after: 'paid' | 'fulfilled'; days: number };
  pendingDays?: number;
  base?: Partial<Base>;
  earning?: EarningRule[];
  promotions?: Promotion[];
  stacking?: { promotions?: 'best' | 'sum' | 'multiply'; tier?: 'best' | 'sum' | 'multiply'; most?: Rate };
  tiers?: Tiers;
  stamps?: StampCard[];
  membership?: {
    product: string;
    months: number;
    perks?: Perk[];
    onReturn?: 'undo' | 'end';
    onPartialReturn?: 'unchanged' | 'pro-rata';
  };
  joining?: OwnExpiry & Asking & { gives: number; unit?: string };
  birthday?: OwnExpiry &
    Asking & { gives: number; knownDays?: number; unit?: string; givesByTier?: Record<string, number> };
  reviews?: OwnExpiry & Asking & Counting & { where?: Where } & { gives: number; photo?: number; unit?: string };
  referral?: OwnExpiry &
    Asking &
    Counting & { advocateWhen?: When; friendWhen?: When } & {
      advocate: number;
      friend?: number;
      minOrder?: number;
      returnDays?: number;
      unit?: string;
    };
  rewards?: Reward[];
  earlierOrders?: 'none' | 'count';
  excludes?: { roles?: string[]; customerTags?: string[]; companies?: true };
  starts?: string;
  ends?: { earn: string; redeem: string };
}

interface Asking {
  when?: When;
}

export interface Taxed {
  net?: number;
  tax?: number;
}
export interface WrittenLine extends Taxed, LineBeyond {
  id: string;
  kind?: 'product' | 'gift-card' | 'tip' | 'fee';
  product?: string | null;
  categories?: string[];
  tags?: string[];
  quantity?: number;
  discount?: number;
}
export interface WrittenRefund {
  id: string;
  at: string;
  lines?: ({ line: string; quantity?: number } & Taxed)[];
  shipping?: Taxed;
  amount?: number;
  failed?: string | null;
}
export interface WrittenDispute {
  id: string;
  kind: 'inquiry' | 'chargeback';
  opened: string;
  won?: string | null;
  lost?: string | null;
}
export interface WrittenCart {
  lines?: WrittenLine[];
  shipping?: Taxed;
}

interface Happening {
  at: string;
  arrives?: string;
}
export type OrderEvent = Happening &
  OrderBeyond & {
    kind: 'order';
    id: string;
    store?: string;
    channel?: string;
    customer?: string | null;
    guest?: string | null;
    email?: string | null;
    phone?: string | null;
    placed: string;
    paid?: string | null;
    fulfilled?: string | null;
    cancelled?: string | null;
    test?: boolean;
    money?: { code: string; exponent: number };
    lines: WrittenLine[];
    shipping?: Taxed;
    tip?: number;
    outstanding?: number;
    giftCardPaid?: number;
    refunds?: WrittenRefund[];
    disputes?: WrittenDispute[];
    redemptions?: { id: string; off: number }[];
  };
export type ReserveEvent = Happening & {
  kind: 'reserve';
  id: string;
  member: string;
  reward: string;
  cart?: WrittenCart;
  points?: number;
};
export type SendEvent = Happening & { kind: 'send'; id: string; member: string; to: string; points: number };
/** A member shares the household of a head from `at` until then; absent = from then on. */
export type HouseholdEvent = Happening & { kind: 'household'; member: string; head: string; until?: string };
export type ReviewEvent = Happening & {
  kind: 'review';
  id: string;
  written: string;
  product: string;
  customer: string;
  status: 'pending' | 'approved' | 'spam' | 'removed';
  photo?: boolean;
};
export type JoinEvent = Happening & {
  kind: 'join';
  member: string;
  customers?: string[];
  email?: string;
  phone?: string;
  birthday?: string;
};
export type HistoryEvent =
  | OrderEvent
  | ReserveEvent
  | SendEvent
  | HouseholdEvent
  | ReviewEvent
  | JoinEvent
  | (Happening & { kind: 'rules'; program: Partial<Program> })
  | (Happening & { kind: 'link'; member: string; customer: string })
  | (Happening & { kind: 'update'; member: string; birthday?: string })
  | (Happening & { kind: 'claim'; order: string; member: string })
  | (Happening & { kind: 'merge'; from: string; into: string })
  | (Happening & { kind: 'visit'; member: string })
  | (Happening & {
      kind: 'deed';
      id: string;
      of: string;
      member: string;
      does: 'event' | 'check-in' | 'survey' | 'social' | 'own-day';
      chosen?: string;
    })
  | (Happening & { kind: 'adjust'; id: string; member: string; unit?: string; amount: number; reason?: string })
  | (Happening & { kind: 'referral'; id: string; advocate: string; customer: string })
  | (Happening & { kind: 'release'; redemption: string })
  | (Happening & { kind: 'clock' });

export interface History {
  program: Program;
  history: HistoryEvent[];
}

/** What `expect` asks for besides the state itself. */
export interface AskedCart extends WrittenCart {
  member: string;
}
