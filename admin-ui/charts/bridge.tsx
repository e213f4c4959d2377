import { scaleOf, ticksOf } from './scale.js';

export interface BridgeStep {
  name: string;
  /** What this step adds or takes; the first and the last stand on the ground. */
  change: number;
  text: string;
}

const WIDTH = 640;
const HEIGHT = 220;
const BASE = 184;

/** From one figure to another by what came and what went: given, used, expired, open. */
export function Bridge({ steps, label }: { steps: readonly BridgeStep[]; label: string }) {
  let stands = 0;
  const spans = steps.map((step, at) => {
    const ground = at === 0 || at === steps.length - 1;
    const from = ground ? 0 : stands;
    stands = ground ? step.change : stands + step.change;
    return { ...step, from, to: stands, ground };
  });
  const ticks = ticksOf(spans.flatMap(({ from, to }) => [from, to]));
  const y = scaleOf([ticks[0] ?? 0, ticks.at(-1) ?? 1], [BASE, 24]);
  const slot = WIDTH / Math.max(1, spans.length);
  return (
    <svg className="picture" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <line className="rule" x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} />
      {spans.map(({ name, text, from, to, ground }, at) => (
        <g key={name} className={ground ? 'series-1' : to >= from ? 'gained' : 'lost'}>
          <rect
            className="block"
            x={at * slot + slot * 0.18}
            width={slot * 0.64}
            y={Math.min(y(from), y(to))}
            height={Math.max(2, Math.abs(y(from) - y(to)))}
          />
          <text className="name" x={at * slot + slot / 2} y={Math.min(y(from), y(to)) - 6} textAnchor="middle">
            {text}
          </text>
          <text className="axis" x={at * slot + slot / 2} y={HEIGHT - 10} textAnchor="middle">
            {name}
          </text>
        </g>
      ))}
    </svg>
  );
}
