import type { History } from './format.js';

/** The shortest history that we find by leaving things out, one after the other, that still fails. */
export function shrink(history: History, fails: (smaller: History) => boolean): History {
  let smallest = history;
  let size = Infinity;
  while (JSON.stringify(smallest).length < size) {
    size = JSON.stringify(smallest).length;
    for (const smaller of [withoutEvents, withoutRules, withoutKeys]) smallest = smaller(smallest, fails);
  }
  return smallest;
}

/** Without these an event would say nothing. */
const ESSENTIAL = [
  'does',
  'of',
  'kind',
  'id',
  'at',
  'member',
  'lines',
  'placed',
  'advocate',
  'customer',
  'product',
  'written',
  'status',
  'reward',
  'to',
  'head',
];

type Shrinks = (history: History, fails: (smaller: History) => boolean) => History;

const withoutEvents: Shrinks = (history, fails) => {
  let current = history;
  for (let chunk = Math.ceil(current.history.length / 2); chunk >= 1; chunk = chunk === 1 ? 0 : Math.ceil(chunk / 2)) {
    for (let at = current.history.length - chunk; at >= 0; at -= chunk) {
      const smaller = { ...current, history: current.history.filter((_, index) => index < at || index >= at + chunk) };
      if (fails(smaller)) current = smaller;
    }
  }
  return current;
};

const withoutRules: Shrinks = (history, fails) => {
  let current = history;
  for (const list of ['earning', 'promotions', 'rewards', 'stamps'] as const) {
    for (const rule of history.program[list] ?? []) {
      const rest = (current.program[list] as { id: string }[]).filter((other) => other !== rule);
      const smaller = { ...current, program: { ...current.program, [list]: rest } };
      if (fails(smaller)) current = smaller;
    }
  }
  return current;
};

const withoutKeys: Shrinks = (history, fails) => {
  let current = history;
  for (const key of Object.keys(history.program).filter(
    (name) => !['zone', 'money', 'units', 'earning'].includes(name),
  )) {
    const program = Object.fromEntries(
      Object.entries(current.program).filter(([name]) => name !== key),
    ) as typeof current.program;
    if (fails({ ...current, program })) current = { ...current, program };
  }
  current.history.forEach((event, index) => {
    for (const key of Object.keys(event).filter((name) => !ESSENTIAL.includes(name))) {
      const before = current.history[index] as object;
      const after = Object.fromEntries(Object.entries(before).filter(([name]) => name !== key)) as typeof event;
      const smaller = { ...current, history: current.history.map((other, i) => (i === index ? after : other)) };
      if (fails(smaller)) current = smaller;
    }
  });
  return current;
};
