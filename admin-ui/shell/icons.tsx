import type { Place } from './places.js';

/** Strokes of a 20 px square; each stands beside its word. */
const STROKES: Record<Place['id'] | 'find' | 'more' | 'less', string> = {
  home: 'M3 9.5 10 4l7 5.5V16H3zM8 16v-4h4v4',
  program: 'M4 4h12v12H4zM7 8h6M7 11h6M7 14h3',
  promotions: 'M4 5h12v11H4zM4 8.5h12M7 3v3M13 3v3',
  rewards: 'M3.5 8h13v8h-13zM3.5 8V5.5h13V8M10 5.5V16M7 5.5a2 2 0 1 1 3 0 2 2 0 1 1 3 0',
  members: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 16.5c.7-3 3-4.5 6-4.5s5.300 1.500 6 4.500',
  ledger: 'M4 4v12M7.500 4v12M11 4v12M14.500 4v12M2.500 13.500 16.500 6.500',
  reports: 'M4 16V4M4 16h12.500M7.500 13V9.500M11 13V6.500M14.500 13v-5',
  find: 'M9 14.500a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11zM13 13l4 4',
  more: 'M4 7h12M4 13h12',
  less: 'M5 8l5 5 5-5',
  settings: 'M4 6h7M15 6h1M13 4v4M4 14h1M9 14h7M7 12v4',
};

export function Icon({ of }: { of: keyof typeof STROKES }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={STROKES[of]} />
    </svg>
  );
}
