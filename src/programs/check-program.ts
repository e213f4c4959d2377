import { Calendar, civilOf, daysInMonth, parseDate } from '../rules/calendar.js';
import { compare, ONE, parseFraction } from '../rules/fraction.js';
import { checkGiving } from './check-giving.js';
import { checkNames } from './check-names.js';
import { perksIn } from './perks-in.js';
import type { When } from '../rules/program-rules.js';
import { branchOf, isObject, type JsonSchema, programFileSchema } from './json-schema.js';
import { checkSharedLimits } from './check-shared-limits.js';
import type { Locale } from '../rules/sentences.js';
import { nearest } from './nearest.js';
import type { Path, Problem } from './problems.js';
import type { ProgramFile } from './program-file.js';
import { type Phrase, type Report, reportTo } from './remarks/reporting.js';

/**
 * What a schema cannot see: names of things that are not there, days that do not exist, orders that contradict themselves.
 * Empty = the file makes sense. Said in the owner's language. Its examples are another matter (play-examples.ts).
 */
export function checkProgram(file: ProgramFile, locale: Locale = 'en'): Problem[] {
  const problems: Problem[] = [];
  const report = reportTo(problems, locale);
  walk(file, programFileSchema, [], (value, format, path) => checkFigure(file, value, format, path, report));
  checkIds(file, report);
  checkSpans(file, report);
  checkTiers(file, report);
  checkFactors(file, report);
  checkCards(file, report);
  checkLeaderboards(file, report);
  checkSharedLimits(file, report);
  checkOpenings(file, report);
  checkGiving(file, report);
  checkNames(file, report);
  return problems;
}

function walk(
  value: unknown,
  schema: JsonSchema,
  path: Path,
  see: (value: string, format: string, path: Path) => void,
): void {
  const branch = branchOf(schema, value);
  const format = schema.format ?? branch.format;
  if (typeof value === 'string' && format !== undefined) see(value, format, path);
  if (Array.isArray(value)) value.forEach((one, i) => walk(one, branch.items ?? {}, [...path, i], see));
  else if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      walk(inner, branch.properties?.[name] ?? (branch.additionalProperties || {}), [...path, name], see);
    }
  }
}

/** A text that is the name of something, or a day or a time. */
function checkFigure({ rules }: ProgramFile, value: string, format: string, path: Path, report: Report): void {
  switch (format) {
    case 'unit':
      if (!Object.hasOwn(rules.units, value) && rules.tiers?.multiplies !== undefined && path.at(-2) === 'multiplies')
        return;
      // the unit by which levels are reached; asked for only where points reach them
      if (path.at(-2) === 'tiers' && path.at(-1) === 'unit' && rules.tiers?.basis !== 'points') return;
      if (!Object.hasOwn(rules.units, value))
        report(path, 'unit.unknown', { unit: value, ...among(value, Object.keys(rules.units)) });
      return;
    case 'tier': {
      const levels = rules.tiers?.levels.map(({ id }) => id) ?? [];
      if (!levels.includes(value)) report(path, 'tier.unknown', { tier: value, ...among(value, levels) });
      return;
    }
    case 'zone':
      if (!isZone(value)) report(path, 'zone.unknown', { zone: value });
      return;
    case 'date':
    case 'local-date-time':
      if (!isDay(value.slice(0, 10)) || !isTime(value.slice(11))) report(path, 'date.unknown', { date: value });
      return;
    case 'month-day':
      if (!isDay(`2024-${value}`)) report(path, 'month-day.unknown', { day: value });
      return;
    case 'local-time':
      if (!isTime(value)) report(path, 'time.unknown', { time: value });
  }
}

const listed = (names: readonly string[]): string | Phrase => (names.length > 0 ? names.join(', ') : { say: 'none' });

/** What is known, and which of it may have been meant. */
function among(written: string, names: readonly string[]): { near: string | Phrase; known: string | Phrase } {
  const word = nearest(written, names);
  return { near: word === null ? '' : { say: 'near', values: { word } }, known: listed(names) };
}

function isZone(zone: string): boolean {
  try {
    Calendar.of(zone);
    return true;
  } catch {
    return false;
  }
}

function isDay(date: string): boolean {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return (
    month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month) && civilOf(parseDate(date)).day === day
  );
}

function isTime(time: string): boolean {
  const [hour = 0, minute = 0, second = 0] = time === '' ? [] : time.split(':').map(Number);
  return hour < 24 && minute < 60 && second < 60;
}

/** What is named by its id is named once. */
function checkIds({ rules }: ProgramFile, report: Report): void {
  const lists: [Path, readonly { id: string }[]][] = [
    [['rules', 'earning'], rules.earning],
    [['rules', 'promotions'], rules.promotions],
    [['rules', 'stamps'], rules.stamps],
    [['rules', 'rewards'], rules.rewards],
    [['rules', 'converts'], rules.converts ?? []],
    [['rules', 'allowances'], rules.allowances ?? []],
    [['rules', 'openings'], rules.openings ?? []],
    [['rules', 'leaderboards'], rules.leaderboards ?? []],
    [['rules', 'sharedLimits'], rules.sharedLimits ?? []],
    [['rules', 'tiers', 'levels'], rules.tiers?.levels ?? []],
  ];
  for (const [path, list] of lists) {
    list.forEach(({ id }, i) => {
      if (list.findIndex((one) => one.id === id) < i) report([...path, i, 'id'], 'id.taken', { id });
    });
  }
}

/** What begins before it ends. */
function checkSpans({ rules }: ProgramFile, report: Report): void {
  const whens: { when: When | undefined; at: Path }[] = rules.earning.map((rule, i) => ({
    when: rule.when,
    at: ['rules', 'earning', i, 'when'],
  }));
  whens.push(...rules.promotions.map(({ when }, i) => ({ when, at: ['rules', 'promotions', i, 'when'] })));
  whens.push({ when: rules.roundUp?.when, at: ['rules', 'roundUp', 'when'] });
  for (const { perk, at } of perksIn(rules)) {
    if (perk.kind !== 'access' && perk.when) whens.push({ when: perk.when, at: [...at, 'when'] });
  }
  for (const { when, at } of whens) {
    if (when?.from !== undefined && when.to !== undefined && when.from >= when.to)
      report([...at, 'to'], 'window.ends-at', { to: when.to });
    if (when?.dates && when.dates.from > when.dates.to)
      report([...at, 'dates', 'to'], 'window.ends-on', { to: when.dates.to });
  }
  const { starts, ends } = rules;
  if (ends && ends.earn > ends.redeem) report(['rules', 'ends', 'redeem'], 'ends.redeem-first');
  if (ends && starts !== undefined && starts > ends.earn)
    report(['rules', 'ends', 'earn'], 'ends.before-start', { starts });
}

function checkTiers({ rules }: ProgramFile, report: Report): void {
  const levels = rules.tiers?.levels ?? [];
  levels.forEach(({ id, enter, keep }, i) => {
    const at = ['rules', 'tiers', 'levels', i];
    const below = levels[i - 1];
    if (i === 0 && enter > 0) report([...at, 'enter'], 'tier.first');
    if (below && enter <= below.enter) report([...at, 'enter'], 'tier.order', { tier: id, below: below.id });
    if (keep !== undefined && keep > enter) report([...at, 'keep'], 'tier.keep', { tier: id, enter });
  });
}

function checkFactors({ rules }: ProgramFile, report: Report): void {
  rules.promotions.forEach(({ id, factor, add, addItem }, i) => {
    const at = ['rules', 'promotions', i];
    if (factor === undefined && add === undefined && addItem === undefined)
      report(at, 'promotion.gives-nothing', { promotion: id });
    if (factor !== undefined && compare(parseFraction(factor), ONE) < 0) report([...at, 'factor'], 'promotion.takes');
  });
}

/** Without its amount a card would be given a stamp for every cent. */
function checkCards({ rules }: ProgramFile, report: Report): void {
  rules.stamps.forEach(({ id, per, every }, i) => {
    if (per === 'amount' && !every) report(['rules', 'stamps', i, 'every'], 'card.amount', { card: id });
  });
}

/** What opens earlier does so for somebody, and what is asked before others may is something that opens. */
function checkOpenings({ rules }: ProgramFile, report: Report): void {
  const perks = perksIn(rules).map(({ perk }) => perk);
  const accesses = perks.flatMap((perk) => (perk.kind === 'access' && perk.hours !== undefined ? [perk.id] : []));
  const opened = (rules.openings ?? []).map(({ access }) => access);
  rules.openings?.forEach(({ access }, i) => {
    if (!accesses.includes(access))
      report(['rules', 'openings', i, 'access'], 'opening.nobody', { access, known: listed(accesses) });
  });
  for (const list of ['earning', 'promotions'] as const) {
    rules[list].forEach(({ when }, i) => {
      if (when?.early !== undefined && !opened.includes(when.early))
        report(['rules', list, i, 'when', 'early'], 'early.closed', { access: when.early, known: listed(opened) });
    });
  }
}

/** What is counted is there, and whoever is to win can. */
function checkLeaderboards({ rules }: ProgramFile, report: Report): void {
  rules.leaderboards?.forEach(({ by, unit = 'points', period, season, award }, i) => {
    const at = ['rules', 'leaderboards', i];
    if (by === 'points' && !Object.hasOwn(rules.units, unit))
      report([...at, 'unit'], 'leaderboard.unit-unknown', { unit, known: listed(Object.keys(rules.units)) });
    if (by !== 'points' && unit !== 'points') report([...at, 'unit'], 'leaderboard.no-unit', { by });
    if (period !== 'season' && season) report([...at, 'season'], 'leaderboard.no-season');
    if (period === 'all' && award) report([...at, 'award'], 'leaderboard.endless');
  });
}
