import type { StoredExplanation } from '../../loyalty/decisions.js';
import type { HistoryRow } from '../../loyalty/read-history.js';
import type { NothingEarned } from '../../loyalty/read-nothing-earned.js';
import { reasonText } from '../../rules/sentences.js';
import { iso } from './member-view.js';
import type { SentenceKey } from './locales/en.js';
import { sentence } from './say.js';
import type { Spoken } from './spoken.js';
import type { HistoryAnswer } from './verbs.js';
import { lineSentence, missedSentence, orderName, otherOf, partSentences } from './words.js';

type Line = HistoryAnswer['lines'][number];

/** A page of the history: each line with its reason, the parts it is the sum of, and what came close but did not apply; among them what moved nothing of the member's own. */
export function historyView(
  spoken: Spoken,
  rows: readonly HistoryRow[],
  nothing: readonly NothingEarned[] = [],
  next: string | null = null,
): HistoryAnswer {
  const lines = rows.map((row) => lineView(spoken, row));
  // where they fall among what was given since; the lines themselves stay in the order of the books
  for (const one of nothing) {
    const at = one.at.getTime();
    const place = rows.findIndex((row) => row.at.getTime() < at);
    const later = nothing.filter((other) => other.at.getTime() > at).reduce((sum, other) => sum + linesOf(other), 0);
    lines.splice(place < 0 ? lines.length : place + later, 0, ...besideViews(spoken, one));
  }
  return { lines, next };
}

const linesOf = ({ other, gives }: NothingEarned): number => (other === null ? 1 : Object.keys(gives).length);
const besideViews = (spoken: Spoken, one: NothingEarned): Line[] =>
  one.other === null ? [nothingView(spoken, one)] : householdViews(spoken, one);

/** What a member earned for the household of another: where it went, and why it was so much. */
function householdViews(spoken: Spoken, one: NothingEarned): Line[] {
  const { speaker, language } = spoken;
  const none = { said: null, other: null, earner: null, earner_code: null, balance_after: '0', rule_version: null };
  return Object.entries(one.gives).map(([unit, points]) => {
    const id = `household-${one.activity}-${unit}`;
    const line = lineView(spoken, { ...one, ...none, id, unit, points, cause: one.activity, kind: 'earn' });
    const said = { ...otherOf(one), pts: speaker.count(unit, Number(points)), line: line.sentence };
    const told = sentence('line.for-household', language, said);
    return { ...line, points: '0', kind: 'household', balanceAfter: null, sentence: told };
  });
}

/** Reasons that pass: what the order gives is still to come. */
const PASSING: Readonly<Record<string, SentenceKey>> = {
  'not-paid': 'line.wait.order',
  'not-fulfilled': 'line.wait.order',
  waiting: 'line.later.order',
};

/** An order or a review that gave nothing (yet), and the rules that it came near to (T1). */
function nothingView(spoken: Spoken, { activity, at, reason, explanation, order_name }: NothingEarned): Line {
  const cause = causeOf(activity);
  const order = cause.kind === 'order' ? (order_name ?? `#${cause.id.slice(cause.id.lastIndexOf('/') + 1)}`) : null;
  const unit = Object.keys(spoken.rules.units)[0] ?? '';
  const { speaker, language } = spoken;
  const key = order === null ? 'line.none.review' : (PASSING[reason] ?? 'line.none.order');
  return {
    id: `none-${activity}`,
    at: iso(at.getTime()),
    unit,
    points: '0',
    kind: 'none',
    cause,
    order,
    sentence: sentence(key, language, {
      order: order ?? '',
      units: speaker.units(unit),
      zero: speaker.count(unit, 0),
      reason: reasonText(language, reason),
    }),
    items: [],
    parts: [],
    missed: missedView(spoken, explanation),
    balanceAfter: null,
  };
}

function causeOf(cause: string): Line['cause'] {
  const colon = cause.indexOf(':');
  return { kind: cause.slice(0, colon), id: cause.slice(colon + 1) };
}

/** How near a rule came: an amount or a moment that was missed before what the member or the goods are not. */
const NEAREST = ['minOrder', 'cart', 'total', 'items', 'limit', 'hours', 'weekdays', 'recurs', 'dates', 'season'];
const distance = (why: string) => (NEAREST.indexOf(why) + 1 || NEAREST.length + 1) as number;

function missedView(spoken: Spoken, explanation: StoredExplanation | null): Line['missed'] {
  return [...(explanation?.missed ?? [])]
    .sort((a, b) => distance(a.why) - distance(b.why))
    .map(({ id, why }) => ({ rule: id, sentence: missedSentence(spoken, id, why) }));
}

/** What each line of the order gave, where the line of the history is the whole of what the order gives. */
function itemsOf({ nameOf }: Spoken, { explanation, order_lines, unit, points }: HistoryRow): Line['items'] {
  const given = Object.entries(explanation?.lines[unit] ?? {});
  if (given.reduce((sum, [, part]) => sum + BigInt(part), 0n) !== BigInt(points)) return [];
  return given.map(([id, part]) => {
    const line = order_lines?.find((one) => one.id === id);
    const product = line?.product ?? null;
    const name = line && ((product === null ? null : nameOf('product', product)) ?? line.title ?? line.sku ?? product);
    return { name: name ?? null, quantity: line?.quantity ?? 1, points: part };
  });
}

function lineView(spoken: Spoken, row: HistoryRow): Line {
  const earned = row.kind === 'earn' && row.explanation !== null;
  const counted = earned || row.kind === 'take-back';
  return {
    id: row.id,
    at: iso(row.at.getTime()),
    unit: row.unit,
    points: row.points,
    kind: row.kind,
    cause: causeOf(row.cause),
    order: orderName(row),
    sentence: lineSentence(spoken, row),
    // what others of the household bought is theirs to know
    items: earned && row.earner === null ? itemsOf(spoken, row) : [],
    parts: counted ? partSentences(spoken, row) : [],
    missed: missedView(spoken, earned ? row.explanation : null),
    balanceAfter: row.balance_after,
  };
}
