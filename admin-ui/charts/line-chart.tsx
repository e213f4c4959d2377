import { useSyncExternalStore } from 'react';
import { scaleOf, ticksOf } from './scale.js';

export interface Series {
  /** Written at the end of its line. */
  name: string;
  values: readonly (number | null)[];
  /** Around the line: what it may be. */
  band?: readonly (readonly [number, number] | null)[];
  /** Second place: what was before, or what is forecast. */
  faint?: boolean;
}

interface LineChartProps {
  series: readonly Series[];
  /** What stands under each value; only some of them are written. */
  labels: readonly string[];
  format(value: number): string;
}

/** On a phone the picture is drawn narrower instead of smaller, so that its text can be read. */
const WIDE = { width: 640, labels: 6 };
const NARROW = { width: 400, labels: 3 };
const HEIGHT = 220;
const LEFT = 64;
/** Room for the names at the ends of the lines: about so much a letter. */
const LETTER = 7.4;
const LEAST_RIGHT = 96;
const TOP = 12;
const BOTTOM = 28;

/** Lines over time, with a zero base and their names at their ends. The figures are in the table beside it. */
export function LineChart({ series, labels, format }: LineChartProps) {
  const { width, labels: most } = useSyncExternalStore(onResize, isNarrow) ? NARROW : WIDE;
  const all = series.flatMap(({ values, band }) => [...values, ...(band ?? []).flatMap((one) => one ?? [])]);
  const ticks = ticksOf(all.filter((value) => value !== null));
  const right = Math.min(width / 2.5, Math.max(LEAST_RIGHT, ...series.map(({ name }) => name.length * LETTER + 8)));
  const x = scaleOf([0, Math.max(1, labels.length - 1)], [LEFT, width - right]);
  const y = scaleOf([ticks[0] ?? 0, ticks.at(-1) ?? 1], [HEIGHT - BOTTOM, TOP]);
  const names = apart(series.map(({ values }) => y(values.findLast((value) => value !== null) ?? 0)));
  const every = Math.max(1, Math.ceil(labels.length / most));
  return (
    <svg
      className="picture"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={series.map(({ name }) => name).join(', ')}
    >
      {ticks.map((tick) => (
        <g key={tick}>
          <line className="rule" x1={LEFT} x2={width - right} y1={y(tick)} y2={y(tick)} />
          <text className="axis" x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
            {format(tick)}
          </text>
        </g>
      ))}
      {labels.map((label, at) =>
        at % every === 0 ? (
          <text key={at} className="axis" x={x(at)} y={HEIGHT - 8} textAnchor="middle">
            {label}
          </text>
        ) : null,
      )}
      {series.map((one, nth) => (
        <Line key={one.name} {...one} nth={nth} x={x} y={y} nameAt={names[nth] ?? 0} />
      ))}
    </svg>
  );
}

const isNarrow = (): boolean => innerWidth < 640;
function onResize(tell: () => void): () => void {
  addEventListener('resize', tell);
  return () => removeEventListener('resize', tell);
}

const NAME_HEIGHT = 14;

/** Names of lines that end close together stand one below the other, none of them below the zero line. */
function apart(heights: readonly number[]): number[] {
  const placed = [...heights];
  const downwards = heights.map((_, at) => at).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  let last = -Infinity;
  for (const nth of downwards) placed[nth] = last = Math.max(heights[nth] ?? 0, last + NAME_HEIGHT);
  last = HEIGHT - BOTTOM + NAME_HEIGHT;
  for (const nth of downwards.reverse()) placed[nth] = last = Math.min(placed[nth] ?? 0, last - NAME_HEIGHT);
  return placed;
}

type Scale = (value: number) => number;

function Line({
  name,
  values,
  band,
  faint,
  nth,
  x,
  y,
  nameAt,
}: Series & { nth: number; x: Scale; y: Scale; nameAt: number }) {
  const points = values.flatMap((value, at) => (value === null ? [] : [[x(at), y(value)] as const]));
  const last = points.at(-1);
  const around = (band ?? []).flatMap((one, at) => (one ? [{ at, low: one[0], high: one[1] }] : []));
  return (
    <g className={`series-${(nth % 4) + 1} ${faint ? 'faint' : ''}`}>
      {around.length > 1 && (
        <polygon
          className="band"
          points={[
            ...around.map(({ at, high }) => `${x(at)},${y(high)}`),
            ...around.reverse().map(({ at, low }) => `${x(at)},${y(low)}`),
          ].join(' ')}
        />
      )}
      <polyline className="line" points={points.map((point) => point.join(',')).join(' ')} />
      {/* a line of one point would not be seen */}
      {last && points.length === 1 && <circle className="dot" cx={last[0]} cy={last[1]} r={4} />}
      {last && (
        <text className="name" x={last[0] + (points.length === 1 ? 10 : 6)} y={nameAt + 4}>
          {name}
        </text>
      )}
    </g>
  );
}
