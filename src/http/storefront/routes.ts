import { createHash } from 'node:crypto';
import * as z from 'zod';
import { AppError } from '../../lib/errors.js';
import type { Route } from '../contract.js';
import { deedRoutes } from './deed-routes.js';
import { howItWorksPage } from './how-it-works-page.js';
import { idempotencyKey, keyFrom } from './idempotency-key.js';
import { memberCodeRoutes } from './member-code-routes.js';
import { householdRoutes } from './household-routes.js';
import { leaderboardRoutes } from './leaderboard-routes.js';
import { causeRoutes } from './cause-routes.js';
import { openingRoutes } from './opening-routes.js';
import * as api from './schemas.js';
import { sendingRoutes } from './sending-routes.js';
import { BASE, forCustomer, forShopper, lang, langOnly, ok } from './shopper-routes.js';
import { stickerRoutes } from './sticker-routes.js';
import type { StorefrontVerbs } from './verbs.js';

const byId = z.strictObject({ id: z.uuid() });
/** What a shopper's widget may see and do: authenticate, call a verb, shape the answer. */
export function storefrontRoutes(verbs: StorefrontVerbs): Route[] {
  return [
    ...programRoutes(verbs),
    ...readingRoutes(verbs),
    ...actingRoutes(verbs),
    ...deedRoutes(verbs),
    ...memberCodeRoutes(verbs),
    ...leaderboardRoutes(verbs),
    ...stickerRoutes(verbs),
    ...sendingRoutes(verbs),
    ...openingRoutes(verbs),
    ...householdRoutes(verbs),
    ...causeRoutes(verbs),
    ...redemptionRoutes(verbs),
  ];
}

/** What the program is, for anybody in the shop. */
function programRoutes(verbs: StorefrontVerbs): Route[] {
  return [
    forShopper(
      {
        method: 'get',
        path: `${BASE}/program`,
        name: 'program',
        summary: 'The program in plain words: how points are earned, what they become',
        limit: 'read',
        query: langOnly,
        answers: { 200: api.programAnswer },
      },
      async (shopper) => ok(await verbs.programView(shopper)),
    ),
    forShopper(
      {
        method: 'get',
        path: `${BASE}/how-it-works`,
        name: 'howItWorks',
        summary: 'How the program works, in sentences that its rules write',
        limit: 'read',
        query: langOnly,
        answers: { 200: api.howItWorksAnswer },
      },
      async (shopper) => ok(await verbs.howItWorks(shopper)),
    ),
    forShopper(
      {
        method: 'get',
        path: `${BASE}/how-it-works/page`,
        name: 'howItWorksPage',
        summary: 'The same as a page',
        limit: 'read',
        query: langOnly,
        answers: { 200: null },
      },
      async (shopper) => howItWorksPage(await verbs.howItWorks(shopper)),
    ),
  ];
}

function readingRoutes(verbs: StorefrontVerbs): Route[] {
  return [
    forShopper(
      {
        method: 'get',
        path: `${BASE}/member`,
        name: 'member',
        summary: 'The shopper: member or not, and balances',
        limit: 'read',
        query: langOnly,
        answers: { 200: api.memberAnswer },
      },
      async (shopper) => ok(await verbs.memberView(shopper)),
    ),
    forCustomer(
      {
        method: 'get',
        path: `${BASE}/history`,
        name: 'history',
        summary: 'What moved, newest first, each line with its reason',
        limit: 'read',
        query: z.strictObject({
          lang,
          after: z
            .string()
            .regex(/^\d{1,18}$/)
            .optional()
            .meta({ description: '`next` of the page before' }),
          limit: z.coerce.number<string>().int().min(1).max(100).default(20),
        }),
        answers: { 200: api.historyAnswer },
      },
      async (customer, { query }) =>
        ok(await verbs.history(customer, { after: query.after ?? null, limit: query.limit })),
    ),
    forShopper(
      {
        method: 'post',
        path: `${BASE}/preview`,
        name: 'preview',
        summary: 'What this cart would earn and what can be redeemed in it; changes nothing',
        limit: 'read',
        query: langOnly,
        body: api.previewRequest,
        answers: { 200: api.previewAnswer },
      },
      async (shopper, { body }) => ok(await verbs.preview(shopper, body.cart)),
    ),
  ];
}

/** A wish to join, with null for what is not told. */
const wished = (body: z.output<typeof api.joinRequest>) => ({
  consentText: body.consentText ?? null,
  referral: body.referral ?? null,
  order: body.order ?? null,
});

function actingRoutes(verbs: StorefrontVerbs): Route[] {
  return [
    forCustomer(
      {
        method: 'post',
        path: `${BASE}/join`,
        name: 'join',
        summary: 'Becomes a member; one who is a member stays one',
        limit: 'write',
        query: langOnly,
        body: api.joinRequest,
        answers: { 200: api.memberAnswer },
      },
      async (customer, { body }) => ok(await verbs.join(customer, wished(body))),
    ),
    forCustomer(
      {
        method: 'post',
        path: `${BASE}/birthday`,
        name: 'birthday',
        summary: 'The member says on which day of the year their birthday is',
        limit: 'write',
        query: langOnly,
        body: api.birthdayRequest,
        answers: { 204: null },
      },
      async (customer, { body }) => {
        await verbs.tellBirthday(customer, body.birthday);
        return { status: 204 };
      },
    ),
    forCustomer(
      {
        method: 'post',
        path: `${BASE}/visit`,
        name: 'visit',
        summary: 'The member came by: counted once a day',
        limit: 'write',
        query: langOnly,
        answers: { 204: null },
      },
      async (customer) => {
        await verbs.visit(customer);
        return { status: 204 };
      },
    ),
    forShopper(
      {
        method: 'post',
        path: `${BASE}/referral-visit`,
        name: 'referralVisit',
        summary: 'Came by a friend’s link',
        limit: 'write',
        query: langOnly,
        body: api.referralVisitRequest,
        answers: { 204: null, 404: api.errorAnswer },
      },
      async (shopper, { body }) => {
        await verbs.referralVisit(shopper, body.code);
        return { status: 204 };
      },
    ),
  ];
}

function redemptionRoutes(verbs: StorefrontVerbs): Route[] {
  return [
    forCustomer(
      {
        method: 'post',
        path: `${BASE}/redeem`,
        name: 'redeem',
        summary: 'Holds points for a reward and asks the platform for its code',
        limit: 'write',
        query: langOnly,
        headers: z.object({ 'idempotency-key': idempotencyKey }),
        body: api.redeemRequest,
        answers: { 200: api.redemptionAnswer, 404: api.errorAnswer, 409: api.errorAnswer, 422: api.errorAnswer },
      },
      async (customer, { body, header }) => {
        const wish = { reward: body.reward, points: body.points ?? null, cart: body.cart };
        const hash = createHash('sha256').update(JSON.stringify(wish)).digest();
        return ok(await verbs.redeem(customer, { ...wish, key: keyFrom(header('idempotency-key')), hash }));
      },
    ),
    forCustomer(
      {
        method: 'get',
        path: `${BASE}/redemptions/:id`,
        name: 'redemption',
        summary: 'Where a redemption stands',
        limit: 'read',
        params: byId,
        query: langOnly,
        answers: { 200: api.redemptionAnswer, 404: api.errorAnswer },
      },
      async (customer, { params }) => ok((await verbs.findRedemption(customer, params.id)) ?? notFound()),
    ),
    forCustomer(
      {
        method: 'delete',
        path: `${BASE}/redemptions/:id`,
        name: 'undoRedemption',
        summary: 'Lets a held redemption go: its code dies, then the points come back',
        limit: 'write',
        params: byId,
        query: langOnly,
        answers: { 200: api.redemptionAnswer, 404: api.errorAnswer, 409: api.errorAnswer },
      },
      async (customer, { params }) => ok((await verbs.undo(customer, params.id)) ?? notFound()),
    ),
  ];
}

/** The same whether it never was or is another's. */
function notFound(): never {
  throw new AppError('not_found', 404, 'There is nothing of that name here.');
}
