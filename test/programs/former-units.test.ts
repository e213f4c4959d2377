import { describe, expect, test } from '@jest/globals';
import { formatOf } from '../../admin-ui/words/format.js';
import { lostUnit, withFormerUnitNames } from '../../src/programs/former-units.js';
import { namesOf } from '../../src/programs/speaker-of.js';
import { readProgramValue } from '../../src/programs/read-program.js';
import { Speaker } from '../../src/rules/how-it-works/speaker.js';
import { LEDGER_RULES } from '../webhooks/ledger-stage.js';

const named = (unit: string, names: Record<string, { en: string; pl: string }>) =>
  readProgramValue({
    ...{ tallymark: 1, name: 'Bean card', names: { units: names } },
    rules: {
      ...LEDGER_RULES,
      units: { [unit]: {} },
      earning: [{ id: 'base', kind: 'rate', unit, points: 1, per: 100 }],
      rewards: [],
    },
  });
const bean = (word: string) => ({
  en: `{n, plural, one {# ${word}} other {# ${word}s}}`,
  pl: `{n, number} × ${word} (pl)`,
});
const old = named('bean', { bean: bean('bean') });
const newer = named('bean', { bean: bean('coffee bean') });
const now = named('star', { star: bean('star') });

describe('T11: a unit that is gone from the rules', () => {
  test('is still called what it was called last, in every language, and what is there keeps its own name', () => {
    const spoken = withFormerUnitNames(now, [old, newer]);
    const count = (language: 'en' | 'pl', unit: string) => {
      const { wording, nameOf } = namesOf(spoken, language);
      return new Speaker(wording, nameOf).count(unit, 50);
    };
    expect([count('en', 'bean'), count('pl', 'bean'), count('en', 'star')]).toEqual([
      '50 coffee beans',
      '50 × coffee bean (pl)',
      '50 stars',
    ]);
  });

  test('a unit that is still there, and has no name of its own any more, is given none of before', () => {
    const bare = named('bean', {});
    expect(withFormerUnitNames(bare, [old]).names.units).toEqual({});
    expect([lostUnit(bare.rules.units, old.rules.units), lostUnit(now.rules.units, old.rules.units)]).toEqual([
      false,
      true,
    ]);
  });

  test('the desk counts in it by that name', () => {
    const format = formatOf('en', {
      ...{ zone: 'UTC', currency: 'EUR', exponent: 2 },
      units: [{ unit: 'star', counted: bean('star').en, symbol: null }],
      formerUnits: [{ unit: 'bean', counted: bean('coffee bean').en, symbol: null }],
    });
    expect([format.points(1, 'bean'), format.points(2, 'star')]).toEqual(['1\u00a0coffee bean', '2\u00a0stars']);
  });
});
