import { keepBooks } from './books.js';
import { localTimeOf } from './calendar.js';
import type { SendEvent } from './format.js';
import type { Known, Sending } from './known.js';
import { whoIs } from './known.js';
import { usableLots } from './lots.js';
import { instant } from './order.js';
import { inForce, redeemingOver } from './versions.js';

/** docs/decisions/0026: done or refused by what had arrived when it was asked, and never judged again. */
export function recordSending(known: Known, { id, at: told, member, to: other, points }: SendEvent): void {
  const at = instant(told);
  const { sendings } = known.recorded;
  if (sendings.has(id)) return;
  const rules = inForce(known.versions, at);
  const rule = rules.sending;
  const [from, to] = [whoIs(known, member, at), whoIs(known, other, at)];
  const here = [from, to].every((one) => (known.members.get(one)?.joined ?? Infinity) <= at);
  if (!rule || !here || from === to || at >= redeemingOver(rules)) return;
  const { unit = 'points', min = 1, max = Infinity, step = 1, limits = {} } = rule;
  if (points < min || points > max || points % step !== 0) return;
  const books = keepBooks(known, at, from);
  const owes = books.spendings.some(
    ({ want, owed }) => want.unit === unit && owed > 0 && whoIs(known, want.member, at) === from,
  );
  const full = (
    [
      ['day', 10],
      ['month', 7],
      ['year', 4],
    ] as const
  ).some(([per, length]) => {
    const period = (t: number): string => localTimeOf(t, rules.zone).date.slice(0, length);
    const before = [...sendings.values()].filter(
      (one) => one.unit === unit && whoIs(known, one.from, at) === from && period(one.at) === period(at),
    );
    const sent = before.reduce((sum, one) => sum + one.points, 0);
    return sent + points > (limits[per] ?? Infinity);
  });
  if (owes || full) return;
  const parts: Sending['parts'] = [];
  let rest = points;
  for (const lot of usableLots(books, from, unit)) {
    const taken = Math.min(rest, lot.left);
    const same = parts.find(({ ends }) => ends === lot.ends);
    if (same) same.points += taken;
    else if (taken > 0) parts.push({ points: taken, ends: lot.ends });
    rest -= taken;
  }
  if (rest === 0) sendings.set(id, { id, at, from, to, unit, points, parts });
}
