import type { ProgramRules } from '../program-rules.js';
import type { Wording } from '../sentences.js';
import { allowanceText } from './allowances.js';
import { baseText } from './base.js';
import { asksForMoney } from './given.js';
import { birthdayText } from './birthday.js';
import { countsText, unitText } from './counting.js';
import { convertText } from './converts.js';
import { deedsText } from './deeds.js';
import { earningText } from './earning/index.js';
import { expiryText } from './expiry/index.js';
import { goalsText } from './goals.js';
import { joiningText } from './joining.js';
import { leaderboardText } from './leaderboards.js';
import { earlierText, endText, excludesText, startText } from './life.js';
import { memberCodeText } from './member-code.js';
import { membershipText } from './membership.js';
import { openingText } from './openings.js';
import { promotionText, stackingText } from './promotion.js';
import { referralText } from './referral.js';
import { reviewsText } from './reviews.js';
import { rewardText } from './rewards/index.js';
import { roundUpText } from './round-up.js';
import { householdText } from './household.js';
import { sendingText } from './sending.js';
import { sharedLimitsText } from './shared-limits.js';
import { asSentence, type NameOf, Speaker } from './speaker.js';
import { stickersText } from './stickers.js';
import { stampsText } from './stamps.js';
import { TITLES } from './titles.js';
import { tiersText } from './tiers.js';

export const SECTIONS = ['program', 'earning', 'promotions', 'tiers', 'rewards', 'terms'] as const;
export type Section = (typeof SECTIONS)[number];

/** One sentence: the rule that it is of by its id, and in which part of the page it stands. */
export interface Told {
  section: Section;
  id: string;
  sentence: string;
}

interface Text {
  id: string;
  text: string;
}
interface Part {
  section: Section;
  tell(rules: ProgramRules, speaker: Speaker): Text[];
}

/** A part of the rules that may be left out, and speaks of itself once. */
const once = <Key extends keyof ProgramRules>(
  section: Section,
  key: Key,
  text: (rule: NonNullable<ProgramRules[Key]>, speaker: Speaker) => string,
): Part => ({
  section,
  tell(rules, speaker) {
    const rule = rules[key];
    return rule === undefined ? [] : [{ id: key, text: text(rule as NonNullable<typeof rule>, speaker) }];
  },
});
/** Many of a kind; one that the owner gave a name begins with it. */
const each = <Rule extends { id: string }>(
  section: Section,
  of: (rules: ProgramRules) => readonly Rule[],
  text: (rule: Rule, speaker: Speaker) => string,
): Part => ({
  section,
  tell: (rules, speaker) =>
    of(rules).map((rule) => {
      const [name] = speaker.named('rule', [rule.id]) ?? [];
      const said = text(rule, speaker);
      return { id: rule.id, text: name === undefined ? said : `${name}: ${said}` };
    }),
});
const lines = (section: Section, id: string, tell: (rules: ProgramRules, speaker: Speaker) => string[]): Part => ({
  section,
  tell: (rules, speaker) => tell(rules, speaker).map((text, at) => ({ id: at === 0 ? id : `${id}-${at + 1}`, text })),
});

/**
 * Every word of a program's rules and where it is told, in the order of the page. Null = it is not a rule of its own: it is
 * heard in the sentences of others. A new word has its line here.
 */
const PARTS: { [Key in keyof Required<ProgramRules>]: Part | null } = {
  starts: once('program', 'starts', startText),
  ends: once('program', 'ends', endText),
  joining: once('earning', 'joining', joiningText),
  earning: each('earning', (rules) => rules.earning, earningText),
  base: lines('earning', 'base', (rules, speaker) => (asksForMoney(rules) ? [baseText(rules.base, speaker)] : [])),
  converts: each('rewards', (rules) => rules.converts ?? [], convertText),
  stamps: each('earning', (rules) => rules.stamps, stampsText),
  birthday: once('earning', 'birthday', birthdayText),
  reviews: once('earning', 'reviews', reviewsText),
  referral: once('earning', 'referral', referralText),
  deeds: { section: 'earning', tell: ({ deeds }, speaker) => deedsText(deeds, speaker) },
  goals: { section: 'earning', tell: goalsText },
  sharedLimits: { section: 'earning', tell: sharedLimitsText },
  leaderboards: {
    section: 'earning',
    tell: ({ leaderboards = [] }, speaker) =>
      leaderboards.map((board) => ({ id: board.id, text: leaderboardText(board, speaker) })),
  },
  promotions: each('promotions', (rules) => rules.promotions, promotionText),
  stacking: lines('promotions', 'stacking', stackingText),
  tiers: { section: 'tiers', tell: ({ tiers }, speaker) => (tiers ? tiersText(tiers, speaker) : []) },
  allowances: each('tiers', (rules) => rules.allowances ?? [], allowanceText),
  openings: each('tiers', (rules) => rules.openings ?? [], openingText),
  membership: once('tiers', 'membership', membershipText),
  stickers: once('earning', 'stickers', stickersText),
  roundUp: once('earning', 'roundUp', roundUpText),
  memberCode: once('terms', 'memberCode', memberCodeText),
  rewards: each('rewards', (rules) => rules.rewards, rewardText),
  sending: once('rewards', 'sending', sendingText),
  household: once('rewards', 'household', householdText),
  counts: lines('terms', 'counts', countsText),
  earlierOrders: lines('terms', 'earlier', ({ earlierOrders }, speaker) => earlierText(earlierOrders, speaker)),
  excludes: lines('terms', 'excludes', ({ excludes }, speaker) => excludesText(excludes ?? {}, speaker)),
  units: {
    section: 'terms',
    tell: (program, speaker) =>
      Object.entries(program.units).flatMap(([unit, rules]) => [
        { id: `expiry-${unit}`, text: expiryText(unit, rules.expiry, speaker) },
        ...Object.entries(rules.expiryByTier ?? {}).map(([level, expiry]) => ({
          id: `expiry-${unit}-${level}`,
          text: `${speaker.name('tier', level)}: ${expiryText(unit, expiry, speaker)}`,
        })),
        ...unitText(unit, program, speaker),
      ]),
  },
  zone: null,
  money: null,
  currencies: null,
  moment: null,
  pendingDays: null,
};

/**
 * How a program works, in sentences for a shopper, generated from its rules: whatever the owner changes, this says. `nameOf`
 * gives the shop's names of products, stores and tiers.
 */
export function howItWorks(rules: ProgramRules, wording: Wording, nameOf?: NameOf): Told[] {
  const speaker = new Speaker(wording, nameOf);
  return Object.values(PARTS).flatMap((part) =>
    part === null
      ? []
      : part.tell(rules, speaker).map(({ id, text }) => ({ section: part.section, id, sentence: asSentence(text) })),
  );
}

/** What stands over a part of the page. */
export function sectionTitle(section: Section, wording: Wording): string {
  return new Speaker(wording).say(TITLES[section]);
}
