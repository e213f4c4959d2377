import { useEffect } from 'react';

/** What takes the focus where the thing that had it is gone: the part of the place that it was in, else the place. */
const PARTS = 'section.card, [role=dialog], main';
/** Whoever draws something in its stead may mean to focus that. */
const LET_OTHERS_MS = 80;

/**
 * A button that did its work is often gone after it ("Mark as paid"), and the focus with it: whoever works by keyboard, or listens,
 * would begin at the top of the window again. Goes on from the heading of the part that it stood in.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null;
    let around: Element[] = [];
    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) return;
      last = target;
      const parts: Element[] = [];
      for (let part = target.closest(PARTS); part; part = part.parentElement?.closest(PARTS) ?? null) parts.push(part);
      // a dialog stands outside of what it was opened from, and goes before that does
      around = parts.some((part) => part.matches('main')) ? parts : [...new Set([...parts, ...around])];
    };
    const rescue = () => {
      if (!last || last.isConnected || document.activeElement !== document.body) return;
      last = null;
      const part = around.find((one) => one.isConnected);
      const place = part?.querySelector<HTMLElement>('h1, h2, h3, [slot=title]') ?? part;
      if (!(place instanceof HTMLElement)) return;
      if (!place.hasAttribute('tabindex')) place.tabIndex = -1;
      place.focus({ preventScroll: true });
    };
    const watch = new MutationObserver(() => {
      if (last && !last.isConnected) setTimeout(rescue, LET_OTHERS_MS);
    });
    document.addEventListener('focusin', remember);
    watch.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', remember);
      watch.disconnect();
    };
  }, []);
}
