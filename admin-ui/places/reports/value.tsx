import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { BarChart } from '../../charts/bar-chart.js';
import { ChartFrame } from '../../charts/chart-frame.js';
import { LineChart } from '../../charts/line-chart.js';
import { Asked } from '../../kit/asked.js';
import { Select } from '../../kit/fields.js';
import { Card, Empty } from '../../kit/page.js';
import { useApi, useFormat, useWords } from '../../shell/desk-context.js';
import { HowWeKnow } from './how-we-know.js';
import { monthName, RangePicker, useRange } from './range.js';
import { VALUE } from './value-words.js';

type Value = operations['valueReport']['responses'][200]['content']['application/json'];
type OrderValue = operations['orderValueReport']['responses'][200]['content']['application/json'];
type Estimate = { value: number; low: number; high: number };

const WITHIN = ['90', '180', '365'] as const;

/** What customers and their orders bring, members beside others. */
export function Worth() {
  const t = useWords(VALUE);
  const api = useApi();
  const { months } = useRange();
  const [search, setSearch] = useSearchParams();
  const within = WITHIN.find((known) => known === search.get('within')) ?? '180';
  const value = useQuery({
    queryKey: ['value', months, within],
    queryFn: () =>
      answered(api.GET('/api/v1/reports/value', { params: { query: { months, within: Number(within) } } })),
  });
  const orders = useQuery({
    queryKey: ['order-value', months],
    queryFn: () => answered(api.GET('/api/v1/reports/order-value', { params: { query: { months } } })),
  });
  return (
    <>
      <RangePicker>
        <Select
          label={t('within')}
          value={within}
          onChange={(wish) => setSearch((now) => ({ ...Object.fromEntries(now), within: wish }), { replace: true })}
          options={WITHIN.map((days) => ({ value: days, text: t('days', { n: Number(days) }) }))}
        />
      </RangePicker>
      <Asked query={value} rows={6}>
        {(report) => <Lifetime report={report} months={months} />}
      </Asked>
      <Asked query={orders} rows={6}>
        {(report) => <Orders report={report} months={months} />}
      </Asked>
    </>
  );
}

/** A range as an owner reads it: amounts from the smaller to the greater, and whether it leaves out zero. */
const isClear = (difference: Estimate | null): boolean =>
  difference !== null && (difference.low > 0 || difference.high < 0);

function useRangeText() {
  const format = useFormat();
  const whole = (minor: number) => format.money(Math.round(minor));
  return { whole, range: ({ low, high }: Estimate) => `${whole(low)} – ${whole(high)}` };
}

function Lifetime({ report: { now, before, within }, months }: { report: Value; months: number }) {
  const t = useWords(VALUE);
  const format = useFormat();
  const { whole, range } = useRangeText();
  if (now === null || now.difference === null)
    return (
      <Card>
        <Empty title={t('tooFew')}>{t('tooFewMore', { within })}</Empty>
      </Card>
    );
  const { difference, counted } = now;
  const sides = [
    { key: 'members', name: t('members'), mean: now.members, n: counted.members },
    { key: 'others', name: t('alike'), mean: now.others, n: counted.others },
  ];
  const bounds = [Math.abs(difference.low), Math.abs(difference.high)].sort((a, b) => a - b).map(whole);
  return (
    <Card>
      <ChartFrame
        headline={
          isClear(difference)
            ? t(difference.value > 0 ? 'more' : 'less', {
                by: whole(Math.abs(difference.value)),
                low: bounds[0] ?? '',
                high: bounds[1] ?? '',
                within,
              })
            : t('unclear', { low: whole(difference.low), high: whole(difference.high), within })
        }
        subtitle={t('subtitle', { within, months })}
        file="lifetime-value"
        table={{
          head: ['', t('customers'), t('average'), t('difference'), t('range')],
          rows: [
            ...sides.map(({ name, mean, n }) => [name, format.number(n), whole(mean ?? 0), '', '']),
            [t('now'), '', '', whole(difference.value), range(difference)],
            ...(before?.difference
              ? [[t('before'), '', '', whole(before.difference.value), range(before.difference)]]
              : []),
          ],
        }}
      >
        <BarChart
          label={t('subtitle', { within, months })}
          bars={sides.map(({ key, name, mean, n }) => ({
            key,
            name,
            value: mean ?? 0,
            text: `${whole(mean ?? 0)}, n = ${format.number(n)}`,
          }))}
        />
      </ChartFrame>
      <p>
        {before?.difference
          ? t('wasBefore', { by: whole(before.difference.value), range: range(before.difference) })
          : t('noBefore')}
      </p>
      <HowWeKnow>{t('how', { within, alone: counted.alone })}</HowWeKnow>
    </Card>
  );
}

function Orders({ report: { months: all, now, before }, months }: { report: OrderValue; months: number }) {
  const t = useWords(VALUE);
  const format = useFormat();
  const { whole } = useRangeText();
  if (all.length === 0 || now.members.mean === null)
    return (
      <Card>
        <Empty title={t('noOrders')}>{t('noOrdersMore')}</Empty>
      </Card>
    );
  const money = (mean: number | null) => (mean === null ? '' : whole(mean));
  const headline = now.others.mean === null ? 'orderOnly' : isClear(now.difference) ? 'orderHead' : 'orderAlike';
  return (
    <Card>
      <ChartFrame
        headline={t(headline, { members: money(now.members.mean), others: money(now.others.mean) })}
        subtitle={t('orderSubtitle', { months })}
        file="order-value"
        table={{
          head: [t('month'), t('memberOrders'), t('members'), t('otherOrders'), t('others')],
          rows: all.map(({ month, members, others }) => [
            monthName(month, format.language),
            format.number(members.orders),
            money(members.mean),
            format.number(others.orders),
            money(others.mean),
          ]),
        }}
      >
        <LineChart
          labels={all.map(({ month }) => monthName(month, format.language))}
          format={whole}
          series={[
            { name: t('members'), values: all.map(({ members }) => members.mean) },
            { name: t('others'), values: all.map(({ others }) => others.mean), faint: true },
          ]}
        />
      </ChartFrame>
      <p>
        {before.members.mean === null
          ? t('noBefore')
          : t('orderBefore', {
              members: money(before.members.mean),
              n: before.members.orders,
              others: money(before.others.mean) || '–',
              m: before.others.orders,
            })}
      </p>
      <HowWeKnow>{t('orderHow')}</HowWeKnow>
    </Card>
  );
}
