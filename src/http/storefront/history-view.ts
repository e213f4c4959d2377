import type { HistoryRow } from '../../loyalty/read-history.js';
import type { ProgramRules } from '../../rules/program-rules.js';
import { iso } from './member-view.js';
import type { HistoryAnswer, Language } from './verbs.js';
import { lineSentence, missedSentence, orderName, partSentences } from './words.js';

/** A page of the history: each line with its reason, the parts it is the sum of, and what came close but did not apply. */
export function historyView(
  rules: ProgramRules,
  rows: readonly HistoryRow[],
  limit: number,
  language: Language,
): HistoryAnswer {
  return {
    lines: rows.slice(0, limit).map((row) => lineView(rules, row, language)),
    next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null,
  };
}

function lineView(rules: ProgramRules, row: HistoryRow, language: Language): HistoryAnswer['lines'][number] {
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
    sentence: lineSentence(rules, row, language),
    parts: counted ? partSentences(rules, row, language) : [],
    missed: (earned ? (row.explanation?.missed ?? []) : []).map(({ id, why }) => ({
      rule: id,
      sentence: missedSentence(id, why, language),
    })),
    balanceAfter: row.balance_after,
  };
}
