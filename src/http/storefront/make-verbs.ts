import type { Database, Tx } from '../../db/database.js';
import { claimOrders, countClaimable } from '../../loyalty/claim-orders.js';
import type { Loyalty } from '../../loyalty/context.js';
import type { Millis } from '../../lib/clock.js';
import { type Joining, join, noteReferral } from '../../loyalty/join.js';
import { joinedAt, placedBy } from '../../loyalty/joined-with.js';
import { readMemberState } from '../../loyalty/member-state.js';
import { describeBuyer } from '../../loyalty/known-customers.js';
import { describeCart } from '../../loyalty/known-products.js';
import { noteVisit } from '../../loyalty/note-visit.js';
import { promiseCart } from '../../loyalty/promise-cart.js';
import { readHistory } from '../../loyalty/read-history.js';
import { readNothingEarned } from '../../loyalty/read-nothing-earned.js';
import { readMember } from '../../loyalty/read-member.js';
import { type RedemptionRow, readHeld, readRedemption } from '../../loyalty/read-redemption.js';
import { readPiecesLeft } from '../../loyalty/read-stock.js';
import { readRoomToRoundUp } from '../../loyalty/room-to-round-up.js';
import { redeem, redemptionOfCustomer, undoRedemption } from '../../loyalty/redeem.js';
import { inForce } from '../../loyalty/rule-sets.js';
import { tellBirthday } from '../../loyalty/tell-birthday.js';
import type { Cart } from '../../rules/cart.js';
import { compile } from '../../rules/compile.js';
import { roundedUp } from '../../rules/round-up.js';
import type { ProgramRules } from '../../rules/program-rules.js';
import { memberOfShopper, memberRefOf, refOf, within } from './asking.js';
import { deedVerbs } from './deed-verbs.js';
import { historyView } from './history-view.js';
import { leaderboardVerbs } from './leaderboard-verbs.js';
import { memberView, strangerView } from './member-view.js';
import { looksTo, refuseOutsidePilot } from './looks.js';
import { cartOf, heldView, redeemView, redemptionView, roundUpView } from './preview-view.js';
import { howItWorksView } from './how-it-works.js';
import { programView } from './program-view.js';
import { causeStatement } from './cause-statement.js';
import { causeVerbs } from './cause-routes.js';
import { openingVerbs } from './opening-routes.js';
import { householdVerbs } from './household-verbs.js';
import { sendingVerbs } from './sending-verbs.js';
import { stickerVerbs } from './sticker-verbs.js';
import { memberCodeVerbs } from './member-code-routes.js';
import type { Cart as WireCart } from './schemas.js';
import { spokenTo, versionsOf } from './spoken-to.js';
import type { Customer, MemberAnswer, RedemptionAnswer, Shopper, StorefrontVerbs } from './verbs.js';
import { promiseSentence } from './words.js';

export interface VerbParts {
  db: Database;
  loyalty: Loyalty;
  /** What the platform says of a customer; null where it cannot be asked just now: the program works by id alone. */
  personOf(shopper: Customer): Promise<Joining['person']>;
  /** When an order of this customer's was placed, as the platform says; null = it does not say so just now. */
  placed(shopper: Customer, order: string): Promise<Millis | null>;
  /** Does an effect now, within the shopper's patience; what is not done by then is done by the worker. */
  hurry(effect: { store: string; kind: string; subject: string }): Promise<void>;
  ringEffects(program: string): void;
  /** The address that a member shares. */
  referralLink(shopper: Shopper, code: string): string;
}

/** The storefront's verbs: each a transaction around what src/loyalty does, shaped for the shopper. */
export function makeStorefrontVerbs(parts: VerbParts): StorefrontVerbs {
  return {
    ...lookingVerbs(parts),
    ...redeemingVerbs(parts),
    ...joiningVerbs(parts),
    ...deedVerbs(parts),
    ...memberCodeVerbs(parts),
    ...leaderboardVerbs(parts),
    ...stickerVerbs(parts, cartFor),
    ...sendingVerbs(parts),
    ...openingVerbs(parts),
    ...householdVerbs(parts),
    ...causeVerbs(parts),
  };
}

/** The shopper's cart as rules see it: with what the store's products and its record of the customer say. */
async function cartFor(tx: Tx, shopper: Shopper, wire: WireCart): Promise<Cart> {
  const cart = await describeCart(tx, refOf(shopper), cartOf(refOf(shopper), wire, shopper.language));
  return describeBuyer(tx, refOf(shopper), shopper.customer, cart);
}

async function viewOf(parts: VerbParts, tx: Tx, shopper: Shopper): Promise<MemberAnswer> {
  const versions = await versionsOf(tx, shopper);
  const spoken = await spokenTo(tx, shopper);
  const member = await memberOfShopper(tx, shopper);
  const ref = member && { program: shopper.store.program, member };
  const profile = ref ? await readMember(tx, ref, versions, shopper.now, parts.loyalty.shards) : null;
  if (!ref || !profile || shopper.customer === null) return strangerView(spoken, shopper.customer);
  const { said } = await causeStatement(tx, ref, spoken, compile(spoken.rules).calendar.yearOf(shopper.now));
  const link = (code: string) => parts.referralLink(shopper, code);
  return memberView(spoken, profile, shopper.customer, link, shopper.now, said);
}

type LookingVerbs = 'programView' | 'howItWorks' | 'memberView' | 'history' | 'preview';

function lookingVerbs(parts: VerbParts): Pick<StorefrontVerbs, LookingVerbs> {
  return {
    programView: (shopper) =>
      within(parts, shopper, async (tx) => {
        const spoken = await spokenTo(tx, shopper);
        const left = await readPiecesLeft(tx, shopper.store.program, spoken.rules.rewards);
        return programView(spoken, left, await looksTo(parts, tx, shopper));
      }),
    howItWorks: (shopper) => within(parts, shopper, async (tx) => howItWorksView(await spokenTo(tx, shopper))),
    memberView: (shopper) => within(parts, shopper, (tx) => viewOf(parts, tx, shopper)),
    history: (customer, { after, limit }) =>
      within(parts, customer, async (tx) => {
        const { program } = customer.store;
        const spoken = await spokenTo(tx, customer);
        const member = await memberOfShopper(tx, customer);
        if (!member) return { lines: [], next: null };
        const rows = await readHistory(tx, program, member, { after, limit: limit + 1 }, parts.loyalty);
        const shown = rows.slice(0, limit);
        const next = rows.length > limit ? (shown.at(-1)?.id ?? null) : null;
        const nothing = await readNothingEarned(tx, program, member, { after, last: next, limit }, parts.loyalty);
        return historyView(spoken, shown, nothing, next);
      }),
    preview: (shopper, wire) =>
      within(parts, shopper, async (tx) => {
        const versions = await versionsOf(tx, shopper);
        const spoken = await spokenTo(tx, shopper);
        const { program } = shopper.store;
        const cart = await cartFor(tx, shopper, wire);
        const member = await memberOfShopper(tx, shopper);
        const ref = member && { program, member };
        const state = ref ? await readMemberState(tx, ref, versions, shopper.now, parts.loyalty.shards) : null;
        const { gives } = await promiseCart(tx, program, member, cart, shopper.now);
        const left = await readPiecesLeft(tx, program, spoken.rules.rewards);
        const asked = await readRoomToRoundUp(tx, program, spoken.rules, member, shopper.now);
        const rounded = roundedUp(spoken.rules, cart, shopper.now, asked);
        const full = rounded && (await describeCart(tx, refOf(shopper), rounded.cart));
        const then = full ? (await promiseCart(tx, program, member, full, shopper.now)).gives : gives;
        return {
          earn: Object.fromEntries(Object.entries(gives).map(([unit, points]) => [unit, points.toString()])),
          earnSentence: promiseSentence(spoken, gives),
          redeem: redeemView(spoken, state, cart, shopper.now, left),
          held: heldView(spoken.rules, member ? await readHeld(tx, program, member) : []),
          roundUp: roundUpView(spoken, rounded, gives, then),
        };
      }),
  };
}

function redeemingVerbs(parts: VerbParts): Pick<StorefrontVerbs, 'redeem' | 'findRedemption' | 'undo'> {
  const { loyalty } = parts;
  async function afterHurry(customer: Customer, made: RedemptionRow, kind: string): Promise<RedemptionAnswer> {
    parts.ringEffects(customer.store.program);
    await parts.hurry({ store: made.store_id, kind, subject: made.id });
    return within(parts, customer, async (tx) => {
      const now = await readRedemption(tx, customer.store.program, made.id);
      return redemptionView(await rulesOf(tx, customer), now ?? made);
    });
  }
  const wishOf = (customer: Customer, id: string) => ({
    ...refOf(customer),
    customer: customer.customer,
    redemption: id,
  });
  return {
    redeem: async (customer, wish) => {
      const points = wish.points === null ? null : BigInt(wish.points);
      const { reward, key, hash } = wish;
      const made = await within(parts, customer, async (tx) => {
        const cart = await cartFor(tx, customer, wish.cart);
        const asked = { ...refOf(customer), customer: customer.customer, reward, points, cart, key, hash };
        return redeem(tx, asked, customer.now, loyalty);
      });
      return afterHurry(customer, made, 'create-code');
    },
    findRedemption: (customer, id) =>
      within(parts, customer, async (tx) => {
        const found = await redemptionOfCustomer(tx, wishOf(customer, id));
        return found && redemptionView(await rulesOf(tx, customer), found);
      }),
    undo: async (customer, id) => {
      const found = await within(parts, customer, (tx) =>
        undoRedemption(tx, wishOf(customer, id), customer.now, loyalty),
      );
      return found && afterHurry(customer, found, 'kill-code');
    },
  };
}

/** A webhook may still be on its way when its customer joins: then the platform is asked. */
async function since(parts: VerbParts, customer: Customer, order: string | null): Promise<Millis> {
  if (order === null) return customer.now;
  const whose = { ...refOf(customer), customer: customer.customer };
  const known = await within(parts, customer, (tx) => placedBy(tx, whose, order));
  return joinedAt(known ?? (await parts.placed(customer, order)), customer.now);
}

function joiningVerbs(parts: VerbParts): Pick<StorefrontVerbs, 'join' | 'tellBirthday' | 'visit' | 'referralVisit'> {
  const { loyalty } = parts;
  return {
    join: async (customer, { consentText, referral, order }) => {
      const [person, at] = await Promise.all([parts.personOf(customer), since(parts, customer, order)]);
      const wish = { ...refOf(customer), customer: customer.customer, person, referral, consentText, at };
      const answer = await within(parts, customer, async (tx) => {
        await refuseOutsidePilot(parts, tx, customer);
        const { member } = await join(tx, wish, loyalty);
        const { program } = customer.store;
        const mailbox = person?.emailVerified ? loyalty.tokens(program).mailbox(person.email) : null;
        if (mailbox !== null && (await countClaimable(tx, { program, mailbox })) > 0)
          await claimOrders(tx, { program, member, mailbox }, customer.now, loyalty.shards);
        return viewOf(parts, tx, customer);
      });
      parts.ringEffects(customer.store.program);
      return answer;
    },
    tellBirthday: (customer, monthDay) =>
      within(parts, customer, async (tx) => {
        const { now } = customer;
        await tellBirthday(tx, await memberRefOf(tx, customer), monthDay, now, now, loyalty.shards);
      }),
    visit: (customer) =>
      within(parts, customer, async (tx) => {
        const { now } = customer;
        await noteVisit(tx, await memberRefOf(tx, customer), now, now, loyalty.shards);
      }),
    referralVisit: async (shopper, code) => {
      const { customer } = shopper;
      if (customer === null) return;
      await within(parts, shopper, (tx) =>
        noteReferral(tx, { ...refOf(shopper), customer }, code, shopper.now, shopper.now, loyalty.shards),
      );
    },
  };
}

async function rulesOf(tx: Tx, shopper: Shopper): Promise<ProgramRules> {
  return inForce(await versionsOf(tx, shopper), shopper.now).rules;
}
