/**
 * The smallest QR code (ISO/IEC 18004, version 1, level M, mask 2): 21 by 21 modules, up to 34 digits or 20 capitals and digits.
 * Enough for a member's code; no other is made here.
 */
const SIZE = 21;
const DATA = 16;
const ECC = 10;
const CHARS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
/** Level M with mask 2, with its check bits, as the standard's own example has it. */
const FORMAT = 0b101111001111100;

/** Rows of modules, true = dark. Throws RangeError for what does not fit. */
export function qrCode(text: string): boolean[][] {
  const data = codewordsOf(text);
  return draw([...data, ...checkOf(data)]);
}

/** The dark modules as the path of an SVG, one unit a module. */
export function qrPath(text: string): { size: number; path: string } {
  const runs = qrCode(text).flatMap((row, y) =>
    row.flatMap((dark, x) => {
      if (!dark || row[x - 1]) return [];
      const end = row.indexOf(false, x);
      return [`M${x} ${y}h${(end < 0 ? SIZE : end) - x}v1H${x}z`];
    }),
  );
  return { size: SIZE, path: runs.join('') };
}

export function codewordsOf(text: string): number[] {
  const numeric = /^\d{1,34}$/.test(text);
  if (!numeric && !(text.length <= 20 && [...text].every((char) => CHARS.includes(char))))
    throw new RangeError('a code of this size holds 34 digits, or 20 capitals and digits');
  const bits = [numeric ? '0001' : '0010', binary(text.length, numeric ? 10 : 9)];
  const step = numeric ? 3 : 2;
  for (let i = 0; i < text.length; i += step) {
    const part = text.slice(i, i + step);
    if (numeric) bits.push(binary(Number(part), part.length * 3 + 1));
    else if (part.length === 2) bits.push(binary(CHARS.indexOf(part[0] ?? '') * 45 + CHARS.indexOf(part[1] ?? ''), 11));
    else bits.push(binary(CHARS.indexOf(part), 6));
  }
  const written = bits
    .join('')
    .padEnd(bits.join('').length + 4, '0')
    .slice(0, DATA * 8);
  const padded = written.padEnd(Math.ceil(written.length / 8) * 8, '0');
  const words = (padded.match(/.{8}/g) ?? []).map((word) => parseInt(word, 2));
  for (let i = 0; words.length < DATA; i++) words.push(i % 2 === 0 ? 0b11101100 : 0b00010001);
  return words;
}

const binary = (n: number, width: number): string => n.toString(2).padStart(width, '0');

/** Reed-Solomon over GF(256) with x^8 + x^4 + x^3 + x^2 + 1: what is left of the data after division by the generator. */
export function checkOf(data: readonly number[]): number[] {
  let generator = [1];
  for (let i = 0; i < ECC; i++) {
    const next = [...generator, 0];
    generator.forEach((term, at) => (next[at + 1] = (next[at + 1] ?? 0) ^ multiply(term, power(i))));
    generator = next;
  }
  const rest = [...data, ...Array<number>(ECC).fill(0)];
  for (let i = 0; i < data.length; i++) {
    const lead = rest[i] ?? 0;
    generator.forEach((term, at) => (rest[i + at] = (rest[i + at] ?? 0) ^ multiply(term, lead)));
  }
  return rest.slice(data.length);
}

function multiply(a: number, b: number): number {
  let product = 0;
  for (let i = 7; i >= 0; i--) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((b >>> i) & 1) * a;
  }
  return product;
}

function power(n: number): number {
  let value = 1;
  for (let i = 0; i < n; i++) value = multiply(value, 2);
  return value;
}

function draw(words: readonly number[]): boolean[][] {
  const rows = Array.from({ length: SIZE }, () => Array<boolean | null>(SIZE).fill(null));
  const set = (x: number, y: number, dark: boolean): void => {
    const row = rows[y];
    if (row && x >= 0 && x < SIZE) row[x] = dark;
  };
  for (const [left, top] of [
    [0, 0],
    [SIZE - 7, 0],
    [0, SIZE - 7],
  ] as const) {
    for (let y = -1; y <= 7; y++) {
      for (let x = -1; x <= 7; x++) {
        const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
        set(left + x, top + y, ring !== 2 && ring !== 4);
      }
    }
  }
  for (let i = 8; i < SIZE - 8; i++) {
    set(i, 6, i % 2 === 0);
    set(6, i, i % 2 === 0);
  }
  for (let i = 0; i < 15; i++) {
    const dark = ((FORMAT >>> i) & 1) === 1;
    set(8, i < 6 ? i : i < 8 ? i + 1 : SIZE - 15 + i, dark);
    set(i < 8 ? SIZE - 1 - i : i < 9 ? 15 - i : 14 - i, 8, dark);
  }
  set(8, SIZE - 8, true);
  fill(rows, words);
  return rows.map((row) => row.map((module) => module === true));
}

/** Upwards and downwards in pairs of columns, from the right; the timing column is left out. */
function fill(rows: (boolean | null)[][], words: readonly number[]): void {
  const bits = words.map((word) => binary(word, 8)).join('');
  let at = 0;
  for (let right = SIZE - 1, upward = true; right > 0; right -= right === 8 ? 3 : 2, upward = !upward) {
    for (let step = 0; step < SIZE; step++) {
      const y = upward ? SIZE - 1 - step : step;
      for (const x of [right, right - 1]) {
        const row = rows[y];
        if (!row || row[x] !== null) continue;
        row[x] = (bits[at++] === '1') !== (x % 3 === 0);
      }
    }
  }
}
