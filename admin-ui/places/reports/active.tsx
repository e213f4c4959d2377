import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { ChartFrame } from '../../charts/chart-frame.js';
import { LineChart } from '../../charts/line-chart.js';
import { Asked } from '../../kit/asked.js';
import { Select } from '../../kit/fields.js';
import { Card, Empty } from '../../kit/page.js';
import { useApi, useFormat, useWords } from '../../shell/desk-context.js';
import { HowWeKnow } from './how-we-know.js';
import { monthName, useRange } from './range.js';
import { REACH } from './reach-words.js';

type Answer = operations['activeReport']['responses'][200]['content']['application/json'];
type Month = Answer['months'][number];
const WITHIN = ['30', '90', '180', '365'] as const;

/** The members behind a figure: who was active at the end of a month, or was not. */
const link = (active: 'yes' | 'no', days: number, until: string | null) =>
  `/members?active=${active}&within=${days}${until ? `&on=${until}` : ''}`;
const shareOf = ({ members, active }: Month) => (members === 0 ? 0 : active / members);

/** Which share of members does anything, over time. */
export function Active() {
  const t = useWords(REACH);
  const api = useApi();
  const { months } = useRange();
  const [search, setSearch] = useSearchParams();
  const within = WITHIN.find((known) => known === search.get('within')) ?? '90';
  const days = Number(within);
  const query = useQuery({
    queryKey: ['active-report', months, days],
    queryFn: () => answered(api.GET('/api/v1/reports/active', { params: { query: { months, days } } })),
  });
  return (
    <Card>
      <div className="form across report-range">
        <Select
          label={t('within')}
          value={within}
          onChange={(wish) => setSearch((now) => ({ ...Object.fromEntries(now), within: wish }), { replace: true })}
          options={WITHIN.map((value) => ({ value, text: t('days', { n: value }) }))}
        />
      </div>
      <Asked query={query} rows={6}>
        {(report) => <Shares report={report} />}
      </Asked>
    </Card>
  );
}

function Shares({ report: { days, months, before } }: { report: Answer }) {
  const t = useWords(REACH);
  const format = useFormat();
  const [last, earlier] = [months.at(-1), before.at(-1)];
  if (!last || last.members === 0) return <Empty title={t('activeNone')}>{t('howActive')}</Empty>;
  const name = ({ month }: Month) => monthName(month, format.language);
  const shares = (of: readonly Month[]) => of.map((month) => (month.members === 0 ? null : shareOf(month)));
  const said = (month: Month | undefined) => (month && month.members > 0 ? format.percent(shareOf(month)) : '–');
  return (
    <>
      <ChartFrame
        headline={t('activeHead', { share: format.percent(shareOf(last)), days })}
        subtitle={t('activeSubtitle', { days })}
        file={`active-within-${days}-days`}
        table={{
          head: [t('month'), t('members'), t('active'), t('quiet'), t('share'), t('sharesBefore')],
          rows: months.map((month, nth) => [
            name(month),
            ...[month.members, month.active, month.members - month.active].map(format.number),
            ...[said(month), said(before[nth])],
          ]),
          links: months.map(({ active, members, until }) => [
            ...[null, null],
            active > 0 ? link('yes', days, until) : null,
            members > active ? link('no', days, until) : null,
          ]),
        }}
      >
        <LineChart
          series={[
            { name: t('now'), values: shares(months) },
            { name: t('before'), values: shares(before), faint: true },
          ]}
          labels={months.map(name)}
          format={format.percent}
        />
      </ChartFrame>
      <p>
        {earlier && earlier.members > 0
          ? t('compare', { share: said(earlier), members: earlier.members })
          : t('noBefore')}
      </p>
      <HowWeKnow>{t('howActive')}</HowWeKnow>
    </>
  );
}
