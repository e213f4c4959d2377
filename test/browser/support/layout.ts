import type { Frame, Page } from 'playwright-core';

/** What is drawn, without its letters: comparable on every machine, whatever fonts it has. */
export interface Drawn {
  /** The parts of the page in their order: where each begins, how wide it is, how far from the one before, its padding. */
  layout: string[];
  /** The kinds of thing there are and their colours: text on ground, edge. */
  colours: string[];
  /** Letters that are cut off or lie over each other, parts that stick out, targets too small for a finger. */
  faults: string[];
  /** What is to be read, piece by piece. */
  texts: string[];
}

/** Reads the page as it stands. */
export const drawn = (desk: Page | Frame): Promise<Drawn> => desk.evaluate(readPage);

/** Runs in the page. */
function readPage(): Drawn {
  const PARTS = '.top, .rail, main, main > *, main .card, main .facts, main .tabs, main table, main form, main .chart';
  const KINDS =
    'body, .top, .rail, .rail a, .card, .button, .tabs a, .chip, main input, main select, main th, main td, small';
  const BY_STATE = /^(active|data-|react-aria|promotion-\d)/;
  const SMALLEST = matchMedia('(pointer: coarse)').matches ? 44 : 24;

  const named = (one: Element) =>
    [one.tagName.toLowerCase(), ...[...one.classList].filter((name) => !BY_STATE.test(name))].join('.');
  const hex = (colour: string) => {
    const [r = 0, g = 0, b = 0, a = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    if (a === 0) return 'none';
    return `#${[r, g, b].map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
  };
  const isSeen = (one: Element) => {
    const { width, height } = one.getBoundingClientRect();
    return width > 1 && height > 1 && one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };

  const isClipped = (one: Element) => {
    for (let around: Element | null = one; around; around = around.parentElement)
      if (getComputedStyle(around).clipPath !== 'none') return true;
    return false;
  };

  const layout: string[] = [];
  let before: Element | null = null;
  for (const part of [...document.querySelectorAll(PARTS)].filter(isSeen)) {
    const { left, width, top } = part.getBoundingClientRect();
    const { paddingTop, paddingLeft, position } = getComputedStyle(part);
    const next = before?.parentElement === part.parentElement ? before : null;
    const gap = next ? Math.round(top - next.getBoundingClientRect().bottom) : null;
    const beside = gap !== null && gap < 0;
    const line = [
      named(part),
      `${Math.round(left)}+${Math.round(width)}`,
      ...(gap === null || position !== 'static' ? [] : [beside ? 'beside' : `gap ${gap}`]),
      `pad ${parseFloat(paddingTop)} ${parseFloat(paddingLeft)}`,
      ...(position === 'static' ? [] : [position]),
    ].join(' ');
    // how many of the same there are is the shop's matter
    if (layout.at(-1) !== line) layout.push(line);
    before = part;
  }

  const colours = new Set<string>();
  for (const one of [...document.querySelectorAll(KINDS)].filter(isSeen)) {
    const { color, backgroundColor, borderBottomColor, borderBottomWidth } = getComputedStyle(one);
    const edge = parseFloat(borderBottomWidth) > 0 ? ` edge ${hex(borderBottomColor)}` : '';
    colours.add(`${named(one)} ${hex(color)} on ${hex(backgroundColor)}${edge}`);
  }

  const faults: string[] = [];
  const pieces: { text: string; box: DOMRect; holder: Element; layer: Element | null }[] = [];
  const texts = new Set<string>();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? '';
    const holder = node.parentElement;
    if (text === '' || !holder || holder.closest('script, style, option') || !isSeen(holder)) continue;
    if (holder.closest('.visually-hidden') || isClipped(holder)) continue;
    // in whose language it is said there
    if (!holder.closest('main [lang]')) texts.add(text);
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    for (let around: Element | null = holder; around && around !== document.body; around = around.parentElement) {
      const { overflowX } = getComputedStyle(around);
      if (overflowX === 'visible') continue;
      const edge = around.getBoundingClientRect();
      // hidden from eyes alone
      if (edge.width <= 1 || edge.height <= 1) break;
      if (overflowX !== 'auto' && overflowX !== 'scroll' && (box.right > edge.right + 1 || box.left < edge.left - 1))
        faults.push(`cut off: “${text.slice(0, 40)}” in ${named(around)}`);
      break;
    }
    for (const line of range.getClientRects()) {
      const layer = holder.closest('.top, .rail, .set-up-acts, .toasts, [role=dialog]');
      pieces.push({ text, box: line, holder, layer });
    }
  }
  for (const [at, one] of pieces.entries())
    for (const other of pieces.slice(at + 1)) {
      if (one.layer !== other.layer || one.holder === other.holder) continue;
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      // lines of text stand a little into each other's height; letters do not
      if (wide > 2 && high > Math.min(one.box.height, other.box.height) / 2)
        faults.push(`“${one.text.slice(0, 30)}” lies over “${other.text.slice(0, 30)}”`);
    }
  const TARGETS = 'button, select, input:not([type=hidden]), a.button, .tabs a, .rail a';
  for (const one of document.querySelectorAll(TARGETS)) {
    if (!isSeen(one) || one.closest('.visually-hidden')) continue;
    const { height } = one.getBoundingClientRect();
    if (one.scrollWidth > one.clientWidth + 2)
      faults.push(`does not fit into itself: ${named(one)} “${one.textContent ?? ''}”`);
    const target = one.closest('label')?.getBoundingClientRect().height ?? height;
    if (Math.max(height, target) < SMALLEST)
      faults.push(`too small for a finger (${Math.round(height)}): ${named(one)} “${one.textContent ?? ''}”`);
  }
  const ruler = document.createElement('canvas').getContext('2d');
  for (const list of document.querySelectorAll('select')) {
    if (!isSeen(list) || !ruler) continue;
    const { font, paddingLeft, paddingRight } = getComputedStyle(list);
    ruler.font = font;
    // whichever is chosen, beside the arrow
    const room = list.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - 16;
    for (const { text } of list.options)
      if (ruler.measureText(text).width > room) faults.push(`cut off once it is chosen: “${text}”`);
  }
  return { layout, colours: [...colours].sort(), faults: [...new Set(faults)], texts: [...texts] };
}
