import type { HistoryRow } from '../../loyalty/read-history.js';
import { iso } from './member-view.js';
import type { Spoken } from './spoken.js';
import type { HistoryAnswer } from './verbs.js';
import { lineSentence, missedSentence, orderName, partSentences } from './words.js';

/** A page of the history: each line with its reason, the parts it is the sum of, and what came close but did not apply. */
export function historyView(spoken: Spoken, rows: readonly HistoryRow[], limit: number): HistoryAnswer {
  return {
    lines: rows.slice(0, limit).map((row) => lineView(spoken, row)),
    next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null,
  };
}

function lineView(spoken: Spoken, row: HistoryRow): HistoryAnswer['lines'][number] {
  const colon = row.cause.indexOf(':');
  const earned = row.kind === 'earn' && row.explanation !== null;
  const counted = earned || row.kind === 'take-back';
  return {
    id: row.id,
    at: iso(row.at.getTime()),
    unit: row.unit,
    points: row.points,
    kind: row.kind,
    cause: { kind: row.cause.slice(0, colon), id: row.cause.slice(colon + 1) },
    order: orderName(row),
    sentence: lineSentence(spoken, row),
    parts: counted ? partSentences(spoken, row) : [],
    missed: (earned ? (row.explanation?.missed ?? []) : []).map(({ id, why }) => ({
      rule: id,
      sentence: missedSentence(spoken, id, why),
    })),
    balanceAfter: row.balance_after,
  };
}
