import type { Locator, Page } from 'playwright-core';

const MOST_STOPS = 90;

/**
 * Goes there as somebody without a mouse does: by Tab, stop by stop. Throws at a stop where nobody sees the focus, and when the
 * place is not among the stops.
 */
export async function tabTo(page: Page, place: Locator): Promise<void> {
  await place.waitFor({ state: 'attached' });
  const stops: string[] = [];
  for (let n = 0; n < MOST_STOPS; n++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return null;
      const ringed = [at, ...(at.closest('[data-focus-visible]') ? [at.closest('[data-focus-visible]')] : [])];
      const seen = ringed.some((one) => one && getComputedStyle(one).outlineStyle !== 'none');
      return { name: `${at.tagName} ${(at.getAttribute('aria-label') ?? at.textContent ?? '').slice(0, 40)}`, seen };
    });
    if (stop && !stop.seen) throw new Error(`the focus is not to be seen at ${stop.name}`);
    stops.push(stop?.name ?? '(the window)');
    if (await place.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`not reached by Tab; the stops were ${stops.join(' > ')}`);
}
