import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { checkProgram } from '../../src/programs/check-program.js';
import { playExamples } from '../../src/programs/play-examples.js';
import { readProgram } from '../../src/programs/read-program.js';

const FOLDER = new URL('../../src/gallery/programs/', import.meta.url);
const files = readdirSync(FOLDER);

describe('B11: every ready program makes sense, and its year comes out as it says', () => {
  test('there are programs', () => expect(files.length).toBeGreaterThan(10));

  test.each(files)('%s', (name) => {
    const program = readProgram(readFileSync(new URL(name, FOLDER), 'utf8'));
    expect(checkProgram(program)).toEqual([]);
    expect(playExamples(program)).toEqual([]);
    expect(program.examples.flatMap(({ story }) => story).length).toBeGreaterThan(10);
  });
});
