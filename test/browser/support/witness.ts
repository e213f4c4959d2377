import type { Page } from 'playwright-core';

interface Seen {
  shifts: number;
  heard: [string, Record<string, unknown>][];
}

/** From its first moment on, notes how much the page's layout shifts and which events of ours it hears. */
export async function witness(page: Page): Promise<{ shifts(): Promise<number>; heard(): Promise<Seen['heard']> }> {
  await page.addInitScript(() => {
    const seen = window as unknown as Seen;
    seen.shifts = 0;
    seen.heard = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shifts += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    for (const name of ['tally:redeemed', 'tally:undone', 'tally:joined'])
      document.addEventListener(name, (happening) => seen.heard.push([name, (happening as CustomEvent).detail]));
  });
  return {
    shifts: () => page.evaluate(() => (window as unknown as Seen).shifts),
    heard: () => page.evaluate(() => (window as unknown as Seen).heard),
  };
}
