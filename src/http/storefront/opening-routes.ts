import * as z from 'zod';
import type { Database } from '../../db/database.js';
import { describeCart } from '../../loyalty/known-products.js';
import { readMemberState } from '../../loyalty/member-state.js';
import type { Loyalty } from '../../loyalty/context.js';
import { clockText } from '../../rules/calendar.js';
import { compile } from '../../rules/compile.js';
import { ONE } from '../../rules/fraction.js';
import { openingsFor } from '../../rules/openings.js';
import { plainLine } from '../../rules/cart.js';
import type { Route } from '../contract.js';
import { memberOfShopper, refOf, within } from './asking.js';
import { iso } from './member-view.js';
import { mayBuyAnswer } from './opening-schemas.js';
import { sentence } from './say.js';
import { BASE, forShopper, lang, ok } from './shopper-routes.js';
import { spokenTo, versionsOf } from './spoken-to.js';
import type { StorefrontVerbs } from './verbs.js';

/** What opens for some before others: the shop's theme asks before it shows a button. */
export function openingRoutes(verbs: StorefrontVerbs): Route[] {
  return [
    forShopper(
      {
        method: 'get',
        path: `${BASE}/may-buy`,
        name: 'mayBuy',
        summary: 'Whether the shopper may buy a product now, or from when: some may before others',
        limit: 'read',
        query: z.strictObject({ lang, product: z.string().min(1).max(100) }),
        answers: { 200: mayBuyAnswer },
      },
      async (shopper, { query }) => ok(await verbs.mayBuy(shopper, query.product)),
    ),
  ];
}

export function openingVerbs(parts: { db: Database; loyalty: Loyalty }): Pick<StorefrontVerbs, 'mayBuy'> {
  return {
    mayBuy: (shopper, product) =>
      within(parts, shopper, async (tx) => {
        const { rules, speaker, language } = await spokenTo(tx, shopper);
        const { money } = rules;
        const { calendar } = compile(rules);
        const open = { product, now: true, from: null, opens: null, sentence: null };
        if (!rules.openings?.length) return open;
        const bare = { store: shopper.store.id, channel: 'web', money, shipping: { net: 0, tax: 0 } };
        const { lines } = await describeCart(tx, refOf(shopper), { ...bare, lines: [plainLine(product)] });
        const member = await memberOfShopper(tx, shopper);
        const ref = member && { program: shopper.store.program, member };
        const versions = await versionsOf(tx, shopper);
        const state = ref ? await readMemberState(tx, ref, versions, shopper.now, parts.loyalty.shards) : null;
        const closed = openingsFor(rules, state?.standing.perks ?? []).filter(
          ({ opens, passes }) =>
            opens > shopper.now && (passes === null || lines.some((line) => passes(line, { items: 1, scale: ONE }))),
        );
        if (closed.length === 0) return open;
        const from = Math.max(...closed.map((one) => one.from));
        const opens = Math.max(...closed.map((one) => one.opens));
        const now = from <= shopper.now;
        const said = (at: number) => speaker.moment(clockText(calendar.wallClock(at)));
        const key = now ? 'opening.yours' : from < opens ? 'opening.soon' : 'opening.later';
        const values = { from: said(from), opens: said(opens) };
        return { product, now, from: iso(from), opens: iso(opens), sentence: sentence(key, language, values) };
      }),
  };
}
