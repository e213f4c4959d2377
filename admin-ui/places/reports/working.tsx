import { useQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { BarChart } from '../../charts/bar-chart.js';
import { ChartFrame } from '../../charts/chart-frame.js';
import { Asked } from '../../kit/asked.js';
import { Card } from '../../kit/page.js';
import { useApi, useFormat, useWords } from '../../shell/desk-context.js';
import { Pilots } from './pilots.js';
import { Targets } from './targets.js';
import { REPORTS } from './words.js';

type Returning = operations['returningReport']['responses'][200]['content']['application/json'];

/** Do members come back more often than others; and do they reach a first reward? With the range in which it lies. */
export function Working() {
  const t = useWords(REPORTS);
  const format = useFormat();
  const api = useApi();
  const query = useQuery({
    queryKey: ['returning'],
    queryFn: () => answered(api.GET('/api/v1/reports/returning')),
  });
  const beforeText = ({ members, others }: Returning['before']) =>
    members.share && others.share
      ? t('workingBefore', {
          members: format.percent(members.share.share),
          others: format.percent(others.share.share),
        })
      : t('noBefore');
  return (
    <Asked query={query} rows={8}>
      {(report) => (
        <>
          <Targets />
          <Pilots />
          <Card>
            <Groups report={report} />
            <p>{beforeText(report.before)}</p>
            <details>
              <summary>{t('how')}</summary>
              <p className="lead">{t('howReturning', { within: report.within })}</p>
            </details>
          </Card>
          <Card>
            <p>
              <strong>
                {report.firstReward.share === null
                  ? t('firstRewardNone')
                  : t('firstReward', { share: format.percent(report.firstReward.share.share), within: report.within })}
              </strong>
            </p>
            {report.before.firstReward && (
              <p>{t('shareBefore', { share: format.percent(report.before.firstReward.share) })}</p>
            )}
            <p className="lead">{t('benchmark')}</p>
          </Card>
        </>
      )}
    </Asked>
  );
}

function Groups({ report }: { report: Returning }) {
  const t = useWords(REPORTS);
  const format = useFormat();
  const { difference, days, within } = report;
  const groups = [
    { key: 'members', name: t('members'), ...report.members },
    { key: 'others', name: t('others'), ...report.others },
  ];
  const range = ({ low, high }: { low: number; high: number }) => `${format.percent(low)} – ${format.percent(high)}`;
  const clear = difference !== null && (difference.low > 0 || difference.high < 0);
  const sizes = difference && [Math.abs(difference.low), Math.abs(difference.high)].sort((a, b) => a - b);
  const headline = !difference
    ? t('tooFew')
    : !clear || !sizes
      ? t('unclear')
      : t(difference.share > 0 ? 'more' : 'less', {
          by: format.percent(Math.abs(difference.share)),
          low: format.percent(sizes[0] ?? 0),
          high: format.percent(sizes[1] ?? 0),
        });
  return (
    <ChartFrame
      headline={headline}
      subtitle={t('workingSubtitle', { within, days })}
      file="returning"
      table={{
        head: ['', t('customers'), t('returned'), t('share'), t('range')],
        rows: [
          ...groups,
          ...[
            { name: t('membersBefore'), ...report.before.members },
            { name: t('othersBefore'), ...report.before.others },
          ],
        ].map(({ name, customers, returned, share }) => [
          ...[name, format.number(customers), format.number(returned)],
          ...(share ? [format.percent(share.share), range(share)] : ['', '']),
        ]),
      }}
    >
      <BarChart
        label={t('workingSubtitle', { within, days })}
        bars={groups.map(({ key, name, customers, share }) => ({
          key,
          name,
          value: share?.share ?? 0,
          text: share ? `${format.percent(share.share)} (${range(share)}), n = ${format.number(customers)}` : 'n = 0',
        }))}
      />
    </ChartFrame>
  );
}
