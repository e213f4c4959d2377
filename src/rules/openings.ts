import type { Millis } from '../lib/clock.js';
import { compile } from './compile.js';
import { prepareWhere } from './conditions/index.js';
import type { LineTest } from './conditions/index.js';
import type { Perk } from './perk-rules.js';
import type { ProgramRules } from './program-rules.js';

/** When somebody may buy what opens: from `from` on, everybody from `opens` on. */
export interface EarlyWindow {
  id: string;
  access: string;
  from: Millis;
  opens: Millis;
  /** Null = whatever is bought. */
  passes: LineTest | null;
}

/** Whether the checkout takes something off by it: what a platform is told of. */
export const takesOff = ({ kind }: Perk): boolean => kind !== 'access';

/** What a level and a paid membership bring beside points. */
export function perksHeld({ tiers, membership }: ProgramRules, tier: string | null, paid: boolean): Perk[] {
  const level = tiers?.levels.find(({ id }) => id === tier);
  return [...(level?.perks ?? []), ...(paid ? (membership?.perks ?? []) : [])];
}

/** Every opening of the rules for somebody with these perks: the access that comes earliest is the one that holds. */
export function openingsFor(rules: ProgramRules, perks: readonly Perk[]): EarlyWindow[] {
  const { calendar } = compile(rules);
  return (rules.openings ?? []).map(({ id, access, opens: local, where }) => {
    const opens = calendar.instantOf(local);
    const hours = perks.flatMap((perk) => (perk.kind === 'access' && perk.id === access ? [perk.hours ?? 0] : []));
    return { id, access, opens, from: opens - Math.max(0, ...hours) * 3_600_000, passes: prepareWhere(where) };
  });
}
