import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { BarChart } from '../../charts/bar-chart.js';
import { ChartFrame } from '../../charts/chart-frame.js';
import { Asked } from '../../kit/asked.js';
import { Card, Empty } from '../../kit/page.js';
import { useApi, useFormat, useLanguage, useWords } from '../../shell/desk-context.js';
import { HowWeKnow } from './how-we-know.js';
import { REACH } from './reach-words.js';

type Answer = operations['unclaimedReport']['responses'][200]['content']['application/json'];
type Unit = Answer['units'][number];
type Wait = Unit['waits'][number];

/** The members behind a figure: all who could have a reward, or those who could for so long. */
const link = (unit: string, { least, under }: Pick<Wait, 'least' | 'under'> = { least: null, under: null }) =>
  `/members?unclaimed=${encodeURIComponent(unit)}${least ? `&waited=${least}` : ''}${under ? `&under=${under}` : ''}`;

/** Who could have a reward and takes none. */
export function Unclaimed() {
  const api = useApi();
  const locale = useLanguage();
  const query = useQuery({
    queryKey: ['unclaimed-report', locale],
    queryFn: () => answered(api.GET('/api/v1/reports/unclaimed', { params: { query: { locale } } })),
  });
  return (
    <Asked query={query} rows={6}>
      {({ units }) => units.map((unit) => <OfUnit key={unit.unit} of={unit} />)}
    </Asked>
  );
}

function OfUnit({ of }: { of: Unit }) {
  const t = useWords(REACH);
  const format = useFormat();
  const { unit, members, points, worth, waits, cheapest } = of;
  const how = cheapest
    ? t('cheapest', { title: cheapest.title, points: format.points(cheapest.points, unit) })
    : t('howUnclaimed');
  if (members === 0)
    return (
      <Card>
        <Empty title={t('unclaimedNone')}>{how}</Empty>
      </Card>
    );
  const amount = (one: { points: string; worth: string }) =>
    worth === '0' ? format.points(one.points, unit) : format.money(one.worth);
  const spanOf = ({ least, under }: Wait) =>
    least === null
      ? t('upTo', { under: under ?? 0 })
      : under === null
        ? t('from', { least })
        : t('between', { least, under });
  const subtitle = t('unclaimedSubtitle', { unit: format.unitName(unit) });
  const row = (name: string, one: Pick<Wait, 'members' | 'points' | 'worth'>) => [
    ...[name, format.number(one.members), format.number(one.points), format.money(one.worth)],
  ];
  return (
    <Card>
      <ChartFrame
        headline={
          worth === '0'
            ? t('unclaimedHeadPoints', { n: members, points: format.points(points, unit) })
            : t('unclaimedHead', { n: members, worth: format.money(worth) })
        }
        subtitle={subtitle}
        file={`unclaimed-${unit}`}
        table={{
          head: [t('waited'), t('members'), t('points'), t('worth')],
          rows: [...waits.map((wait) => row(spanOf(wait), wait)), row(t('inAll'), of)],
          links: [...waits.map((wait) => [null, wait.members > 0 ? link(unit, wait) : null]), [null, link(unit)]],
        }}
      >
        <BarChart
          label={subtitle}
          bars={waits.map((wait) => ({
            key: `${wait.least}`,
            name: wait.members > 0 ? <Link to={link(unit, wait)}>{spanOf(wait)}</Link> : spanOf(wait),
            value: wait.members,
            text: t('bar', { n: wait.members, amount: amount(wait) }),
          }))}
        />
      </ChartFrame>
      <p>
        {cheapest && how} <Link to={link(unit)}>{t('seeAll')}</Link>
      </p>
      <HowWeKnow>{t('howUnclaimed')}</HowWeKnow>
    </Card>
  );
}
