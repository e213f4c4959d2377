import type { ProgramRules } from '../rules/program-rules.js';
import { idleCeilings } from './idle-ceilings.js';
import { idleWindow } from './idle-windows.js';
import { isObject } from './json-schema.js';
import type { Path } from './problems.js';
import type { Report } from './remarks/reporting.js';

/**
 * What a program says in vain: conditions that nothing can meet, windows that never open, limits that leave nothing, rules that
 * others always come before. Told from the file alone; none keeps it from being published.
 */
export function findIdleRules(rules: ProgramRules, report: Report): void {
  visit(rules, ['rules'], rules, report);
  outrun(rules, report);
  unearned(rules, report);
  idleCeilings(rules, report);
  ids(rules, ['rules'], report);
}

/** Walks all parts, whatever they belong to: a condition means the same wherever it stands. */
function visit(part: unknown, path: Path, rules: ProgramRules, report: Report): void {
  if (Array.isArray(part)) part.forEach((one, i) => visit(one, [...path, i], rules, report));
  if (!isObject(part)) return;
  const { min, max } = part;
  if (typeof min === 'number' && typeof max === 'number' && min > max) report(path, 'range.empty', { min, max });
  const { kind, from, to } = part;
  if (kind !== undefined && typeof from === 'string' && typeof to === 'string' && from > to)
    report([...path, 'to'], 'span.backwards', { to });
  for (const [word, inner] of Object.entries(part)) {
    const at = [...path, word];
    if (word === 'when' || word.endsWith('When')) if (isObject(inner)) conditions(inner, at, rules, report);
    if (word === 'where' && isObject(inner)) lines(inner, at, report);
    if (word === 'limits' && Array.isArray(inner)) nothingLeft(inner, at, report);
    visit(inner, at, rules, report);
  }
}

function conditions(when: Record<string, unknown>, path: Path, rules: ProgramRules, report: Report): void {
  emptyLists(when, path, report);
  idleWindow(when, path, rules, report);
  const { nth, currencies, membership } = when;
  if (isObject(nth))
    for (const [word, n] of Object.entries(nth))
      if (typeof n === 'number' && n < 1) report([...path, 'nth', word], 'nth.none', { n });
  if (Array.isArray(currencies)) {
    const known = [rules.money.code, ...Object.keys(rules.currencies)];
    if (currencies.length > 0 && !currencies.some((code) => known.includes(String(code))))
      report([...path, 'currencies'], 'currencies.no-rate', { asked: currencies.join(', '), known: known.join(', ') });
  }
  if (membership === true && !rules.membership) report([...path, 'membership'], 'membership.none');
}

function emptyLists(words: Record<string, unknown>, path: Path, report: Report): void {
  for (const [word, list] of Object.entries(words))
    if (Array.isArray(list) && list.length === 0 && word !== 'except' && !word.startsWith('not'))
      report([...path, word], 'list.empty');
}

/** Of which lines: what is asked for and left out in one breath. */
function lines(where: Record<string, unknown>, path: Path, report: Report): void {
  emptyLists(where, path, report);
  for (const [word, out] of Object.entries(where)) {
    if (!word.startsWith('not') || !Array.isArray(out)) continue;
    const asked = where[`${word.charAt(3).toLowerCase()}${word.slice(4)}`];
    if (Array.isArray(asked) && asked.length > 0 && asked.every((one) => out.includes(one)))
      report([...path, word], 'where.all-out');
  }
}

function nothingLeft(limits: readonly unknown[], path: Path, report: Report): void {
  limits.forEach((limit, i) => {
    if (isObject(limit) && limit['points'] === 0) report([...path, i, 'points'], 'limit.nothing');
  });
}

/** A line of an order is claimed by the first rate or step rule of a unit that it fits: one behind a rule that asks nothing more is never asked. */
function outrun({ earning }: ProgramRules, report: Report): void {
  const claims = earning.map((rule) => rule.kind === 'rate' || rule.kind === 'step');
  earning.forEach((rule, i) => {
    if (!claims[i]) return;
    const first = earning.find(
      (other, j) => j < i && claims[j] === true && other.unit === rule.unit && asksNoMore(other, rule),
    );
    if (first) report(['rules', 'earning', i], 'earning.outrun', { rule: rule.id, first: first.id });
  });
}

function asksNoMore(first: ProgramRules['earning'][number], then: ProgramRules['earning'][number]): boolean {
  const less = (one: unknown, other: unknown) => one === undefined || JSON.stringify(one) === JSON.stringify(other);
  return less(first.where, then.where) && less(first.when, then.when);
}

/** Promotions multiply what rules give; where no rule gives any of a unit, they multiply nothing. */
function unearned({ earning, promotions }: ProgramRules, report: Report): void {
  promotions.forEach(({ id, unit, factor }, i) => {
    const multiplied = earning.some((rule) => rule.unit === unit && (rule.kind === 'rate' || rule.kind === 'step'));
    if (factor !== undefined && !multiplied)
      report(['rules', 'promotions', i, 'factor'], 'promotion.multiplies-nothing', { promotion: id, unit });
  });
}

/** Letters that nobody sees make two names that look alike different ones. */
function ids(part: unknown, path: Path, report: Report): void {
  if (Array.isArray(part)) part.forEach((one, i) => ids(one, [...path, i], report));
  if (!isObject(part)) return;
  for (const [word, inner] of Object.entries(part)) {
    if (word === 'id' && typeof inner === 'string' && UNSEEN.test(inner)) report([...path, word], 'id.unseen');
    ids(inner, [...path, word], report);
  }
}

const UNSEEN = /^\s|\s$|[\p{Cc}\u00ad\u200b\u2060\ufeff]/u;
