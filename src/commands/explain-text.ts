import type { StoredExplanation } from '../loyalty/decisions.js';
import type { HistoryRow } from '../loyalty/read-history.js';
import type { NothingEarned } from '../loyalty/read-nothing-earned.js';
import type { RuleVersion } from '../rules/known.js';
import { missedText, reasonText } from '../rules/sentences.js';

/** A decision as it is kept. */
export interface Explained {
  reason: string;
  gives: Record<string, string>;
  version: number;
  explanation: StoredExplanation;
}

/** A line of a history with all that stands behind it. */
export function lineText(row: HistoryRow, versions: readonly RuleVersion[]): string[] {
  const points = row.points.startsWith('-') ? row.points : `+${row.points}`;
  const head = `${row.at.toISOString()}  ${points} ${row.unit}  (${row.balance_after} after it)  ${row.kind} of ${row.cause}${row.order_name === null ? '' : ` (${row.order_name})`}${row.earner_code === null ? '' : `, earned for the household by member ${row.earner_code}`}  [line ${row.id}]`;
  if (row.reason === null || row.explanation === null || row.rule_version === null) return [head];
  const { reason, rule_version: version, explanation } = row;
  return [head, ...decisionText({ reason, gives: {}, version, explanation }, versions)];
}

/** What a member earned for the household of another, in whose account it is. */
export function householdText(one: NothingEarned, versions: readonly RuleVersion[]): string[] {
  const { activity, at, other_code: head, reason, gives, rule_version: version, explanation } = one;
  return [
    `${at.toISOString()}  for the household of member ${head}: ${activity}`,
    ...decisionText({ reason, gives, version, explanation }, versions),
  ];
}

/** Which rules in which version, on what, the exact fraction, how it was rounded, what went to which line, what did not apply. */
export function decisionText(decision: Explained, versions: readonly RuleVersion[]): string[] {
  const { reason, gives, version, explanation } = decision;
  const rules = versions.find((one) => one.version === version)?.rules;
  const given = Object.entries(gives).map(([unit, points]) => `${points} ${unit}`);
  const units = new Set(explanation.because.map((because) => because.unit));
  const what = given.length === 0 ? '' : `gives ${given.join(', ')}: `;
  const why = reason === 'earned' ? reason : `${reason}, ${reasonText('en', reason)}`;
  return [
    `  ${what}${why}, by rules version ${version}`,
    ...explanation.because.map(becauseText),
    ...[...units].map(
      (unit) => `    rounded: ${rules?.units[unit]?.rounding ?? 'as its own rule says'}, to whole ${unit}`,
    ),
    ...Object.entries(explanation.lines).flatMap(([unit, lines]) =>
      Object.entries(lines).map(([line, points]) => `    to line ${line}: ${points} ${unit}`),
    ),
    ...(Object.keys(explanation.extra).length === 0 ? [] : [`    to no line: ${partsText(explanation.extra)}`]),
    ...explanation.missed.map(({ id, why }) => `    did not apply: ${id}, ${missedText('en', why)} (${why})`),
  ];
}

function becauseText({ rule, kind, unit, exact, figures, line }: StoredExplanation['because'][number]): string {
  const arithmetic = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
  return `    rule ${rule} (${kind})${line === undefined ? '' : ` on line ${line}`}: ${arithmetic.join(', ')} = ${exact} ${unit}`;
}

const partsText = (points: Record<string, string>): string =>
  Object.entries(points)
    .map(([unit, amount]) => `${amount} ${unit}`)
    .join(', ');
