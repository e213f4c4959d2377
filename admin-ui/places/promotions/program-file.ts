import type { Language } from '../../words/words.js';

/** A promotion as the program's file has it, in canonical form: what goes without saying is left out. */
export interface Promotion {
  id: string;
  unit?: string;
  factor?: number | string;
  add?: number;
  addItem?: number;
  exclusive?: boolean;
  paused?: boolean;
  where?: Record<string, unknown>;
  when?: When;
  ceiling?: { points: number } | { money: number };
  [word: string]: unknown;
}

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
export const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

export interface When {
  from?: string;
  to?: string;
  weekdays?: Weekday[];
  recurs?: { weeks?: number; months?: number; on: (Weekday | { day: number | 'last' })[]; from: string };
  hours?: { from: string; to: string };
  tiers?: string[];
  nth?: Record<string, number>;
  birthday?: string;
  memberDays?: { min?: number; max?: number };
  daysSinceOrder?: { min?: number; max?: number };
  customerTags?: string[];
  minOrder?: number;
  [word: string]: unknown;
}

type Names = Partial<Record<Language, string>>;

/** As much of a program's file as this place reads; the rest is kept as it is. */
export interface ProgramFile {
  name: string;
  names?: { rules?: Record<string, Names>; tiers?: Record<string, Names>; [part: string]: unknown };
  rules: {
    zone: string;
    units: Record<string, { value?: number | string }>;
    promotions?: Promotion[];
    stacking?: { promotions?: 'best' | 'sum' | 'multiply' };
    tiers?: { levels: { id: string }[] };
    [part: string]: unknown;
  };
  [part: string]: unknown;
}

/** The service proves files before it keeps them; here they are only read. */
export const asProgramFile = (file: Record<string, unknown>): ProgramFile => file as unknown as ProgramFile;
export const asBody = (file: ProgramFile): Record<string, unknown> => file as unknown as Record<string, unknown>;

export const promotionsOf = (file: ProgramFile): readonly Promotion[] => file.rules.promotions ?? [];
export const unitOf = (promotion: Promotion): string => promotion.unit ?? 'points';

export function nameIn(names: Record<string, Names> | undefined, id: string, language: Language): string {
  const own = names?.[id];
  return own?.[language] ?? own?.en ?? Object.values(own ?? {})[0] ?? id;
}
export const promotionName = (file: ProgramFile, id: string, language: Language): string =>
  nameIn(file.names?.rules, id, language);

/** The file with this promotion in it, in the place of the one of its id or as the last. */
export function withPromotion(file: ProgramFile, promotion: Promotion, names: Names): ProgramFile {
  const there = promotionsOf(file);
  const known = there.some(({ id }) => id === promotion.id);
  const rules = file.names?.rules ?? {};
  return {
    ...file,
    names: { ...file.names, rules: { ...rules, [promotion.id]: { ...rules[promotion.id], ...names } } },
    rules: {
      ...file.rules,
      promotions: known ? there.map((one) => (one.id === promotion.id ? promotion : one)) : [...there, promotion],
    },
  };
}

export function withoutPromotion(file: ProgramFile, id: string): ProgramFile {
  return { ...file, rules: { ...file.rules, promotions: promotionsOf(file).filter((one) => one.id !== id) } };
}

/** Promotions that the draft adds or has otherwise than the program in force. */
export function changedPromotions(live: ProgramFile, draft: ProgramFile): Promotion[] {
  const before = new Map(promotionsOf(live).map((one) => [one.id, written(one)]));
  return promotionsOf(draft).filter((one) => before.get(one.id) !== written(one));
}

/** The draft's promotions on the newest program; what else a draft changed is for the place Program. */
export function onNewest(base: ProgramFile, draft: ProgramFile, newest: ProgramFile): ProgramFile {
  let file = newest;
  for (const promotion of changedPromotions(base, draft))
    file = withPromotion(file, promotion, draft.names?.rules?.[promotion.id] ?? {});
  for (const { id } of promotionsOf(base))
    if (!promotionsOf(draft).some((one) => one.id === id)) file = withoutPromotion(file, id);
  return file;
}

function written(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
