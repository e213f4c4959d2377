import type * as z from 'zod';
import type * as board from '../src/http/storefront/leaderboard-schemas.js';
import type * as api from '../src/http/storefront/schemas.js';

/** What the storefront API answers, taken from its own schemas so that the two cannot drift apart. */
export type Program = z.infer<typeof api.programAnswer>;
export type Reward = z.infer<typeof api.reward>;
export type Member = z.infer<typeof api.memberAnswer>;
export type UnitBalance = Member['balances'][string];
export type History = z.infer<typeof api.historyAnswer>;
export type HistoryLine = z.infer<typeof api.historyLine>;
export type Preview = z.infer<typeof api.previewAnswer>;
export type Redeemable = Preview['redeem'][number];
export type Held = Preview['held'][number];
export type Redemption = z.infer<typeof api.redemptionAnswer>;
export type Goal = Member['goals'][number];
export type Activities = z.infer<typeof api.activitiesAnswer>;
export type Survey = Activities['surveys'][number];
export type Deed = z.infer<typeof api.deedAnswer>;
export type Money = z.infer<typeof api.money>;
export type Failure = z.infer<typeof api.errorAnswer>;
export type CartFacts = z.input<typeof api.cart>;
export type Boards = z.infer<typeof board.leaderboardsAnswer>;
