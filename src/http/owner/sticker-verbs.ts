import { inForce, ruleVersions } from '../../loyalty/rule-sets.js';
import {
  printStickers,
  type StickerBooks,
  stickerBooks,
  stickersOfOrder,
  voidStickers,
} from '../../loyalty/stickers/print-stickers.js';
import { floor, fraction, parseFraction, times } from '../../rules/fraction.js';
import type { ProgramRules } from '../../rules/program-rules.js';
import type { OwnerVerbs, StickersAnswer } from './verbs.js';
import { actorOf, iso, type OwnerParts, within } from './within.js';

type Verbs = 'stickers' | 'printStickers' | 'voidStickers' | 'orderStickers';

export function stickerVerbs(parts: OwnerParts): Pick<OwnerVerbs, Verbs> {
  const { loyalty } = parts;
  return {
    stickers: (asking) =>
      within(parts, asking, async (tx, program) => {
        const { rules } = inForce((await ruleVersions(tx, [program])).get(program) ?? [], asking.now);
        return { stickers: (await stickerBooks(tx, program)).map((books) => booksView(books, rules)) };
      }),
    printStickers: (asking, { id, stickers, ends }) =>
      within(parts, asking, async (tx, program) => {
        const wish = { id, stickers, ends: ends === undefined ? null : Date.parse(ends), by: actorOf(asking) };
        const made = await printStickers(tx, program, wish, asking.now, loyalty);
        return { ...made, ends: made.ends === null ? null : iso(made.ends) };
      }),
    voidStickers: (asking, id) =>
      within(parts, asking, (tx, program) =>
        voidStickers(tx, program, { id, by: actorOf(asking) }, asking.now, loyalty),
      ),
    orderStickers: (asking, { store, order }) =>
      within(parts, asking, (tx, program) =>
        stickersOfOrder(tx, program, { store, id: order, customer: null }, loyalty),
      ),
  };
}

function booksView(
  { unit, issued, open, held, redeemed, expired, nextEnd }: StickerBooks,
  { units, money }: ProgramRules,
): StickersAnswer['stickers'][number] {
  const worth = floor(times(parseFraction(units[unit]?.value ?? 0), fraction(open + held)));
  return {
    ...{ unit, issued: `${issued}`, open: `${open}`, held: `${held}`, redeemed: `${redeemed}`, expired: `${expired}` },
    worth: { minor: `${worth}`, currency: money.code, exponent: money.exponent },
    nextEnd: nextEnd?.toISOString() ?? null,
  };
}
