import type * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import type * as boards from './leaderboard-schemas.js';
import type * as api from './schemas.js';
import type { givenAnswer } from './cause-schemas.js';
import type * as opening from './opening-schemas.js';
import type * as household from './household-schemas.js';
import type * as sending from './sending-schemas.js';
import type { Cart } from './schemas.js';

export type Language = 'en' | 'nl' | 'nb' | 'pl';
export type ProgramAnswer = z.infer<typeof api.programAnswer>;
export type HowItWorksAnswer = z.infer<typeof api.howItWorksAnswer>;
export type MemberAnswer = z.infer<typeof api.memberAnswer>;
export type HistoryAnswer = z.infer<typeof api.historyAnswer>;
export type PreviewAnswer = z.infer<typeof api.previewAnswer>;
export type ActivitiesAnswer = z.infer<typeof api.activitiesAnswer>;
export type FollowAnswer = z.infer<typeof api.followAnswer>;
export type MemberCodeAnswer = z.infer<typeof api.memberCodeAnswer>;
export type DeedAnswer = z.infer<typeof api.deedAnswer>;
export type LeaderboardsAnswer = z.infer<typeof boards.leaderboardsAnswer>;
export type GivenAnswer = z.infer<typeof givenAnswer>;
export type MayBuyAnswer = z.infer<typeof opening.mayBuyAnswer>;
export type SendingAnswer = z.infer<typeof sending.sendingAnswer>;
export type HouseholdAnswer = z.infer<typeof household.householdAnswer>;
export type SentAnswer = z.infer<typeof sending.sentAnswer>;
export type RedemptionAnswer = z.infer<typeof api.redemptionAnswer>;

/** The store that a signed request came through. `key` is its domain (Shopify) or path token (WooCommerce). */
export interface StoreRef {
  id: string;
  program: string;
  platform: string;
  key: string;
  /** The shop's own address. */
  url: string;
}

/** Who asks, as the platform signed it. `customer` is the platform's customer id; null = a guest. */
export interface Shopper {
  store: StoreRef;
  customer: string | null;
  language: Language;
  now: Millis;
}

/** A shopper whom the platform named. */
export interface Customer extends Shopper {
  customer: string;
}

export interface StickerWish {
  reward: string;
  codes: string[];
  cart: Cart;
  key: string;
}

export interface SendingWish {
  /** An e-mail address or a member code. */
  to: string;
  points: string;
  /** Names one intention; the same key with another wish (by `hash`) is AppError('idempotency_key_reused', 422). */
  key: string;
  hash: Buffer;
}

export interface RedeemWish {
  reward: string;
  /** Slider only; null = the most that is possible. */
  points: string | null;
  cart: Cart;
  /** Names one intention; the same key with another wish (by `hash`) is AppError('idempotency_key_reused', 422). */
  key: string;
  /** SHA-256 over reward, points and cart. */
  hash: Buffer;
}

/**
 * What the storefront routes ask of the product. Each answers in the shape of the API (schemas.ts), in the shopper's
 * language, from the primary. A customer who is not a member gets what a member of no points would, and is told so;
 * refusals are AppErrors with a sentence for the shopper. Nothing here reveals whether something of another member exists.
 */
export interface StorefrontVerbs {
  programView(shopper: Shopper): Promise<ProgramAnswer>;
  howItWorks(shopper: Shopper): Promise<HowItWorksAnswer>;
  memberView(shopper: Shopper): Promise<MemberAnswer>;
  /** Newest first; `after` is the `next` of the page before. */
  history(customer: Customer, page: { after: string | null; limit: number }): Promise<HistoryAnswer>;
  preview(shopper: Shopper, cart: Cart): Promise<PreviewAnswer>;
  redeem(customer: Customer, wish: RedeemWish): Promise<RedemptionAnswer>;
  /** Null when there is none of this id *of this customer*. `id` is a UUID. */
  findRedemption(customer: Customer, id: string): Promise<RedemptionAnswer | null>;
  /** Lets go of a held redemption; done already = its present state; null as above. */
  undo(customer: Customer, id: string): Promise<RedemptionAnswer | null>;
  join(
    customer: Customer,
    wish: { consentText: string | null; referral: string | null; order: string | null },
  ): Promise<MemberAnswer>;
  /** Month and day, `MM-DD`; null = the member would rather not say. */
  tellBirthday(customer: Customer, monthDay: string | null): Promise<void>;
  visit(customer: Customer): Promise<void>;
  referralVisit(shopper: Shopper, code: string): Promise<void>;
  /** The member was where this code is. Refusals say in the shopper's language what is wrong with it. */
  checkIn(customer: Customer, code: string): Promise<DeedAnswer>;
  /** What can be done beside ordering: surveys that are open, links that are switched on. */
  activities(customer: Customer): Promise<ActivitiesAnswer>;
  /** Whether the shopper may buy it now: some things open for some before others. */
  mayBuy(shopper: Shopper, product: string): Promise<MayBuyAnswer>;
  /** `year` = of the shop; undefined = the running one. */
  givenToCauses(shopper: Shopper, year: number | undefined): Promise<GivenAnswer>;
  answerSurvey(customer: Customer, survey: string, answers: Record<string, string[]>): Promise<DeedAnswer>;
  follow(customer: Customer, link: string): Promise<FollowAnswer>;
  /** By what the member is found at a till just now. */
  memberCode(customer: Customer): Promise<MemberCodeAnswer>;
  /** The member chooses a day of their own; what was chosen stays chosen. */
  chooseDay(customer: Customer, wish: { rule: string; day: string }): Promise<DeedAnswer>;
  /** The leaderboards as they stand: the first `top`, and `around` places on either side of the member. Members alone see them. */
  leaderboards(customer: Customer, show: { top: number; around: number }): Promise<LeaderboardsAnswer>;
  /** Agrees to be shown under this name, or changes it; gives the name as it is shown. */
  showName(customer: Customer, name: string): Promise<string>;
  hideName(customer: Customer): Promise<void>;
  /** What the member can give to another now, and their own code. */
  sending(customer: Customer): Promise<SendingAnswer>;
  sendPoints(customer: Customer, wish: SendingWish): Promise<SentAnswer>;
  /** Whom the member shares an account with, and who invites them. */
  household(customer: Customer): Promise<HouseholdAnswer>;
  inviteToHousehold(customer: Customer, to: string): Promise<void>;
  acceptHousehold(customer: Customer, invitation: string): Promise<HouseholdAnswer>;
  leaveHousehold(customer: Customer): Promise<HouseholdAnswer>;
  /** The texts of the codes that an order of theirs handed out. */
  stickersOfOrder(customer: Customer, order: string): Promise<string[]>;
  /** Puts stickers into a reward; the same key again says how it stands. */
  redeemStickers(shopper: Shopper, wish: StickerWish): Promise<RedemptionAnswer>;
}
