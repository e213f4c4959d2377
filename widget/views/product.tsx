import type { CartFacts } from '../answers.js';
import type { Scene } from '../scene.js';
import { earns } from './pieces.js';

/** Asks what a cart earns: the answer, and its points as "48 points + 2 stars" (empty = none). */
export function preview(s: Scene, cart: CartFacts) {
  const asked = s.ask('preview', JSON.stringify(cart), () => s.client.preview(cart));
  const earned = Object.entries(asked.value?.earn ?? {}).filter(([, points]) => points !== '0');
  return { asked, pts: earned.map(([unit, points]) => s.words.pts(points, unit)).join(' + ') };
}

/** "Earn 12 points with this." and, opened, by which rules. When the service is away the line stays empty. */
export function productLine(s: Scene) {
  if (!s.facts.product) return null;
  const { asked, pts } = preview(s, { currency: s.facts.currency, lines: [s.facts.product] });
  return <div class="line">{asked.value && pts && earns(s, s.words.say('earnProduct', { pts }))}</div>;
}
