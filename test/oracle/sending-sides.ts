import type { Gift } from './gift.js';
import type { Known } from './known.js';
import { inForce } from './versions.js';
import type { Want } from './wants.js';

/** What the receiver has of it: lots that end when they would have ended with the sender. */
export const sendingGifts = (known: Known): Gift[] =>
  [...known.recorded.sendings.values()].flatMap(({ id, at, to, unit, parts }) =>
    parts.map(({ points, ends }, i) => ({
      of: parts.length === 1 ? `send:${id}` : `send:${id}#${i + 1}`,
      unit,
      member: to,
      counted: at,
      expiry: { kind: 'none' as const },
      lasts: ends,
      changes: [at],
      amountAt: (t: number) => (t >= at ? points : 0),
      datedAt: () => ({ counted: at, usable: at, rules: inForce(known.versions, at) }),
    })),
  );

/** What the sender gave. */
export const sendingWants = (known: Known): Want[] =>
  [...known.recorded.sendings.values()].map(({ id, at, from, unit, points }) => ({
    key: `send:${id}`,
    unit,
    member: from,
    at,
    changes: [at],
    takenAt: (t) => (t >= at ? points : 0),
    heldAt: () => false,
  }));
