import type { Reading } from '../src/commerce/inbound-platform.js';

/** Deeper than any body of a platform, and far below what recursion would notice. */
const DEEPEST = 100;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Bytes that are no readable JSON. The message says what is wrong, without quoting the body. */
export class UnreadableBody extends Error {
  constructor(why: string, options?: ErrorOptions) {
    super(why, options);
    this.name = 'UnreadableBody';
  }
}

/**
 * The JSON of a genuine body. Whole numbers that a float cannot hold exactly (ids above 2^53) come as text. Bytes that
 * are no UTF-8 become replacement characters; NUL and lone surrogates are taken out where text is kept (shapes.ts).
 * @throws UnreadableBody when it is no JSON or nested deeper than 100
 */
export function openBody(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  const long = hasLongNumber(bytes) ? longIntegers(text) : [];
  try {
    return JSON.parse(long.length === 0 ? text : quoteAt(text, long));
  } catch (error) {
    throw new UnreadableBody('the body is not JSON', { cause: error });
  }
}

/** Whether a number of 16 digits or more stands outside a string; refuses what is nested too deep. Bytes, as the text is slower. */
function hasLongNumber(bytes: Buffer): boolean {
  let depth = 0;
  let digits = 0;
  let found = false;
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i] as number;
    if (isDigit(c)) {
      if (++digits === 16) found = true;
      continue;
    }
    digits = 0;
    if (c === QUOTE) {
      for (i++; i < bytes.length && bytes[i] !== QUOTE; i++) if (bytes[i] === BACKSLASH) i++;
    } else if (c === 0x5b || c === 0x7b) {
      if (++depth > DEEPEST) throw new UnreadableBody(`the body is nested deeper than ${DEEPEST}`);
    } else if (c === 0x5d || c === 0x7d) depth--;
  }
  return found;
}

/** Where whole numbers of 16 digits and more stand, as [from, to) pairs. */
function longIntegers(text: string): number[] {
  const found: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) i = endOfString(text, i);
    else if (isDigit(c)) {
      const end = endOfNumber(text, i);
      const next = text.charCodeAt(end);
      const previous = text.charCodeAt(i - 1);
      const whole = next !== 0x2e && next !== 0x65 && next !== 0x45;
      const from = previous === 0x2d ? i - 1 : i;
      if (whole && end - i >= 16 && isStart(text.charCodeAt(from - 1))) found.push(from, end);
      i = end - 1;
    }
  }
  return found;
}

/** A number of its own, not the digits behind a point or an exponent. */
function isStart(before: number): boolean {
  return Number.isNaN(before) || before === 0x3a || before === 0x2c || before === 0x5b || before <= 0x20;
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}

function endOfNumber(text: string, from: number): number {
  let end = from;
  while (isDigit(text.charCodeAt(end))) end++;
  return end;
}

function endOfString(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === BACKSLASH) i++;
    else if (c === QUOTE) return i;
  }
  return text.length;
}

function quoteAt(text: string, pairs: readonly number[]): string {
  let out = '';
  let last = 0;
  for (let i = 0; i < pairs.length; i += 2) {
    const [from, to] = [pairs[i] as number, pairs[i + 1] as number];
    out += `${text.slice(last, from)}"${text.slice(from, to)}"`;
    last = to;
  }
  return out + text.slice(last);
}

/** A reading of something that is kept nowhere, with its reason. */
export function nothing(why: string): Reading {
  return { kind: 'nothing', why };
}
