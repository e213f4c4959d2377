import type * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import type { Owner } from '../contract.js';
import type { PromotionChange } from '../../loyalty/control-promotion.js';
import type * as planning from './plan-schemas.js';
import type * as boards from './leaderboard-schemas.js';
import type * as promotions from './promotion-schemas.js';
import type * as api from './schemas.js';
import type * as stickers from './sticker-schemas.js';
import type { AdjustmentVerbs } from './adjustment-verbs.js';
import type { BulkVerbs } from './bulk-verbs.js';
import type { MergeVerbs } from './merge-verbs.js';
import type { ExportVerbs } from './export-verbs.js';
import type { ImportVerbs } from './import-verbs.js';
import type { LedgerVerbs } from './ledger-verbs.js';
import type { OverviewVerbs } from './overview-verbs.js';
import type { PeopleVerbs } from './people-verbs.js';
import type * as redemptions from './redemption-schemas.js';
import type * as showing from './showing-schemas.js';
import type { PersonVerbs } from './person-verbs.js';
import type { ReminderVerbs } from './reminder-verbs.js';
import type { CauseVerbs } from './cause-verbs.js';
import type { HouseholdVerbs } from './household-verbs.js';
import type { SendingVerbs } from './sending-verbs.js';
import type { ReportVerbs } from './report-verbs.js';
import type { StockVerbs } from './stock-verbs.js';
import type { TrialVerbs } from './trial-verbs.js';
import type { SettingsVerbs } from './settings-verbs.js';
import type * as simulating from './simulation-schemas.js';

export type LeaderboardAnswer = z.infer<typeof boards.leaderboardAnswer>;
export type StickersAnswer = z.infer<typeof stickers.stickersAnswer>;
export type VersionAnswer = z.infer<typeof api.versionAnswer>;
export type VersionsAnswer = z.infer<typeof api.versionsAnswer>;
export type DraftAnswer = z.infer<typeof api.draftAnswer>;
export type DraftWish = z.infer<typeof api.draftRequest>;
export type CheckAnswer = z.infer<typeof api.checkAnswer>;
export type DiffQuery = z.infer<typeof api.diffQuery>;
export type DiffAnswer = z.infer<typeof api.diffAnswer>;
export type PublishWish = z.infer<typeof api.publishRequest>;
export type RollBackWish = z.infer<typeof api.rollBackRequest>;
export type PublishedAnswer = z.infer<typeof api.publishedAnswer>;
export type BalancesAnswer = z.infer<typeof api.balancesAnswer>;
export type ClaimWish = z.infer<typeof api.claimRequest>;
export type GiftWish = z.infer<typeof api.giftRequest>;
export type EventWish = z.infer<typeof api.eventRequest>;
export type EventAnswer = z.infer<typeof api.eventAnswer>;
export type SurveyReport = z.infer<typeof api.surveyReport>;
export type SimulationWish = z.infer<typeof simulating.simulationRequest>;
export type SimulationAnswer = z.infer<typeof simulating.simulationAnswer>;
export type SimulationState = z.infer<typeof simulating.simulationState>;
export type SimulationsAnswer = z.infer<typeof simulating.simulationsAnswer>;

export type PlanQuery = z.infer<typeof planning.planQuery>;
export type PlanAnswer = z.infer<typeof planning.planAnswer>;
export type SettlingAnswer = z.infer<typeof planning.settlingAnswer>;

export type PreviewWish = z.infer<typeof showing.previewRequest>;
export type PreviewAnswer = z.infer<typeof showing.previewAnswer>;
export type RedemptionsQuery = z.infer<typeof redemptions.redemptionsQuery>;
export type RedemptionsAnswer = z.infer<typeof redemptions.redemptionsAnswer>;

export type PromotionsAnswer = z.infer<typeof promotions.promotionsAnswer>;
export type ConflictsQuery = z.infer<typeof promotions.conflictsQuery>;
export type ConflictsAnswer = z.infer<typeof promotions.conflictsAnswer>;
export type DaysQuery = z.infer<typeof promotions.daysQuery>;
export type DaysAnswer = z.infer<typeof promotions.daysAnswer>;
export type ChangedAnswer = z.infer<typeof promotions.changedAnswer>;

/** Who asks, proved by an API key: of one program, and of nothing else. */
export interface Asking {
  owner: Owner;
  now: Millis;
}

/** What the owner's routes ask of the product; each answers in the shape of the API (schemas.ts). */
export interface OwnerVerbs
  extends
    AdjustmentVerbs,
    BulkVerbs,
    ExportVerbs,
    ImportVerbs,
    LedgerVerbs,
    MergeVerbs,
    OverviewVerbs,
    PeopleVerbs,
    PersonVerbs,
    ReminderVerbs,
    SendingVerbs,
    HouseholdVerbs,
    CauseVerbs,
    ReportVerbs,
    StockVerbs,
    TrialVerbs,
    SettingsVerbs {
  program(asking: Asking): Promise<VersionAnswer>;
  versions(asking: Asking): Promise<VersionsAnswer>;
  version(asking: Asking, version: number): Promise<VersionAnswer>;
  draft(asking: Asking): Promise<DraftAnswer | null>;
  saveDraft(asking: Asking, wish: DraftWish): Promise<DraftAnswer>;
  discardDraft(asking: Asking, hash: string): Promise<void>;
  /** Null when there is no draft. */
  checkDraft(asking: Asking, locale: z.infer<typeof api.checkQuery>['locale']): Promise<CheckAnswer | null>;
  diff(asking: Asking, query: DiffQuery): Promise<DiffAnswer>;
  publish(asking: Asking, wish: PublishWish): Promise<PublishedAnswer>;
  rollBack(asking: Asking, wish: RollBackWish): Promise<PublishedAnswer>;
  plan(asking: Asking, query: PlanQuery): Promise<PlanAnswer>;
  settling(asking: Asking): Promise<SettlingAnswer>;
  preview(asking: Asking, wish: PreviewWish): Promise<PreviewAnswer>;
  programText(asking: Asking, query: z.infer<typeof showing.textQuery>): Promise<z.infer<typeof showing.textAnswer>>;
  readText(asking: Asking, text: string): Promise<z.infer<typeof showing.readAnswer>>;
  redemptions(asking: Asking, query: RedemptionsQuery): Promise<RedemptionsAnswer>;
  solveRedemption(
    asking: Asking,
    id: string,
    how: z.infer<typeof redemptions.solveRequest>['how'],
  ): Promise<RedemptionsAnswer>;
  claim(asking: Asking, order: string, wish: ClaimWish): Promise<BalancesAnswer>;
  give(asking: Asking, order: string, wish: GiftWish): Promise<BalancesAnswer>;
  /** An event of the owner's own, of a member. */
  tellEvent(asking: Asking, wish: EventWish): Promise<EventAnswer>;
  survey(asking: Asking, id: string): Promise<SurveyReport>;
  startSimulation(asking: Asking, wish: SimulationWish): Promise<SimulationState>;
  simulations(asking: Asking): Promise<SimulationsAnswer>;
  simulation(asking: Asking, id: string): Promise<SimulationAnswer>;
  cancelSimulation(asking: Asking, id: string): Promise<SimulationState>;
  promotions(asking: Asking, query: ConflictsQuery): Promise<PromotionsAnswer>;
  conflicts(asking: Asking, query: ConflictsQuery): Promise<ConflictsAnswer>;
  promotionDays(asking: Asking, query: DaysQuery): Promise<DaysAnswer>;
  leaderboard(asking: Asking, board: string, top: number): Promise<LeaderboardAnswer>;
  stickers(asking: Asking): Promise<StickersAnswer>;
  printStickers(
    asking: Asking,
    wish: z.infer<typeof stickers.batchRequest>,
  ): Promise<z.infer<typeof stickers.batchAnswer>>;
  /** How many of the batch were used before. */
  voidStickers(asking: Asking, batch: string): Promise<number>;
  orderStickers(asking: Asking, of: { store: string; order: string }): Promise<string[]>;
  changePromotion(asking: Asking, change: Omit<PromotionChange, 'by'>): Promise<ChangedAnswer>;
}
