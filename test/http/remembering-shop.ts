import type {
  PreviewAnswer,
  ProgramAnswer,
  RedemptionAnswer,
  Shopper,
  StorefrontVerbs,
} from '../../src/http/storefront/verbs.js';

const PROGRAM: ProgramAnswer = {
  name: '',
  units: {},
  earning: [],
  joiningBonus: null,
  referral: null,
  reviewBonus: null,
  rewards: [],
  language: 'en',
};
const PREVIEW: PreviewAnswer = { earn: {}, earnSentence: '', redeem: [], held: [], roundUp: null };

const NOBODY = {
  member: null,
  balances: {},
  tier: null,
  ladder: null,
  stamps: {},
  membership: null,
  perks: [],
  goals: [],
  badges: [],
  donated: null,
};

/** Verbs that remember who asked for what: for tests of the way to them, not of what they do. */
export function rememberingShop(redemptions: { id: string; of: string }[] = []) {
  const asked: { verb: string; by: string }[] = [];
  const nameOf = ({ store, customer }: Shopper) => `${store.program}/${store.platform}/${customer ?? 'guest'}`;
  const note = (verb: string, shopper: Shopper) => void asked.push({ verb, by: nameOf(shopper) });
  const find = (shopper: Shopper, id: string): RedemptionAnswer | null => {
    const own = redemptions.find((one) => one.id === id && one.of === nameOf(shopper));
    return own ? aRedemption(id) : null;
  };
  const verbs: StorefrontVerbs = {
    async programView(shopper) {
      note('program', shopper);
      return { ...PROGRAM, name: `program ${shopper.store.program}`, language: shopper.language };
    },
    async howItWorks(shopper) {
      note('how it works', shopper);
      const sentences = [{ id: 'base', sentence: 'A <point> for every €1.00 spent.' }];
      return {
        name: 'Club',
        language: shopper.language,
        sections: [{ id: 'earning', title: 'How you earn', sentences }],
      };
    },
    async memberView(shopper) {
      note('member', shopper);
      return { ...NOBODY, customer: shopper.customer };
    },
    async history(shopper) {
      note('history', shopper);
      return { lines: [], next: null };
    },
    async preview(shopper) {
      note('preview', shopper);
      return PREVIEW;
    },
    async redeem(shopper, { key }) {
      note(`redeem ${key}`, shopper);
      return aRedemption('0199b0d6-0000-7000-8000-000000000001');
    },
    async findRedemption(shopper, id) {
      note('redemption', shopper);
      return find(shopper, id);
    },
    async undo(shopper, id) {
      note('undo', shopper);
      return find(shopper, id);
    },
    async join(shopper) {
      note('join', shopper);
      return { ...NOBODY, customer: shopper.customer };
    },
    async tellBirthday(shopper) {
      note('birthday', shopper);
    },
    async visit(shopper) {
      note('visit', shopper);
    },
    async referralVisit(shopper) {
      note('referral-visit', shopper);
    },
    async givenToCauses(shopper, year = 2026) {
      note(`causes ${year}`, shopper);
      return { year, causes: [], sentence: null };
    },
    async mayBuy(shopper, product) {
      note(`may-buy ${product}`, shopper);
      return { product, now: true, from: null, opens: null, sentence: null };
    },
    async activities(shopper) {
      note('activities', shopper);
      return { checkIn: false, surveys: [], links: [], ownDays: [] };
    },
    async answerSurvey(shopper) {
      note('survey-answer', shopper);
      return { rule: 'taste', name: 'taste', gives: {}, sentence: '' };
    },
    async follow(shopper) {
      note('follow', shopper);
      return { rule: 'us', name: 'us', gives: {}, sentence: '', url: 'https://social.example/us' };
    },
    async memberCode(shopper) {
      note('member-code', shopper);
      return { code: 'ABCD', spaced: 'ABCD', until: null, qr: { size: 21, path: '' } };
    },
    async chooseDay(shopper) {
      note('own-day', shopper);
      return { rule: 'mine', name: 'mine', gives: {}, sentence: '' };
    },
    async leaderboards(shopper) {
      note('leaderboards', shopper);
      return { shownAs: null, leaderboards: [] };
    },
    async showName(shopper, name) {
      note('show-name', shopper);
      return name;
    },
    async hideName(shopper) {
      note('hide-name', shopper);
    },
    async stickersOfOrder(shopper) {
      note('stickers', shopper);
      return [];
    },
    async redeemStickers(shopper, { key }) {
      note(`redeem-stickers ${key}`, shopper);
      return aRedemption('0199b0d6-0000-7000-8000-000000000002');
    },
    async sending(shopper) {
      note('sending', shopper);
      return { sending: null, code: 'AB12' };
    },
    async sendPoints(shopper) {
      note('send', shopper);
      return { id: '1', unit: 'points', points: '5', sentence: '' };
    },
    async household(shopper) {
      note('household', shopper);
      return NO_HOUSEHOLD;
    },
    async inviteToHousehold(shopper) {
      note('invite', shopper);
    },
    async acceptHousehold(shopper) {
      note('accept', shopper);
      return NO_HOUSEHOLD;
    },
    async leaveHousehold(shopper) {
      note('leave', shopper);
      return NO_HOUSEHOLD;
    },
    async checkIn(shopper) {
      note('check-in', shopper);
      return { rule: 'poster', name: 'poster', gives: {}, sentence: '' };
    },
  };
  return { verbs, asked };
}

const NO_HOUSEHOLD = { size: null, household: null, invitations: [] };

function aRedemption(id: string): RedemptionAnswer {
  return {
    id,
    state: 'held',
    reward: 'five-off',
    unit: 'points',
    points: '500',
    off: { minor: 500, currency: 'EUR', exponent: 2 },
    code: null,
    codeState: 'wanted',
    expiresAt: '2026-11-22T03:00:00.000Z',
  };
}
