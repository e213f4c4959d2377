import { useQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { BarChart } from '../../charts/bar-chart.js';
import { ChartFrame } from '../../charts/chart-frame.js';
import { Badge, Card } from '../../kit/page.js';
import { useApi, useDesk, useFormat, useWords } from '../../shell/desk-context.js';
import { HowWeKnow } from './how-we-know.js';
import { PILOTS } from './pilots-words.js';

type Pilot = operations['pilots']['responses'][200]['content']['application/json']['pilots'][number];
type Side = Pilot['sides'][number];
type Measure = Pilot['differences'][number]['measure'];

/** Those whom a pilot shows the program beside the rest; nothing where there was none. */
export function Pilots() {
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['pilots'],
    queryFn: () => answered(api.GET('/api/v1/reports/pilots')),
  });
  return data?.pilots.map((pilot) => <One key={`${pilot.store} ${pilot.began}`} pilot={pilot} />);
}

/** A pilot in whose time no customer was counted has no figures to show. */
function Nobody({ pilot, titled, subtitle }: { pilot: Pilot; titled: string; subtitle: string }) {
  const t = useWords(PILOTS);
  return (
    <Card title={titled} actions={<State verdict={pilot.verdict} />}>
      <p>
        <strong>
          <Headline pilot={pilot} />
        </strong>{' '}
        {pilot.verdict !== 'running' && t('nobody')}
      </p>
      <p className="lead">{subtitle}</p>
    </Card>
  );
}

function State({ verdict }: Pick<Pilot, 'verdict'>) {
  const t = useWords(PILOTS);
  const isReal = verdict === 'one' || verdict === 'other';
  const state = verdict === 'running' ? 'isRunning' : isReal ? 'real' : verdict === 'none' ? 'notReal' : 'isOver';
  return <Badge tone={isReal ? 'good' : verdict === 'running' ? 'neutral' : 'warning'}>{t(state)}</Badge>;
}

function One({ pilot }: { pilot: Pilot }) {
  const t = useWords(PILOTS);
  const format = useFormat();
  const { me } = useDesk();
  const range = useRange(pilot);
  const { share, began, ends, closed, sides, verdict } = pilot;
  const titled = me.stores.length > 1 ? t('titleOf', { host: new URL(pilot.url).host }) : t('title');
  const until = closed !== null && closed < ends ? closed : ends;
  const subtitle = t('subtitle', { from: format.day(began), to: format.day(until) });
  const named = [
    { name: t('shown', { share }), ...sides[0] },
    { name: t('rest'), ...sides[1] },
  ] as ({ name: string } & Side)[];
  if (sides.every(({ customers }) => customers === 0)) return <Nobody {...{ pilot, titled, subtitle }} />;
  const part = (n: number, { customers }: Side) => (customers === 0 ? 0 : n / customers);
  const money = (minor: number | null) => (minor === null ? '–' : format.money(Math.round(minor)));
  const orders = (n: number | null) => (n === null ? '–' : format.number(Math.round(n * 100) / 100));
  return (
    <Card title={titled} actions={<State verdict={verdict} />}>
      <ChartFrame
        headline={<Headline pilot={pilot} />}
        subtitle={subtitle}
        file={`pilot-${began.slice(0, 10)}`}
        table={{
          head: [
            '',
            ...(['customers', 'bought', 'again', 'orders', 'orderValue', 'brought'] as const).map((key) => t(key)),
          ],
          rows: [
            ...named.map((side) => [
              ...[side.name, format.number(side.customers)],
              ...[side.bought, side.again].map((n) => `${format.number(n)} (${format.percent(part(n, side))})`),
              ...[orders(side.orders), money(side.orderValue), money(side.brought)],
            ]),
            [
              t('difference'),
              '',
              ...(['bought', 'again', 'orders'] as const).map((measure) => range(measure)),
              ...['', range('brought')],
            ],
          ],
        }}
      >
        <BarChart
          label={subtitle}
          bars={named.map((side, nth) => ({
            key: `${nth}`,
            name: side.name,
            value: part(side.bought, side) * 1000,
            tone: verdict === (nth === 0 ? 'one' : 'other') ? 'good' : 'neutral',
            text: t('barText', { share: format.percent(part(side.bought, side)), n: side.customers }),
          }))}
        />
      </ChartFrame>
      <p>
        {t('difference')}: {range('bought')}
      </p>
      <p className="lead">
        {t('more', {
          shown: orders(named[0]?.orders ?? null),
          rest: orders(named[1]?.orders ?? null),
          shownMoney: money(named[0]?.brought ?? null),
          restMoney: money(named[1]?.brought ?? null),
        })}
      </p>
      <HowWeKnow>{t('how')}</HowWeKnow>
    </Card>
  );
}

/** "3.1 points (0.4 to 5.8)"; money and orders a customer as they are. */
function useRange({ differences }: Pilot): (measure: Measure) => string {
  const t = useWords(PILOTS);
  const format = useFormat();
  const tenths = (n: number) => format.number(Math.round(n * 1000) / 10);
  const size = (measure: Measure, n: number): string => {
    if (measure === 'brought') return format.money(Math.round(n));
    if (measure === 'orders') return format.number(Math.round(n * 100) / 100);
    return t('points', { value: tenths(n) });
  };
  // in a range the unit stands once, before it
  const bare = (measure: Measure, n: number) =>
    measure === 'bought' || measure === 'again' ? tenths(n) : size(measure, n);
  return (measure) => {
    const found = differences.find((one) => one.measure === measure)?.difference;
    if (!found) return '–';
    return t('range', {
      value: size(measure, found.value),
      low: bare(measure, found.low),
      high: bare(measure, found.high),
    });
  };
}

function Headline({ pilot: { verdict, ends, sides } }: { pilot: Pilot }) {
  const t = useWords(PILOTS);
  const format = useFormat();
  if (verdict === 'running') return t('running', { ends: format.day(ends) });
  if (verdict === 'cut-short') return t('cutShort');
  if (verdict === 'too-few') return t('tooFew');
  if (verdict === 'none') return t('alike');
  const [shown = 0, rest = 0] = sides.map(({ bought, customers }) => (customers === 0 ? 0 : bought / customers));
  return t(verdict === 'one' ? 'better' : 'worse', { shown: format.percent(shown), rest: format.percent(rest) });
}
