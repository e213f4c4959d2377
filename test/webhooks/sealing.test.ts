import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { identityTokens, normalMailbox, normalPhone } from '../../src/lib/identity-token.js';
import type { SealingKey } from '../../src/lib/key-file.js';
import { CannotOpen, keyIdOf, open, seal } from '../../src/lib/seal.js';
import { sealBody, unsealBody } from '../../webhooks/sealed-body.js';

const key = (id: string): SealingKey => ({ id, key: randomBytes(32) });
const [k1, k2] = [key('k1'), key('k2')];
const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));

describe('sealing', () => {
  test('p: what was sealed opens at its own place, and nothing of it shows', () =>
    fc.assert(
      fc.property(bytes, fc.string(), (plain, place) => {
        const sealed = seal(plain, place, [k1]);
        expect(open(sealed, place, [k2, k1]).equals(plain)).toBe(true);
        if (plain.length > 8) expect(sealed.includes(plain)).toBe(false);
      }),
    ));
  test('p: any flipped bit, any other place, any missing key is refused', () =>
    fc.assert(
      fc.property(bytes, fc.nat(), (plain, at) => {
        const sealed = seal(plain, 'inbox/1', [k1]);
        const altered = Buffer.from(sealed);
        altered[at % sealed.length] = (altered[at % sealed.length] as number) ^ 1;
        expect(() => open(altered, 'inbox/1', [k1])).toThrow(CannotOpen);
        expect(() => open(sealed, 'inbox/2', [k1])).toThrow(CannotOpen);
        expect(() => open(sealed, 'inbox/1', [k2])).toThrow(CannotOpen);
        expect(() => open(sealed.subarray(0, at % sealed.length), 'inbox/1', [k1])).toThrow(CannotOpen);
      }),
    ));
  test('the first key of the ring seals; equal things never look equal', () => {
    expect(keyIdOf(seal(Buffer.from('x'), 'p', [k2, k1]))).toBe('k2');
    expect(seal(Buffer.from('x'), 'p', [k1]).equals(seal(Buffer.from('x'), 'p', [k1]))).toBe(false);
  });
});

test('p: a body of the inbox comes back byte for byte, and in no other row', () =>
  fc.assert(
    fc.property(bytes, (body) => {
      const hash = randomBytes(32);
      const sealed = sealBody(body, '3', hash, [k1]);
      expect(unsealBody(sealed, '3', hash, [k2, k1]).equals(body)).toBe(true);
      expect(() => unsealBody(sealed, '4', hash, [k1])).toThrow(CannotOpen);
      expect(() => unsealBody(sealed, '3', randomBytes(32), [k1])).toThrow(CannotOpen);
    }),
  ));

describe('identity tokens (FORMAT 6.6)', () => {
  const tokens = identityTokens([k2, k1], '7');
  test.each([
    ['Ana@Example.test', 'ana@example.test'],
    ['ana+shop@example.test', 'ana@example.test'],
    [' ana@EXAMPLE.test. ', 'ana@example.test'],
  ])('%s is the mailbox of %s', (one, other) => {
    expect(tokens.mailbox(one)).toBe(tokens.mailbox(other));
  });
  test.each([
    ['a.na@example.test', 'ana@example.test'],
    ['+ana@example.test', '@example.test'],
    ['ana@example.test', 'ana@other.test'],
  ])('%s is not the mailbox of %s', (one, other) => {
    expect(tokens.mailbox(one)).not.toBe(tokens.mailbox(other));
  });
  test('phones are their digits, however they are written', () => {
    expect(normalPhone('+353 1 555 0100')).toBe('35315550100');
    expect(normalPhone('00353-1-555-0100')).toBe('35315550100');
    expect(normalPhone('12')).toBeNull();
  });
  test('what is none has no token', () => {
    expect([null, '', 'no address', 'two@at@signs'].map(normalMailbox)).toEqual([null, null, null, null]);
  });
  test('tokens last while keys are added, differ between programs and purposes, and say nothing', () => {
    expect(identityTokens([k1], '7').mailbox('a@b.test')).toBe(tokens.mailbox('a@b.test'));
    expect(identityTokens([k1], '8').mailbox('a@b.test')).not.toBe(tokens.mailbox('a@b.test'));
    expect(tokens.mailbox('111111@1')).not.toBe(tokens.phone('111111'));
    expect(tokens.mailbox('a@b.test')).toMatch(/^[A-Za-z0-9_-]{32}$/);
  });
});
