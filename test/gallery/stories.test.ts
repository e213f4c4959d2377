import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { gallery, readyProgram, readyText } from '../../src/gallery/gallery.js';
import { checkProgram } from '../../src/programs/check-program.js';
import { playExamples } from '../../src/programs/play-examples.js';
import { howItWorks } from '../../src/rules/how-it-works/index.js';
import { locales } from '../../src/rules/sentences.js';

const ids = gallery('en').map(({ id }) => id);

describe('B11: a gallery of ready programs', () => {
  test('offers every file that there is, by name, likeness and sentence, in four languages', () => {
    const files = readdirSync(new URL('../../src/gallery/programs/', import.meta.url));
    expect(files.sort()).toEqual(ids.map((id) => `${id}.yaml`).sort());
    expect(ids.length).toBeGreaterThan(10);
    for (const locale of locales) {
      const offered = gallery(locale);
      expect(new Set(offered.map(({ name }) => name)).size).toBe(ids.length);
      for (const { like, sentence } of offered) {
        expect(like).toMatch(/\w/);
        expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
      }
    }
  });

  test('what is not there is refused by name', async () => {
    await expect(readyText('../shelf')).rejects.toMatchObject({ code: 'no_ready_program', status: 404 });
    await expect(readyText('constructor')).rejects.toMatchObject({ code: 'no_ready_program' });
  });

  test.each(ids)('%s makes sense, and its year ends in the balances that were worked out by hand', async (id) => {
    const program = await readyProgram(id);
    expect(checkProgram(program)).toEqual([]);
    expect(playExamples(program)).toEqual([]);
    const steps = program.examples.flatMap(({ story }) => story);
    expect(steps.filter(({ kind }) => kind === 'expect').length).toBeGreaterThan(6);
  });

  test.each(ids)('%s says how it works in four languages, with everything called by its name', async (id) => {
    const { rules, names } = await readyProgram(id);
    for (const locale of locales) {
      const units = Object.fromEntries(
        Object.keys(rules.units).map((unit) => [unit, names.units[unit]?.[locale] ?? '']),
      );
      expect(Object.values(units)).not.toContain('');
      const unnamed: string[] = [];
      const nameOf = (of: string, key: string): string | null => {
        const name = of === 'tier' ? names.tiers[key]?.[locale] : of === 'rule' ? names.rules[key]?.[locale] : null;
        if (name === undefined) unnamed.push(`${of} ${key}`);
        return name ?? null;
      };
      const told = howItWorks(rules, { locale, money: rules.money, units }, nameOf);
      expect(unnamed).toEqual([]);
      expect(told.length).toBeGreaterThan(1);
    }
  });
});
