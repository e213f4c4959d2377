import { useQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { ChartFrame } from '../../charts/chart-frame.js';
import { HeatTable } from '../../charts/heat-table.js';
import { LineChart } from '../../charts/line-chart.js';
import { Asked } from '../../kit/asked.js';
import { Card, Empty } from '../../kit/page.js';
import { useApi, useFormat, useWords } from '../../shell/desk-context.js';
import { COHORTS } from './cohorts-words.js';
import { HowWeKnow } from './how-we-know.js';
import { monthName, RangePicker, useRange } from './range.js';

type Answer = operations['cohortsReport']['responses'][200]['content']['application/json'];

/** Do those who join keep buying: each month's newcomers through their first twelve months. */
export function Cohorts() {
  const t = useWords(COHORTS);
  const api = useApi();
  const { months } = useRange();
  const query = useQuery({
    queryKey: ['cohorts', months],
    queryFn: () => answered(api.GET('/api/v1/reports/cohorts', { params: { query: { months } } })),
  });
  return (
    <>
      <RangePicker />
      <Asked query={query} rows={10}>
        {(report) =>
          report.nth.length === 0 ? (
            <Card>
              <Empty title={t('none')}>{t('noneMore')}</Empty>
            </Card>
          ) : (
            <>
              <Together report={report} months={months} />
              <ByMonth report={report} />
            </>
          )
        }
      </Asked>
    </>
  );
}

/** All newcomers of the range as one line, those of the range before beside them. */
function Together({ report: { nth }, months }: { report: Answer; months: number }) {
  const t = useWords(COHORTS);
  const format = useFormat();
  // the last month that both ranges have lived through, up to the third: the habit is made or lost by then
  const both = nth.slice(0, 3).findLastIndex(({ now, before }) => now !== null && before !== null);
  const at = both === -1 ? Math.min(2, nth.length - 1) : both;
  const told = nth[at];
  const shown = (share: number | undefined) => (share === undefined ? '' : format.percent(share));
  const clear =
    told?.now && told.before && (told.now.low > told.before.high || told.now.high < told.before.low)
      ? 'clear'
      : 'unclear';
  return (
    <Card>
      <ChartFrame
        headline={
          told?.now && told.before
            ? t(clear === 'clear' ? 'headBoth' : 'headAlike', {
                now: format.percent(told.now.share),
                before: format.percent(told.before.share),
                nth: at + 1,
              })
            : t('head', { now: shown(told?.now?.share), nth: at + 1 })
        }
        subtitle={t('subtitle', { months })}
        file="cohorts-together"
        table={{
          head: [t('nth'), t('now'), t('range'), t('before'), t('range')],
          rows: nth.map(({ now, before }, which) => [
            t('month', { n: which + 1 }),
            ...[now, before].flatMap((one) =>
              one ? [format.percent(one.share), `${format.percent(one.low)} – ${format.percent(one.high)}`] : ['', ''],
            ),
          ]),
        }}
      >
        <LineChart
          labels={nth.map((_, which) => `${which + 1}`)}
          format={format.percent}
          series={[
            {
              name: t('now'),
              values: nth.map(({ now }) => now?.share ?? null),
              band: nth.map(({ now }) => (now ? ([now.low, now.high] as const) : null)),
            },
            { name: t('before'), values: nth.map(({ before }) => before?.share ?? null), faint: true },
          ]}
        />
      </ChartFrame>
      <HowWeKnow>{t('how')}</HowWeKnow>
    </Card>
  );
}

/** The cohort of which clearly more came back in the second month than of all together; null = chance may have done it. */
function bestOf(cohorts: Answer['cohorts']): Answer['cohorts'][number] | null {
  const lived = cohorts.filter(({ bought, joined }) => bought.length > 1 && joined >= 30);
  const sum = (of: (cohort: Answer['cohorts'][number]) => number) => lived.reduce((so, one) => so + of(one), 0);
  const all =
    sum(({ bought }) => bought[1] ?? 0) /
    Math.max(
      1,
      sum(({ joined }) => joined),
    );
  const ahead = ({ bought, joined }: Answer['cohorts'][number]) =>
    (bought[1] ?? 0) / joined - all - 3 * Math.sqrt((all * (1 - all)) / joined);
  const best = [...lived].sort((one, other) => ahead(other) - ahead(one))[0];
  return best && ahead(best) > 0 ? best : null;
}

function ByMonth({ report: { cohorts } }: { report: Answer }) {
  const t = useWords(COHORTS);
  const format = useFormat();
  const longest = Math.max(1, ...cohorts.map(({ bought }) => bought.length));
  const nths = Array.from({ length: longest }, (_, nth) => nth);
  const most = Math.max(...cohorts.flatMap(({ bought, joined }) => bought.map((n) => n / joined)), 0.01);
  const best = bestOf(cohorts);
  const cell = (n: number | undefined, joined: number) => (n === undefined ? '' : format.percent(n / joined));
  return (
    <Card>
      <ChartFrame
        headline={best ? t('best', { month: monthName(best.month, format.language) }) : t('byMonth')}
        subtitle={t('byMonthSubtitle')}
        file="cohorts"
        table={{
          head: [t('joinedIn'), t('joined'), ...nths.map((nth) => t('month', { n: nth + 1 }))],
          rows: cohorts.map(({ month, joined, bought }) => [
            monthName(month, format.language),
            format.number(joined),
            ...nths.map((nth) => cell(bought[nth], joined)),
          ]),
        }}
      >
        <HeatTable
          label={t('byMonthSubtitle')}
          columns={nths.map((nth) => `${nth + 1}`)}
          rows={cohorts.map(({ month, joined, bought }) => ({
            name: t('cohort', { month: monthName(month, format.language), n: joined }),
            cells: nths.map((nth) => {
              const n = bought[nth];
              return n === undefined ? null : { share: n / joined / most, text: format.percent(n / joined) };
            }),
          }))}
        />
      </ChartFrame>
    </Card>
  );
}
