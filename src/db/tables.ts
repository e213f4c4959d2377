import type { Generated, GeneratedAlways } from 'kysely';
import type { Big, BigDefault, Instant, InstantDefault, InstantOrNull, Json } from './column-types.js';
import type {
  LeaderboardEndTable,
  MemberWordTable,
  ShownNameTable,
  StickerBatchTable,
  StickerTable,
  SurveyAnswerTable,
} from './deed-tables.js';
import type { RedemptionTable, RewardStockTable } from './redemption-tables.js';
import type {
  ConnectionTable,
  CustomerStateTable,
  InboxTable,
  OrderStateTable,
  ProductStateTable,
} from './told-tables.js';
import type {
  ApiKeyTable,
  AuditEventTable,
  ForecastTable,
  LevelCountTable,
  LevelMoveTable,
  MemberLevelTable,
  RewardTrialTable,
  CausePayoutTable,
  TargetTable,
  OutboxTable,
  ReconciliationTable,
  RejudgingTable,
  SimulationTable,
} from './job-tables.js';
import type {
  AdjustmentLimitTable,
  AdjustmentTable,
  DeskSessionTable,
  PasskeyTable,
  SignInLinkTable,
  StaffTable,
} from './staff-tables.js';
import type { ExportFileTable, ExportPartTable } from './export-tables.js';
import type { BulkAdjustmentMemberTable, BulkAdjustmentTable } from './bulk-tables.js';
import type {
  AccountTable,
  EntryTable,
  LotTable,
  LotUseTable,
  MemberBooksTable,
  TransferTable,
} from './ledger-tables.js';
import type { ImportFileTable, ImportLineTable, ImportPartTable, ImportProblemTable } from './import-tables.js';

/**
 * The tables as kysely sees them: what comes out and what may go in. A test compares this file with the database.
 * bigint comes out as a string: ids stay strings, points become BigInt where they are computed with.
 */

export interface ProgramTable {
  id: Generated<string>;
  name: string;
  zone: string;
  money_code: string;
  money_exponent: number;
  created_at: InstantDefault;
}

export interface RuleSetTable {
  program_id: Big;
  version: number;
  in_force_from: Instant;
  rules: Json;
  published_at: InstantDefault;
  about: Json;
}

export interface DraftTable {
  program_id: Big;
  file: Json;
  hash: string;
  base_version: number;
  updated_by: string;
  updated_at: InstantDefault;
}

export interface StoreTable {
  id: GeneratedAlways<string>;
  program_id: Big;
  platform: string;
  key: string;
  url: string;
  installation: string | null;
  status: string;
  generation: Generated<number>;
  installed_at: InstantDefault;
  uninstalled_at: InstantOrNull;
  money_code: string;
  money_exponent: number;
  zone: string;
  settings: Json;
  heard_at: InstantOrNull;
}

export interface StoreSecretTable {
  program_id: Big;
  store_id: Big;
  kind: string;
  sealed: Buffer;
  created_at: InstantDefault;
  expires_at: InstantOrNull;
}

export interface MemberTable {
  program_id: Big;
  id: GeneratedAlways<string>;
  public_id: Generated<string>;
  joined_at: Instant;
  status: Generated<string>;
  merged_into: string | null;
  merged_at: InstantOrNull;
  referral_code: string;
  mailbox: string | null;
  phone: string | null;
  blocked_at: InstantOrNull;
  brought_by: string | null;
  enrolled_by: string | null;
  kin: string | null;
}

export interface HouseholdMemberTable {
  program_id: Big;
  member_id: Big;
  head_id: Big;
  from_at: Instant;
  until_at: InstantOrNull;
}

export interface MemberPiiTable {
  program_id: Big;
  member_id: Big;
  sealed: Buffer;
}

export interface CustomerLinkTable {
  program_id: Big;
  store_id: Big;
  customer: string;
  member_id: Big;
  linked_at: Instant;
}

export interface ConsentTable {
  program_id: Big;
  id: GeneratedAlways<string>;
  member_id: Big;
  channel: string;
  given: boolean;
  text: string;
  source: string;
  at: Instant;
}

export interface CeilingTable {
  program_id: Big;
  promotion: string;
  granted: BigDefault;
}

export interface ActivityTable {
  program_id: Big;
  kind: string;
  key: string;
  store_id: string | null;
  member_id: string | null;
  subject: string | null;
  at: Instant;
  facts: Json;
  mailbox: GeneratedAlways<string | null>;
  arrived_at: InstantDefault;
}

export interface DecisionTable {
  program_id: Big;
  activity: string;
  member_id: string | null;
  reason: string;
  gives: Json;
  rule_version: number;
  explanation: Json;
  decided_at: InstantDefault;
}

export interface Tables {
  connection: ConnectionTable;
  program: ProgramTable;
  rule_set: RuleSetTable;
  draft: DraftTable;
  api_key: ApiKeyTable;
  staff: StaffTable;
  sign_in_link: SignInLinkTable;
  desk_session: DeskSessionTable;
  passkey: PasskeyTable;
  adjustment_limit: AdjustmentLimitTable;
  adjustment: AdjustmentTable;
  store: StoreTable;
  store_secret: StoreSecretTable;
  member: MemberTable;
  member_pii: MemberPiiTable;
  member_word: MemberWordTable;
  customer_link: CustomerLinkTable;
  household_member: HouseholdMemberTable;
  consent: ConsentTable;
  inbox: InboxTable;
  order_state: OrderStateTable;
  product_state: ProductStateTable;
  customer_state: CustomerStateTable;
  ceiling: CeilingTable;
  rejudging: RejudgingTable;
  simulation: SimulationTable;
  export_file: ExportFileTable;
  export_part: ExportPartTable;
  bulk_adjustment: BulkAdjustmentTable;
  bulk_adjustment_member: BulkAdjustmentMemberTable;
  import_file: ImportFileTable;
  import_part: ImportPartTable;
  import_line: ImportLineTable;
  import_problem: ImportProblemTable;
  forecast: ForecastTable;
  target: TargetTable;
  cause_payout: CausePayoutTable;
  reward_trial: RewardTrialTable;
  level_move: LevelMoveTable;
  member_level: MemberLevelTable;
  level_count: LevelCountTable;
  activity: ActivityTable;
  survey_answer: SurveyAnswerTable;
  shown_name: ShownNameTable;
  leaderboard_end: LeaderboardEndTable;
  sticker_batch: StickerBatchTable;
  sticker: StickerTable;
  decision: DecisionTable;
  account: AccountTable;
  member_books: MemberBooksTable;
  transfer: TransferTable;
  entry: EntryTable;
  lot: LotTable;
  lot_use: LotUseTable;
  redemption: RedemptionTable;
  reward_stock: RewardStockTable;
  outbox: OutboxTable;
  reconciliation: ReconciliationTable;
  audit_event: AuditEventTable;
}
