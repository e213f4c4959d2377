import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { BarChart } from '../../charts/bar-chart.js';
import { ChartFrame } from '../../charts/chart-frame.js';
import { LineChart } from '../../charts/line-chart.js';
import { Asked } from '../../kit/asked.js';
import { Select } from '../../kit/fields.js';
import { Card, Empty } from '../../kit/page.js';
import { useApi, useFormat, useLanguage, useWords } from '../../shell/desk-context.js';
import { HowWeKnow } from './how-we-know.js';
import { LEVELS } from './levels-words.js';
import { monthName, RangePicker, useRange } from './range.js';

type Answer = operations['levelsReport']['responses'][200]['content']['application/json'];
type Period = Answer['periods'][number];
const KINDS = ['joined', 'rose', 'fell', 'kept', 'ruled'] as const;
type Kind = (typeof KINDS)[number];
type By = 'week' | 'month';

/** Those who moved so; days as "2026-11-01", the last not included. */
const movedLink = (moved: Kind, from: string, to: string) => `/members?moved=${moved}&from=${from}&to=${to}`;
const levelLink = (level: string, more = '') => `/members?level=${encodeURIComponent(level)}${more}`;

/** On which levels members stand, who rises and who falls. */
export function Levels() {
  const t = useWords(LEVELS);
  const api = useApi();
  const locale = useLanguage();
  const { months } = useRange();
  const [search, setSearch] = useSearchParams();
  const by: By = search.get('by') === 'week' ? 'week' : 'month';
  const query = useQuery({
    queryKey: ['levels-report', months, by, locale],
    queryFn: () => answered(api.GET('/api/v1/reports/levels', { params: { query: { months, by, locale } } })),
  });
  return (
    <>
      <RangePicker>
        <Select<By>
          label={t('by')}
          value={by}
          onChange={(wish) => setSearch((now) => ({ ...Object.fromEntries(now), by: wish }), { replace: true })}
          options={[
            { value: 'month', text: t('month') },
            { value: 'week', text: t('week') },
          ]}
        />
      </RangePicker>
      <Asked query={query} rows={10}>
        {(report) =>
          report.levels.length === 0 ? (
            <Card>
              <Empty title={t('none')}>{t('noneMore')}</Empty>
            </Card>
          ) : report.countedAt === null ? (
            <Card>
              <Empty title={t('uncounted')}>{t('uncountedMore')}</Empty>
            </Card>
          ) : (
            <>
              <Spread report={report} countedAt={report.countedAt} />
              <Moves report={report} by={by} />
              <OverTime report={report} by={by} />
            </>
          )
        }
      </Asked>
    </>
  );
}

function useNames() {
  const t = useWords(LEVELS);
  const format = useFormat();
  return {
    levelName: ({ name, offered }: Answer['levels'][number]) => (offered ? name : t('gone', { name })),
    periodName: ({ begins }: Period, by: By) =>
      by === 'week' ? format.date(begins) : monthName(begins.slice(0, 7), format.language),
  };
}

function Spread({ report: { levels, periods }, countedAt }: { report: Answer; countedAt: string }) {
  const t = useWords(LEVELS);
  const format = useFormat();
  const { levelName } = useNames();
  const all = levels.reduce((sum, { members }) => sum + members, 0);
  const [first] = levels;
  const above = all - (first?.members ?? 0);
  const share = (n: number) => format.percent(all === 0 ? 0 : n / all);
  const from = periods[0]?.begins ?? '';
  return (
    <Card>
      <ChartFrame
        headline={t(above === 0 ? 'spreadNone' : 'spreadHead', { share: share(above), first: first?.name ?? '' })}
        subtitle={t('spreadSubtitle')}
        file="levels"
        table={{
          head: [t('level'), t('members'), t('share'), t('byGrace'), t('began'), t('change')],
          rows: levels.map((one) => [
            levelName(one),
            ...[format.number(one.members), share(one.members), format.number(one.kept), format.number(one.began)],
            format.signed(one.members - one.began),
          ]),
          links: levels.map(({ level }) => [
            null,
            levelLink(level),
            null,
            levelLink(level, '&graced=yes'),
            levelLink(level, `&on=${from}`),
            null,
          ]),
        }}
      >
        <BarChart
          label={t('spreadSubtitle')}
          bars={levels.map((one) => ({
            key: one.level,
            name: <Link to={levelLink(one.level)}>{levelName(one)}</Link>,
            value: one.members,
            text: t(one.kept > 0 ? 'textKept' : 'text', { n: one.members, share: share(one.members), kept: one.kept }),
          }))}
        />
      </ChartFrame>
      <p className="lead">{t('asOf', { at: format.moment(countedAt) })}</p>
      <HowWeKnow>{t('how')}</HowWeKnow>
    </Card>
  );
}

function Moves({ report: { periods, now, before }, by }: { report: Answer; by: By }) {
  const t = useWords(LEVELS);
  const format = useFormat();
  const { periodName } = useNames();
  // what a program does not have (days of grace, other rules) needs no column
  const kinds = KINDS.filter((kind) => !['kept', 'ruled'].includes(kind) || now[kind] + before[kind] > 0);
  const [from, to] = [periods[0]?.begins ?? '', periods.at(-1)?.ends ?? ''];
  const head = now.rose + now.fell === 0 ? 'movesNone' : now.rose >= now.fell ? 'movesUp' : 'movesDown';
  const links = (figures: Record<Kind, number>, begins: string, ends: string) => [
    null,
    ...kinds.map((kind) => (figures[kind] > 0 ? movedLink(kind, begins, ends) : null)),
  ];
  return (
    <Card>
      <ChartFrame
        headline={t(head, { rose: now.rose, fell: now.fell })}
        subtitle={t('movesSubtitle', { by })}
        file={`level-moves-by-${by}`}
        table={{
          head: [t('period'), ...kinds.map((kind) => t(kind))],
          rows: [
            ...periods.map((period) => [periodName(period, by), ...kinds.map((kind) => format.number(period[kind]))]),
            [t('inRange'), ...kinds.map((kind) => format.number(now[kind]))],
            [t('before'), ...kinds.map((kind) => format.number(before[kind]))],
          ],
          links: [...periods.map((period) => links(period, period.begins, period.ends)), links(now, from, to)],
        }}
      >
        <LineChart
          series={(['rose', 'fell', 'kept'] as const)
            .filter((kind) => kinds.includes(kind))
            .map((kind) => ({
              name: t(kind),
              values: periods.map((period) => period[kind]),
              faint: kind === 'kept',
            }))}
          labels={periods.map((period) => periodName(period, by))}
          format={format.number}
        />
      </ChartFrame>
      <p className="report-doors">
        {kinds
          .filter((kind) => now[kind] > 0)
          .map((kind) => (
            <Link key={kind} to={movedLink(kind, from, to)}>
              {t(kind)}: {format.number(now[kind])}
            </Link>
          ))}
      </p>
      <p>
        {before.joined + before.rose + before.fell + before.kept === 0 ? t('noBefore') : t('beforeText', { ...before })}
      </p>
    </Card>
  );
}

function OverTime({ report: { levels, periods }, by }: { report: Answer; by: By }) {
  const t = useWords(LEVELS);
  const format = useFormat();
  const { levelName, periodName } = useNames();
  // the highest one says most: what the program is for
  const top = levels.filter(({ offered }) => offered).at(-1) ?? levels.at(-1);
  const [was, is] = [top?.began ?? 0, top?.members ?? 0];
  const head = is > was ? 'overHead' : is < was ? 'overFell' : 'overSame';
  const stood = (period: Period, level: string) => period.standing[level] ?? 0;
  return (
    <Card>
      <ChartFrame
        headline={t(head, { name: top?.name ?? '', began: was, now: is })}
        subtitle={t('overSubtitle', { by })}
        file={`levels-by-${by}`}
        table={{
          head: [t('period'), ...levels.map(levelName)],
          rows: periods.map((period) => [
            periodName(period, by),
            ...levels.map(({ level }) => format.number(stood(period, level))),
          ]),
          links: periods.map((period) => [
            null,
            ...levels.map(({ level }) => (stood(period, level) > 0 ? levelLink(level, `&on=${period.ends}`) : null)),
          ]),
        }}
      >
        <LineChart
          series={levels.map((one) => ({
            name: levelName(one),
            values: periods.map((period) => stood(period, one.level)),
          }))}
          labels={periods.map((period) => periodName(period, by))}
          format={format.number}
        />
      </ChartFrame>
    </Card>
  );
}
