import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { playExample } from '../support/play-example.js';
import type { Example } from '../support/play-example.js';

const FOLDER = new URL('../fixtures/examples/', import.meta.url);

/** Examples that the rules do not yet satisfy. One that begins to pass must be taken off this list. */
const NOT_YET: string[] = [];

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

describe('the examples of the loyalty format, played through the pure rules', () => {
  test('there are examples', () => expect(files.length).toBeGreaterThan(100));

  test.each(files)('%s', (name) => {
    const example = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Example;
    const wrong = playExample(example);
    if (NOT_YET.includes(example.id)) expect(wrong).not.toEqual([]);
    else expect(wrong).toEqual([]);
  });
});
