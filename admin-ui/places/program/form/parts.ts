/** The editor's parts, and what of `rules` each is about. Promotions have a place of their own. */
export const PARTS = {
  earning: ['earning', 'joining', 'birthday', 'reviews', 'referral', 'converts', 'roundUp', 'sharedLimits'],
  base: ['base', 'counts', 'pendingDays', 'moment', 'earlierOrders', 'excludes', 'starts', 'ends'],
  tiers: ['tiers', 'membership', 'allowances', 'openings'],
  stamps: ['stamps', 'stickers'],
  goals: ['deeds', 'goals', 'leaderboards'],
  expiry: ['units'],
  rewards: ['rewards', 'sending', 'household'],
  together: ['stacking', 'currencies', 'zone', 'money', 'memberCode'],
} as const satisfies Record<string, readonly string[]>;
export type PartName = keyof typeof PARTS;
export const PART_NAMES = Object.keys(PARTS) as PartName[];

/** Under which of the shopper's headings the sentences of a part stand. */
export const TOLD_IN: Record<PartName, readonly string[]> = {
  earning: ['earning'],
  base: ['earning', 'terms', 'program'],
  tiers: ['tiers'],
  stamps: ['earning'],
  goals: ['earning'],
  expiry: ['terms'],
  rewards: ['rewards'],
  together: ['promotions'],
};

/** Edited elsewhere. */
export const ELSEWHERE = ['promotions'];
