import type { Locator, Page } from 'playwright-core';

const MOST_STOPS = 90;

/** Somebody without a mouse. What they press is counted. */
export interface Hands {
  /** Stop by stop, until it is there. */
  to(place: Locator): Promise<void>;
  press(key: string, times?: number): Promise<void>;
  type(text: string): Promise<void>;
  presses(): number;
}

export function handsOn(page: Page): Hands {
  let presses = 0;
  return {
    async to(place) {
      presses += await tabTo(page, place);
    },
    async press(key, times = 1) {
      presses += times;
      for (let n = 0; n < times; n++) await page.keyboard.press(key);
    },
    async type(text) {
      presses += text.length;
      await page.keyboard.type(text);
    },
    presses: () => presses,
  };
}

/**
 * Goes there as somebody without a mouse does: by Tab, stop by stop; gives how many. Throws at a stop that nobody sees the focus
 * at, or that lies under something else; where it goes back up in the same column; and when the place is not among the stops.
 */
export async function tabTo(page: Page, place: Locator): Promise<number> {
  await place.waitFor({ state: 'attached' });
  const stops: string[] = [];
  let before: Stop | null = null;
  for (let n = 1; n <= MOST_STOPS; n++) {
    await page.keyboard.press('Tab');
    const stop: Stop | null = await page.evaluate(whereFocusIs);
    if (stop) wrongAt(stop, before);
    before = stop;
    stops.push(stop?.name ?? '(the window)');
    if (await place.evaluate((element) => element === document.activeElement)) return n;
  }
  throw new Error(`not reached by Tab; the stops were ${stops.join(' > ')}`);
}

interface Stop {
  name: string;
  seen: boolean;
  /** What lies over it, if anything does. */
  under: string | null;
  /** The part of the page in which reading goes on downwards. */
  part: string;
  box: { left: number; right: number; top: number; bottom: number };
}

function wrongAt(stop: Stop, before: Stop | null): void {
  if (!stop.seen) throw new Error(`the focus is not to be seen at ${stop.name}`);
  if (stop.under !== null) throw new Error(`${stop.name} has the focus under ${stop.under}`);
  if (before?.part !== stop.part) return;
  const isAbove = stop.box.bottom <= before.box.top;
  const isSameColumn = stop.box.left < before.box.right && before.box.left < stop.box.right;
  if (isAbove && isSameColumn) throw new Error(`the focus goes back up from ${before.name} to ${stop.name}`);
}

/** Runs in the page. */
function whereFocusIs(): Stop | null {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const ring = at.closest('[data-focus-visible]');
  const seen = [at, ring].some((one) => one && getComputedStyle(one).outlineStyle !== 'none');
  // what is drawn for a hidden field is its label
  const drawn = ring ?? (at.getBoundingClientRect().width < 2 ? (at.closest('label') ?? at) : at);
  const { left, right, top, bottom } = drawn.getBoundingClientRect();
  const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const isFree = over !== null && (drawn.contains(over) || over.contains(drawn));
  const [name, other] = [at, over].map(
    (one) => one && `${one.tagName} ${(one.getAttribute('aria-label') ?? one.textContent ?? '').slice(0, 40)}`,
  );
  return {
    name: name ?? '',
    seen,
    under: isFree ? null : (other ?? 'the edge of the window'),
    part: at.closest('[role=dialog], main, nav, header, .toasts')?.tagName ?? 'BODY',
    // beneath what is scrolled: where it stands in the page, not in the window
    box: { left, right, top: top + scrollY, bottom: bottom + scrollY },
  };
}
