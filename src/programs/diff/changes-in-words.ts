import { IntlMessageFormat } from 'intl-messageformat';
import { formatMoney } from '../../commerce/money.js';
import { parseDate, parseTime } from '../../rules/calendar.js';
import { parseFraction } from '../../rules/fraction.js';
import type { Locale } from '../../rules/sentences.js';
import { branchOf, isObject, type JsonSchema } from '../json-schema.js';
import type { ProgramFile } from '../program-file.js';
import { type Change, findChanges, type Place } from './find-changes.js';
import { en, type WordKey, type Words } from './words/en.js';
import { nb } from './words/nb.js';
import { nl } from './words/nl.js';
import { pl } from './words/pl.js';

export const vocabularies: Record<Locale, Words> = { en, nl, nb, pl };

/** What is another in `after` than in `before`, a sentence each, for the owner; empty = nothing. */
export function changesInWords(before: ProgramFile, after: ProgramFile, locale: Locale): string[] {
  return findChanges(before, after).map((change) => sentenceOf(change, new Speaker(locale, before, after)));
}

function sentenceOf({ kind, place, schema, before, after }: Change, speaker: Speaker): string {
  const field = fieldOf(place);
  const values = {
    what: speaker.place(place),
    before: speaker.old(before, speaker.inMoney(place, schema), field),
    after:
      kind === 'order'
        ? speaker.list((after ?? []) as string[])
        : speaker.value(after, speaker.inMoney(place, schema), field),
  };
  const plain = (kind === 'added' && saysNoMore(after)) || (kind === 'removed' && saysNoMore(before));
  const said = speaker.say(plain ? `say.${kind}.plain` : `say.${kind}`, values);
  return said.charAt(0).toLocaleUpperCase(speaker.locale) + said.slice(1);
}

/** What has a name and nothing else (the first level, which everybody has). */
const saysNoMore = (value: unknown): boolean =>
  isObject(value) && typeof value['id'] === 'string' && Object.keys(value).length === 1;

/** The word of the format that a place is of. */
function fieldOf(place: Place): string {
  return place.findLast((part) => typeof part === 'string') ?? '';
}

/** Words and figures of one locale; money is the program's own. */
class Speaker {
  readonly locale: Locale;
  private readonly words: Words;
  private readonly before: ProgramFile;
  private readonly after: ProgramFile;

  constructor(locale: Locale, before: ProgramFile, after: ProgramFile) {
    this.locale = locale;
    this.words = vocabularies[locale];
    this.before = before;
    this.after = after;
  }

  say(key: WordKey, values: Record<string, string> = {}): string {
    return String(new IntlMessageFormat(this.words[key], this.locale, undefined, { ignoreTag: true }).format(values));
  }

  list(names: readonly string[]): string {
    return new Intl.ListFormat(this.locale, { style: 'long', type: 'unit' }).format(names);
  }

  /** “promotion “summer”, only when, weekdays”: from the last thing that has a name. */
  place(place: Place): string {
    const last = place.findLastIndex((part) => typeof part !== 'string');
    const parts = place.slice(Math.max(0, last - 1)).filter((part) => part !== 'rules' || place.length === 1);
    const said: string[] = [];
    const group = String(place[last - 1] ?? '');
    for (const part of parts) {
      if (typeof part === 'string') said.push(this.label(part, group));
      else said.splice(0, said.length, this.say('word.quoted', { thing: this.singular(place), name: part.id }));
    }
    return said.join(', ');
  }

  private singular(place: Place): string {
    const last = place.findLastIndex((part) => typeof part !== 'string');
    const group = String(place[last - 1]);
    const key = `one.${place[0] === 'names' ? 'names.' : ''}${group}`;
    return isWord(key) ? this.words[key] : this.label(group);
  }

  /** What a field is called among its like; a word that the catalogue does not have is shown as it is written in the file. */
  private label(field: string, group = ''): string {
    const key = [`label.${group}.${field}`, `label.${field}`].find(isWord);
    return key === undefined ? field : this.words[key];
  }

  /** The schema of a figure; as money where it counts what is spent. */
  inMoney(place: Place, schema: JsonSchema): JsonSchema {
    const last = place.findLastIndex((part) => typeof part !== 'string');
    const one = place[last];
    const id = typeof one === 'object' ? one.id : null;
    const goal = this.after.rules.goals.find((of) => of.id === id);
    return countsSpending(String(place[last - 1]), fieldOf(place), goal, this.after) ? MONEY : schema;
  }

  old(value: unknown, schema: JsonSchema, field: string): string {
    return this.value(value, schema, field, this.before);
  }

  value(value: unknown, schema: JsonSchema, field: string, of = this.after): string {
    if (value === undefined || value === null) return this.words['word.none'];
    const branch = branchOf(schema, value);
    const figure = this.figure(value, schema.format ?? branch.format, of);
    if (figure !== null) return figure;
    if (Array.isArray(value)) {
      const parts = value.map((one) => this.named(one, this.value(one, branch.items ?? {}, field, of)));
      return parts.length === 0 ? this.words['word.none'] : this.list(parts);
    }
    if (isObject(value)) return this.object(value, branch, field, of);
    if (typeof value === 'boolean') return this.words[value ? 'word.yes' : 'word.no'];
    if (typeof value === 'number') return new Intl.NumberFormat(this.locale).format(value);
    const text = String(value);
    if (text.includes('{n, plural,')) return counted(text, field);
    const named = branch.enum !== undefined || branch.const !== undefined;
    const key = [`value.${field}.${text}`, `value.${text}`].find(isWord);
    return named && key !== undefined ? this.words[key] : text;
  }

  /** One of several, with the name that tells it from the others. */
  private named(one: unknown, said: string): string {
    const id = isObject(one) ? one['id'] : undefined;
    if (typeof id !== 'string') return said;
    const name = this.say('word.named', { name: id });
    return said === this.words['word.yes'] ? name : `${name} (${said})`;
  }

  private object(value: Record<string, unknown>, branch: JsonSchema, field: string, of: ProgramFile): string {
    if (field === 'examples') return String((value['story'] as unknown[]).length);
    const parts = Object.entries(value)
      .filter(([name]) => name !== 'id')
      .map(([name, inner]) => {
        const own = branch.properties?.[name] ?? (branch.additionalProperties || {});
        const said = this.value(inner, countsSpending(field, name, value, of) ? MONEY : own, name, of);
        return name === 'kind' ? said : `${branch.properties ? this.label(name, field) : name}: ${said}`;
      });
    return parts.length === 0 ? this.words['word.yes'] : parts.join('; ');
  }

  /** Money, days, fractions as people read them; null = it is none of these. */
  private figure(value: unknown, format: string | undefined, { rules: { money } }: ProgramFile): string | null {
    if (format === 'money' && typeof value === 'number') return formatMoney(value, money, this.locale);
    if (format === 'fraction') return this.fraction(value as string | number);
    if (typeof value !== 'string') return null;
    switch (format) {
      case 'date':
        return this.date(value, { dateStyle: 'long' });
      case 'local-date-time':
        return this.date(value, { dateStyle: 'long', timeStyle: 'short' });
      case 'month-day':
        return this.date(`2024-${value}`, { day: 'numeric', month: 'long' });
      default:
        return null;
    }
  }

  private date(local: string, options: Intl.DateTimeFormatOptions): string {
    const at = parseDate(local) * 86_400_000 + (local.length > 10 ? parseTime(local.slice(11)) : 0);
    const locale = this.locale === 'en' ? 'en-GB' : this.locale;
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(at);
  }

  /** A decimal where it is exact, else the fraction itself. */
  private fraction(text: string | number): string {
    const { n, d } = parseFraction(text);
    const exact = (n * 10_000n) % d === 0n && n < 1_000_000_000n * d;
    if (!exact) return `${n}/${d}`;
    return new Intl.NumberFormat(this.locale, { maximumFractionDigits: 4 }).format(Number((n * 10_000n) / d) / 10_000);
  }
}

/** A unit's name as people read it, "1 cookie, 2 cookies": once for each form that its language has. */
function counted(message: string, language: string): string {
  const forms = new Map<string, string>();
  for (const n of [1, 2, 5]) {
    const said = spoken(message, language, n);
    if (said === null) return message;
    const form = said.replace(/\d+/, '#');
    if (!forms.has(form)) forms.set(form, said);
  }
  return [...forms.values()].join(', ');
}

/** Null where the message is not one, which the check of the file says. */
function spoken(message: string, language: string, n: number): string | null {
  try {
    return String(new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).format({ n }));
  } catch {
    return null;
  }
}

const MONEY: JsonSchema = { type: 'integer', format: 'money' };

/** Whether a figure is money because of what is counted: what levels ask for, or a goal. */
function countsSpending(group: string, field: string, one: unknown, { rules }: ProgramFile): boolean {
  if (group === 'levels') return ['enter', 'keep', 'reenter'].includes(field) && rules.tiers?.basis === 'spend';
  const counts = isObject(one) ? one['counts'] : undefined;
  return group === 'goals' && field === 'needs' && isObject(counts) && counts['kind'] === 'spend';
}

function isWord(key: string): key is WordKey {
  return Object.hasOwn(en, key);
}
