import { useQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { BarChart } from '../../charts/bar-chart.js';
import { ChartFrame } from '../../charts/chart-frame.js';
import { LineChart } from '../../charts/line-chart.js';
import { Asked } from '../../kit/asked.js';
import { Badge, Card, Empty } from '../../kit/page.js';
import { useApi, useFormat, useLanguage, useWords } from '../../shell/desk-context.js';
import { HowWeKnow } from './how-we-know.js';
import { monthName, RangePicker, useRange } from './range.js';
import { REWARDS } from './rewards-words.js';

type Answer = operations['rewardsReport']['responses'][200]['content']['application/json'];

/** What healthy programs show: half of the active reach a first reward in three months, and more than a fifth ever use one. */
const FIRST = 0.5;
const EVER = 0.2;

/** Do members come to a reward, and which rewards do they take? */
export function Rewards() {
  const api = useApi();
  const locale = useLanguage();
  const { months } = useRange();
  const query = useQuery({
    queryKey: ['rewards-report', months, locale],
    queryFn: () => answered(api.GET('/api/v1/reports/rewards', { params: { query: { months, locale } } })),
  });
  return (
    <>
      <RangePicker />
      <Asked query={query} rows={10}>
        {(report) => (
          <>
            <Health report={report} />
            <FirstReward report={report} />
            <Taken report={report} months={months} />
          </>
        )}
      </Asked>
    </>
  );
}

function Health({ report: { firstReward, ever, rewards } }: { report: Answer }) {
  const t = useWords(REWARDS);
  const format = useFormat();
  const offered = rewards.filter(({ offered: isOffered }) => isOffered);
  const idle = offered.filter(({ taken }) => taken === 0);
  type Verdict = 'good' | 'low' | 'untold';
  const against = (share: { low: number; high: number } | null, least: number): Verdict =>
    share === null || (share.low < least && share.high >= least) ? 'untold' : share.low >= least ? 'good' : 'low';
  const shown = (share: { share: number; low: number; high: number } | null) =>
    share
      ? t('shareRange', {
          share: format.percent(share.share),
          low: format.percent(share.low),
          high: format.percent(share.high),
        })
      : '–';
  const lines: { name: string; ours: string; healthy: string; verdict: Verdict }[] = [
    {
      name: t('firstName'),
      ours: shown(firstReward.now),
      healthy: t('atLeast', { share: format.percent(FIRST) }),
      verdict: against(firstReward.now, FIRST),
    },
    {
      name: t('everName'),
      ours: shown(ever.share),
      healthy: t('moreThan', { share: format.percent(EVER) }),
      verdict: against(ever.share, EVER),
    },
    {
      name: t('idleName'),
      ours: t('idleOf', { n: idle.length, of: offered.length }),
      healthy: t('idleNone'),
      verdict: offered.length === 0 || ever.bought === 0 ? 'untold' : idle.length === 0 ? 'good' : 'low',
    },
  ];
  const tones = { good: 'good', low: 'warning', untold: 'neutral' } as const;
  return (
    <Card title={t('health')}>
      <div className="table-frame stack" role="region" aria-label={t('health')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {[t('measure'), t('yours'), t('healthy'), t('verdict')].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ name, ours, healthy, verdict }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td data-head={t('yours')}>{ours}</td>
                <td data-head={t('healthy')}>{healthy}</td>
                <td data-head={t('verdict')}>
                  <Badge tone={tones[verdict]}>{t(verdict)}</Badge>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function FirstReward({ report: { months: all, firstReward } }: { report: Answer }) {
  const t = useWords(REWARDS);
  const format = useFormat();
  const { now, before } = firstReward;
  const share = (active: number, rewarded: number) => (active === 0 ? null : rewarded / active);
  if (now === null)
    return (
      <Card>
        <Empty title={t('tooEarly')}>{t('tooEarlyMore')}</Empty>
      </Card>
    );
  return (
    <Card>
      <ChartFrame
        headline={t('firstHead', { share: format.percent(now.share) })}
        subtitle={t('firstSubtitle')}
        file="first-reward"
        table={{
          head: [t('month'), t('joined'), t('active'), t('rewarded'), t('share')],
          rows: all.map(({ month, joined, active, rewarded }) => [
            monthName(month, format.language),
            ...[joined, active, rewarded].map(format.number),
            active === 0 ? '' : format.percent(rewarded / active),
          ]),
        }}
      >
        <LineChart
          labels={all.map(({ month }) => monthName(month, format.language))}
          format={format.percent}
          series={[
            { name: t('yours'), values: all.map(({ active, rewarded }) => share(active, rewarded)) },
            { name: t('healthy'), values: all.map(() => FIRST), faint: true },
          ]}
        />
      </ChartFrame>
      <p>{before ? t('firstBefore', { share: format.percent(before.share) }) : t('noBefore')}</p>
      <HowWeKnow>{t('how')}</HowWeKnow>
    </Card>
  );
}

function Taken({ report: { rewards }, months }: { report: Answer; months: number }) {
  const t = useWords(REWARDS);
  const format = useFormat();
  if (rewards.length === 0)
    return (
      <Card>
        <Empty title={t('noRewards')}>{t('noRewardsMore')}</Empty>
      </Card>
    );
  const sorted = [...rewards].sort((a, b) => b.taken - a.taken);
  const idle = sorted.filter(({ offered, taken }) => offered && taken === 0);
  const name = ({ title, offered }: Answer['rewards'][number]) => (offered ? title : t('gone', { title }));
  return (
    <Card>
      <ChartFrame
        headline={
          idle.length > 0
            ? t('idleHead', { n: idle.length, names: format.list(idle.slice(0, 3).map(({ title }) => title)) })
            : t('takenHead', { name: sorted[0] ? name(sorted[0]) : '' })
        }
        subtitle={t('takenSubtitle', { months })}
        file="rewards-taken"
        table={{
          head: [t('reward'), t('taken'), t('before'), t('last')],
          rows: sorted.map((one) => [
            name(one),
            format.number(one.taken),
            format.number(one.before),
            one.last === null ? t('never') : format.day(one.last),
          ]),
        }}
      >
        <BarChart
          label={t('takenSubtitle', { months })}
          bars={sorted.slice(0, 12).map((one) => ({
            key: one.reward,
            name: name(one),
            value: one.taken,
            text: t('takenText', { n: one.taken, before: one.before }),
          }))}
        />
      </ChartFrame>
    </Card>
  );
}
