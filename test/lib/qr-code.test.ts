import { expect, test } from '@jest/globals';
import { checkOf, codewordsOf, qrCode, qrPath } from '../../src/lib/qr-code.js';

const hex = (words: readonly number[]) => words.map((word) => word.toString(16).padStart(2, '0')).join(' ');

test('B8: the example of ISO/IEC 18004 comes to the code words that stand there', () => {
  const data = codewordsOf('01234567');
  expect(hex(data)).toBe('10 20 0c 56 61 80 ec 11 ec 11 ec 11 ec 11 ec 11');
  expect(hex(checkOf(data))).toBe('a5 24 d4 c1 ed 36 c7 87 2c 55');
});

/** A reader made by others reads these modules as 4829103847561029. */
const READ = [
  '#######...#.#.#######',
  '#.....#...#.#.#.....#',
  '#.###.#.#.#...#.###.#',
  '#.###.#.####..#.###.#',
  '#.###.#.###.#.#.###.#',
  '#.....#.#.##..#.....#',
  '#######.#.#.#.#######',
  '........#.#..........',
  '#.#####..###..#####..',
  '..###..#########.#..#',
  '###.#.#.##..#.##.....',
  '.##.#...#######...#.#',
  '.##..#####..#..###.##',
  '........#.#.#..##..#.',
  '#######..#.#.#...##..',
  '#.....#.##.....##....',
  '#.###.#.#..#.#....##.',
  '#.###.#.##.#####..#..',
  '#.###.#.#.#.#.##..#..',
  '#.....#..#.####....#.',
  '#######.###.#...##...',
];

test('B8: a code is drawn as readers read it; its path draws what is dark; what does not fit is refused', () => {
  const rows = qrCode('4829103847561029');
  expect(rows.map((row) => row.map((dark) => (dark ? '#' : '.')).join(''))).toEqual(READ);
  const runs = [...qrPath('4829103847561029').path.matchAll(/M(\d+) (\d+)h(\d+)v1H\1z/g)].map((run) => run.map(Number));
  const drawn = rows.map((row) => row.map(() => false));
  for (const [, x = 0, y = 0, length = 0] of runs) drawn[y]?.fill(true, x, x + length);
  expect(drawn).toEqual(rows);
  expect(() => qrCode('a lower case')).toThrow(RangeError);
});
