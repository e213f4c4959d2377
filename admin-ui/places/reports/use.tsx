import { useQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { ChartFrame } from '../../charts/chart-frame.js';
import { LineChart } from '../../charts/line-chart.js';
import { Asked } from '../../kit/asked.js';
import { Card, Empty } from '../../kit/page.js';
import { useApi, useFormat, useWords } from '../../shell/desk-context.js';
import { monthName, RangePicker, useRange } from './range.js';
import { REPORTS } from './words.js';

type Month = operations['activityReport']['responses'][200]['content']['application/json']['months'][number];

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
        {({ months: found }) =>
          found.length === 0 ? (
            <Card>
              <Empty title={t('none')}>{t('noneMore')}</Empty>
            </Card>
          ) : (
            <>
              {[...new Set(found.flatMap(({ flows }) => flows.map(({ unit }) => unit)))].map((unit) => (
                <Points key={unit} unit={unit} months={found} />
              ))}
              <Joining months={found} />
            </>
          )
        }
      </Asked>
    </>
  );
}

function Points({ unit, months }: { unit: string; months: readonly Month[] }) {
  const t = useWords(REPORTS);
  const format = useFormat();
  const of = (key: 'given' | 'used' | 'expired') =>
    months.map(({ flows }) => Number(flows.find((flow) => flow.unit === unit)?.[key] ?? 0));
  const [given, used, expired] = [of('given'), of('used'), of('expired')];
  const sum = (all: readonly number[]) => all.reduce((one, other) => one + other, 0);
  return (
    <Card>
      <ChartFrame
        headline={t('useTitle', { share: format.percent(sum(given) === 0 ? 0 : sum(used) / sum(given)) })}
        subtitle={t('useSubtitle', { unit: format.unitName(unit) })}
        file={`use-${unit}`}
        table={{
          head: [t('month'), t('given'), t('used'), t('expired')],
          rows: months.map(({ month }, at) => [
            monthName(month, format.language),
            ...[given, used, expired].map((all) => format.number(all[at] ?? 0)),
          ]),
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
    </Card>
  );
}

function Joining({ months }: { months: readonly Month[] }) {
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
          rows: months.map(({ month, joined, orders, giving }) => [
            monthName(month, format.language),
            ...[joined, orders, giving].map(format.number),
          ]),
        }}
      >
        <LineChart
          series={[{ name: t('joined'), values: months.map(({ joined }) => joined) }]}
          labels={months.map(({ month }) => monthName(month, format.language))}
          format={format.number}
        />
      </ChartFrame>
    </Card>
  );
}
