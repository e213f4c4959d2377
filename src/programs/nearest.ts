/** The word that somebody who wrote another one most likely meant; null = none is near enough to be offered. */
export function nearest(written: string, words: readonly string[]): string | null {
  const asked = written.toLowerCase();
  const same = words.find((word) => word.toLowerCase() === asked);
  if (same !== undefined) return same;
  const begun = words.filter((word) => isBegun(word.toLowerCase(), asked));
  if (begun.length === 1) return begun[0] ?? null;
  const most = asked.length < 5 ? 1 : 2;
  let best: string | null = null;
  let least = most + 1;
  for (const word of words) {
    const steps = distance(asked, word.toLowerCase());
    if (steps < least) [best, least] = [word, steps];
  }
  return best;
}

/** "saturday" for "sat", "categ" for "categories". */
const isBegun = (word: string, asked: string): boolean =>
  Math.min(word.length, asked.length) >= 3 && (word.startsWith(asked) || asked.startsWith(word));

/** How many letters must be put in, left out, changed, or swapped with their neighbour. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      let steps = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) steps = Math.min(steps, (before[j - 2] ?? 0) + 1);
      next.push(steps);
    }
    [before, row] = [row, next];
  }
  return row[to.length] ?? 0;
}
