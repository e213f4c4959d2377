import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const sources = readdirSync('admin-ui', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(tsx|css)$/.test(path))
  .map((path) => ({ path, text: readFileSync(join('admin-ui', path), 'utf8') }));
const found = (pattern: RegExp, but: string[] = []) =>
  sources.filter(({ path, text }) => !but.includes(path) && pattern.test(text)).map(({ path }) => path);

/** UX: whoever waits reads for what. */
describe('no spinner without a word', () => {
  test('what waits is drawn by the kit alone, and nothing turns', () => {
    expect(found(/ProgressBar|role="progressbar"|aria-busy/, ['kit/progress.tsx'])).toEqual([]);
    expect(found(/className=[^>]*skeleton|['"]skeleton/, ['kit/asked.tsx'])).toEqual([]);
    expect(found(/spinner|@keyframes (spin|turn)|rotate\(360deg\)/i)).toEqual([]);
  });

  test('rows that stand for what is coming say so in letters, not only to screen readers', () => {
    const asked = readFileSync('admin-ui/kit/asked.tsx', 'utf8');
    expect(asked).toMatch(/<div[^>]*>\s*\{[^}]*t\('loading'\)\}/);
  });

  test('every bar of progress is given its words, and no place shows nothing at all while it waits', () => {
    const bars = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/<Progress\b([^]*?)\/>/g)].map(([all]) => ({ path, all })),
    );
    expect(bars.length).toBeGreaterThan(4);
    expect(bars.filter(({ all }) => !/label=\{/.test(all) || /label=\{(''|"")\}/.test(all))).toEqual([]);
    expect(found(/<Suspense(?![^>]*fallback=\{<)/)).toEqual([]);
    expect(found(/(isPending|isLoading)\) return null/)).toEqual([]);
  });
});
