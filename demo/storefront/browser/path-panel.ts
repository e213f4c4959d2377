import { byId, el, facts, fill, words } from './shop-client.js';

interface Path {
  delivery: { id: string; topic: string; store: string; receivedAt: number } | null;
  steps: { name: keyof typeof words.pathStep; at: number; ms: number; detail: string }[];
}

const EVERY = 700;
const locale = facts.lang === 'en' ? 'en-GB' : facts.lang;
const shown = (ms: number): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: ms < 10 ? 1 : 0 }).format(ms);

function draw({ delivery, steps }: Path): void {
  const what = byId('path-what');
  const sum = byId('path-sum');
  if (!what || !sum || !delivery) return;
  const total = Math.max(
    steps.reduce((so, step) => so + step.ms, 0),
    0.01,
  );
  what.textContent = `${delivery.topic} · ${new Date(delivery.receivedAt).toLocaleTimeString(locale)}`;
  sum.textContent = `${shown(total)} ms`;
  const whole = byId('path-total');
  if (whole) whole.textContent = fill(words.pathTotal, { ms: shown(total) });
  let before = 0;
  const rows = steps.map((step) => {
    const from = (before / total) * 100;
    before += step.ms;
    const bar = el('i', { style: `inset-inline-start:${Math.min(from, 99)}%;width:${(step.ms / total) * 100}%` });
    return el(
      'li',
      {},
      el('span', {}, words.pathStep[step.name]),
      el('span', { class: 'bar', 'aria-hidden': 'true' }, bar),
      el('span', { class: 'ms' }, `${shown(step.ms)} ms`),
      el('small', {}, step.detail),
    );
  });
  byId('path-steps')?.replaceChildren(...rows);
}

/** Shows how the last delivery went through the service; asks while the page is seen. */
export function bringPathPanel(): void {
  let last = '';
  const panel = byId<HTMLDetailsElement>('path');
  if (panel) {
    // on a phone it begins closed on each page: there it would be all that is seen
    panel.open = matchMedia('(min-width: 900px)').matches && sessionStorage.getItem('path') === 'open';
    panel.querySelector('summary')?.addEventListener('click', () => {
      sessionStorage.setItem('path', panel.open ? '' : 'open');
      if (!panel.open) setTimeout(() => panel.scrollIntoView({ block: 'nearest' }));
    });
  }
  const look = async () => {
    if (!document.hidden) {
      const path = await fetch(`${facts.service}/demo/path`)
        .then((answer) => answer.json() as Promise<Path>)
        .catch(() => null);
      const now = JSON.stringify(path);
      if (path && now !== last) draw(path);
      last = now;
    }
    setTimeout(() => void look(), EVERY);
  };
  void look();
}
