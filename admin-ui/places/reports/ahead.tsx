import { useQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { BarChart } from '../../charts/bar-chart.js';
import { ChartFrame } from '../../charts/chart-frame.js';
import { LineChart, type Series } from '../../charts/line-chart.js';
import { Asked } from '../../kit/asked.js';
import { Card, Empty } from '../../kit/page.js';
import { useApi, useFormat, useWords } from '../../shell/desk-context.js';
import { FORECAST } from './forecast-words.js';
import { HowWeKnow } from './how-we-know.js';
import { monthName } from './range.js';

type Answer = operations['forecastReport']['responses'][200]['content']['application/json'];
type Unit = Answer['units'][number];
type Month = NonNullable<Unit['months']>[number];
type Foreseen = Month['used'];

/** What becomes of the points that are open: what is used, what lapses, and how far off that may be. */
export function Ahead() {
  const t = useWords(FORECAST);
  const api = useApi();
  const query = useQuery({
    queryKey: ['forecast-report'],
    queryFn: () => answered(api.GET('/api/v1/reports/forecast')),
  });
  return (
    <Asked query={query} rows={8}>
      {({ units }) => {
        const open = units.filter((unit) => unit.open.points !== '0');
        if (open.length === 0)
          return (
            <Card>
              <Empty title={t('none')}>{t('noneMore')}</Empty>
            </Card>
          );
        return open.map((unit) =>
          unit.months ? (
            <div key={unit.unit}>
              <Forecast unit={unit} months={unit.months} />
              <Tried unit={unit} />
            </div>
          ) : (
            <TooYoung key={unit.unit} unit={unit} />
          ),
        );
      }}
    </Asked>
  );
}

/** In money where points are worth some, else in points. */
function useAmount(unit: Unit) {
  const format = useFormat();
  return ({ points, worth }: { points: string; worth: string }) =>
    unit.open.worth === '0' ? format.points(points, unit.unit) : format.money(worth);
}

function TooYoung({ unit }: { unit: Unit }) {
  const t = useWords(FORECAST);
  const format = useFormat();
  const { open, past } = unit;
  return (
    <Card>
      <Empty title={t('tooYoung', { open: format.points(open.points, unit.unit), worth: format.money(open.worth) })}>
        {t('tooYoungMore', { past })}
      </Empty>
    </Card>
  );
}

const bandOf = ({ low, high }: Foreseen): [number, number] | null =>
  low && high ? [Number(low.points), Number(high.points)] : null;

function seriesOf(unit: Unit, months: readonly Month[], names: Record<'used' | 'lapsed' | 'left', string>): Series[] {
  const line = (what: 'used' | 'lapsed'): Series => ({
    name: names[what],
    values: [0, ...months.map((month) => Number(month[what].points))],
    band: [[0, 0], ...months.map((month) => bandOf(month[what]))],
  });
  const left = [unit.open.points, ...months.map(({ open }) => open.points)].map(Number);
  return [line('used'), line('lapsed'), { name: names.left, values: left, faint: true }];
}

function Forecast({ unit, months }: { unit: Unit; months: readonly Month[] }) {
  const t = useWords(FORECAST);
  const format = useFormat();
  const amount = useAmount(unit);
  const last = months.at(-1);
  if (!last) return null;
  const counted = (points: string) => format.points(points, unit.unit);
  const day = format.day(last.until);
  const { low, high } = last.used;
  // of the months that are told how far off they may be, the one that was tried least
  const tries = Math.min(...months.filter(({ used }) => used.low).map((month) => month.tries));
  const atEnds = (of: Foreseen) => [
    format.number(of.points),
    ...[of.low, of.high].map((end) => (end ? format.number(end.points) : t('unknown'))),
  ];
  const heads = (what: string) => [what, t('low', { what }), t('high', { what })];
  return (
    <Card>
      <ChartFrame
        headline={
          low && high
            ? t('headRange', { used: amount(last.used), day, low: amount(low), high: amount(high) })
            : t('head', { used: amount(last.used), day })
        }
        subtitle={t('subtitle', { unit: format.unitName(unit.unit) })}
        file={`forecast-${unit.unit}`}
        table={{
          head: [t('until'), ...heads(t('used')), t('usedWorth'), ...heads(t('lapsed')), t('left')],
          rows: months.map(({ until, used, lapsed, open }) => [
            format.day(until),
            ...atEnds(used),
            format.money(used.worth),
            ...atEnds(lapsed),
            format.number(open.points),
          ]),
        }}
      >
        <LineChart
          series={seriesOf(unit, months, { used: t('used'), lapsed: t('lapsed'), left: t('left') })}
          labels={[t('today'), ...months.map(({ until }) => monthName(until.slice(0, 7), format.language))]}
          format={format.number}
        />
      </ChartFrame>
      <p>
        {t('sentence', {
          open: counted(unit.open.points),
          worth: format.money(unit.open.worth),
          day,
          used: counted(last.used.points),
          usedWorth: format.money(last.used.worth),
          lapsed: counted(last.lapsed.points),
          left: counted(last.open.points),
        })}
      </p>
      <p className="lead">{Number.isFinite(tries) ? t('band', { tries }) : t('noBand')}</p>
      <HowWeKnow>{t('how', { moving: unit.moving ? 'yes' : 'no' })}</HowWeKnow>
    </Card>
  );
}

function Tried({ unit }: { unit: Unit }) {
  const t = useWords(FORECAST);
  const format = useFormat();
  const tried = unit.tried.flatMap(({ back, result }) => (result ? [{ back, result }] : []));
  // the most that it was off says how far to trust it; one of a young shop, about few points, may be right by chance
  const offOf = (one: (typeof tried)[number]) => Math.abs(one.result.used.off);
  const [worst] = tried.toSorted((a, b) => offOf(b) - offOf(a));
  const name = format.unitName(unit.unit);
  return (
    <Card>
      <ChartFrame
        headline={worst ? t('triedHead', { back: worst.back, off: format.percent(offOf(worst)) }) : t('triedNone')}
        subtitle={t('triedSubtitle', { unit: name })}
        file={`forecast-tried-${unit.unit}`}
        table={{
          head: [
            ...[t('made'), t('openThen')],
            ...[t('used'), t('lapsed')].flatMap((what) => [
              t('foreseen', { what }),
              t('happened', { what }),
              t('off', { what }),
            ]),
          ],
          rows: unit.tried.map(({ back, result }) => [
            t('ago', { n: back }),
            ...(result
              ? [
                  format.number(result.open),
                  ...[result.used, result.lapsed].flatMap(({ foreseen, happened, off }) => [
                    ...[format.number(foreseen), format.number(happened)],
                    format.percent(off),
                  ]),
                ]
              : [t('short'), '', '', '', '', '', '']),
          ]),
        }}
      >
        {tried.length === 0 ? (
          <p>{t('short')}</p>
        ) : (
          <BarChart
            label={t('triedSubtitle', { unit: name })}
            bars={tried.flatMap(({ back, result: { used } }) =>
              (['foreseen', 'happened'] as const).map((which) => ({
                key: `${back} ${which}`,
                name: t(which === 'foreseen' ? 'triedForeseen' : 'triedHappened', { n: back }),
                value: Number(used[which]),
                text: format.points(used[which], unit.unit),
                tone: which === 'foreseen' ? ('neutral' as const) : ('good' as const),
              })),
            )}
          />
        )}
      </ChartFrame>
      <p className="lead">{t('triedNote')}</p>
    </Card>
  );
}
