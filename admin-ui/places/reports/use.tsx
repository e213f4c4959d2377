import { useQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { ChartFrame } from '../../charts/chart-frame.js';
import { LineChart } from '../../charts/line-chart.js';
import { Asked } from '../../kit/asked.js';
import { Card, Empty } from '../../kit/page.js';
import { useApi, useFormat, useWords } from '../../shell/desk-context.js';
import { Active } from './active.js';
import { monthName, RangePicker, useRange } from './range.js';
import { Unclaimed } from './unclaimed.js';
import { REPORTS } from './words.js';

type Answer = operations['activityReport']['responses'][200]['content']['application/json'];
type Month = Answer['months'][number];
type Before = Answer['before'];

/** What was given and used, and who joined, month by month. */
export function Use() {
  const t = useWords(REPORTS);
  const api = useApi();
  const { months } = useRange();
  const query = useQuery({
    queryKey: ['activity', `${months}`],
    queryFn: () => answered(api.GET('/api/v1/reports/activity', { params: { query: { months } } })),
  });
  return (
    <>
      <RangePicker />
      <Asked query={query} rows={8}>
        {({ months: found, before }) =>
          found.length === 0 ? (
            <Card>
              <Empty title={t('none')}>{t('noneMore')}</Empty>
            </Card>
          ) : (
            <>
              {[...new Set(found.flatMap(({ flows }) => flows.map(({ unit }) => unit)))].map((unit) => (
                <Points key={unit} unit={unit} months={found} before={before} />
              ))}
              <Joining months={found} before={before} />
              <Active />
            </>
          )
        }
      </Asked>
      <Unclaimed />
    </>
  );
}

function Points({ unit, months, before }: { unit: string; months: readonly Month[]; before: Before }) {
  const t = useWords(REPORTS);
  const format = useFormat();
  const of = (key: 'given' | 'used' | 'expired') =>
    months.map(({ flows }) => Number(flows.find((flow) => flow.unit === unit)?.[key] ?? 0));
  const [given, used, expired] = [of('given'), of('used'), of('expired')];
  const sum = (all: readonly number[]) => all.reduce((one, other) => one + other, 0);
  const was = before.flows.find((flow) => flow.unit === unit);
  const shareOf = (part: number, whole: number) => format.percent(whole === 0 ? 0 : part / whole);
  return (
    <Card>
      <ChartFrame
        headline={t('useTitle', { share: shareOf(sum(used), sum(given)) })}
        subtitle={t('useSubtitle', { unit: format.unitName(unit) })}
        file={`use-${unit}`}
        table={{
          head: [t('month'), t('given'), t('used'), t('expired')],
          rows: [
            ...months.map(({ month }, at) => [
              monthName(month, format.language),
              ...[given, used, expired].map((all) => format.number(all[at] ?? 0)),
            ]),
            [t('inAll'), ...[given, used, expired].map((all) => format.number(sum(all)))],
            [t('rangeBefore'), ...[was?.given, was?.used, was?.expired].map((points) => format.number(points ?? 0))],
          ],
        }}
      >
        <LineChart
          series={[
            { name: t('given'), values: given },
            { name: t('used'), values: used },
            { name: t('expired'), values: expired, faint: true },
          ]}
          labels={months.map(({ month }) => monthName(month, format.language))}
          format={format.number}
        />
      </ChartFrame>
      <p>
        {was && was.given !== '0'
          ? t('useBefore', {
              given: format.number(was.given),
              used: format.number(was.used),
              share: shareOf(Number(was.used), Number(was.given)),
            })
          : t('noBefore')}
      </p>
    </Card>
  );
}

function Joining({ months, before }: { months: readonly Month[]; before: Before }) {
  const t = useWords(REPORTS);
  const format = useFormat();
  return (
    <Card>
      <ChartFrame
        headline={t('joinTitle', { n: months.reduce((sum, { joined }) => sum + joined, 0) })}
        subtitle={t('joinSubtitle')}
        file="joined"
        table={{
          head: [t('month'), t('joined'), t('orders'), t('giving')],
          rows: [
            ...months.map(({ month, joined, orders, giving }) => [
              monthName(month, format.language),
              ...[joined, orders, giving].map(format.number),
            ]),
            [t('rangeBefore'), ...[before.joined, before.orders, before.giving].map(format.number)],
          ],
        }}
      >
        <LineChart
          series={[{ name: t('joined'), values: months.map(({ joined }) => joined) }]}
          labels={months.map(({ month }) => monthName(month, format.language))}
          format={format.number}
        />
      </ChartFrame>
      <p>
        {before.joined + before.orders === 0
          ? t('noBefore')
          : t('joinBefore', { joined: format.number(before.joined), orders: format.number(before.orders) })}
      </p>
    </Card>
  );
}
