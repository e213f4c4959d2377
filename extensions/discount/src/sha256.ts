/** SHA-256 and HMAC in plain arithmetic: where a Function runs there is no crypto. Text in, lower-case hex out. */
const wordsOf = (hex: string): number[] =>
  Array.from({ length: hex.length / 8 }, (_, i) => parseInt(hex.slice(i * 8, i * 8 + 8), 16) | 0);

/** FIPS 180-4, 4.2.2 and 5.3.3. */
const K = wordsOf(
  '428a2f9871374491b5c0fbcfe9b5dba53956c25b59f111f1923f82a4ab1c5ed5d807aa9812835b01243185be550c7dc3' +
    '72be5d7480deb1fe9bdc06a7c19bf174e49b69c1efbe47860fc19dc6240ca1cc2de92c6f4a7484aa5cb0a9dc76f988da' +
    '983e5152a831c66db00327c8bf597fc7c6e00bf3d5a7914706ca63511429296727b70a852e1b21384d2c6dfc53380d13' +
    '650a7354766a0abb81c2c92e92722c85a2bfe8a1a81a664bc24b8b70c76c51a3d192e819d6990624f40e3585106aa070' +
    '19a4c1161e376c082748774c34b0bcb5391c0cb34ed8aa4a5b9cca4f682e6ff3748f82ee78a5636f84c878148cc70208' +
    '90befffaa4506cebbef9a3f7c67178f2',
);
const START = wordsOf('6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19');

const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

function sha256(bytes: readonly number[]): number[] {
  const padded = [...bytes, 0x80];
  while (padded.length % 64 !== 56) padded.push(0);
  const bits = bytes.length * 8;
  padded.push(0, 0, 0, 0, (bits >>> 24) & 255, (bits >>> 16) & 255, (bits >>> 8) & 255, bits & 255);
  const state = [...START];
  const words = new Array<number>(64).fill(0);
  for (let at = 0; at < padded.length; at += 64) block(state, words, padded, at);
  return state.flatMap((word) => [(word >>> 24) & 255, (word >>> 16) & 255, (word >>> 8) & 255, word & 255]);
}

function block(state: number[], words: number[], bytes: readonly number[], at: number): void {
  const byte = (i: number): number => bytes[i] ?? 0;
  const word = (i: number): number => words[i] ?? 0;
  for (let i = 0; i < 16; i += 1) {
    const from = at + i * 4;
    words[i] = (byte(from) << 24) | (byte(from + 1) << 16) | (byte(from + 2) << 8) | byte(from + 3);
  }
  for (let i = 16; i < 64; i += 1) {
    const [x, y] = [word(i - 15), word(i - 2)];
    const s0 = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
    const s1 = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
    words[i] = (word(i - 16) + s0 + word(i - 7) + s1) | 0;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i += 1) {
    const t1 = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + (K[i] ?? 0) + word(i)) | 0;
    const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((value, i) => (state[i] = ((state[i] ?? 0) + value) | 0));
}

/** HMAC-SHA256 over ASCII text under a key of ASCII text of at most 64 signs; null for anything else. */
export function hmacHex(key: string, text: string): string | null {
  const [secret, message] = [ascii(key), ascii(text)];
  if (secret === null || message === null || secret.length > 64) return null;
  const pad = (with_: number): number[] => Array.from({ length: 64 }, (_, i) => (secret[i] ?? 0) ^ with_);
  const mac = sha256([...pad(0x5c), ...sha256([...pad(0x36), ...message])]);
  return mac.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function ascii(text: string): number[] | null {
  const codes = [...text].map((sign) => sign.charCodeAt(0));
  return codes.every((code) => code < 128) ? codes : null;
}
