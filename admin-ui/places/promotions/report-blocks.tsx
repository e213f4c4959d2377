import { Fact } from '../../kit/page.js';
import { useState } from 'react';
import { BarChart } from '../../charts/bar-chart.js';
import { ChartFrame } from '../../charts/chart-frame.js';
import { LineChart } from '../../charts/line-chart.js';
import { useDesk, useFormat, useWords } from '../../shell/desk-context.js';
import { breakEven, bucketsOf, costOf, type Cost, daySeries, replayedTotal, type Report } from './figures.js';
import { Block, type BlocksProps } from './block.js';
import { Changes } from './changes.js';
import { LookFirst } from './look-first.js';
import { Members, Orders } from './report-people.js';
import { REPORT } from './report-words.js';

/** What happens, what it costs, who is hurt, when, what to look at, on which orders, what exactly changes, why believe it. */
export function ReportBlocks(props: BlocksProps) {
  const t = useWords(REPORT);
  const format = useFormat();
  const { simulation, report, draft } = props;
  const cost = costOf(report);
  return (
    <>
      <p className="visually-hidden" role="status">
        {t('ready', { money: format.money(cost.cost), worse: report.members.worse, better: report.members.better })}
      </p>
      {simulation.made && <p className="note warning">{t('notYours')}</p>}
      {simulation.weeksBack > 0 && <p className="note">{t('weeksBack', { n: simulation.weeksBack })}</p>}
      <div className="blocks">
        <Verdict report={report} cost={cost} />
        <CostBlock cost={cost} />
        <Who {...props} unit={cost.unit} />
        <When report={report} unit={cost.unit} />
        <LookFirst {...props} cost={cost} />
        <Block nth={6} title={t('orders')}>
          <Orders {...props} unit={cost.unit} />
        </Block>
        <Block nth={7} title={t('inWords')}>
          <Changes draft={draft} />
        </Block>
        <HowSure report={report} unit={cost.unit} />
      </div>
      <p className="quiet-text">
        {t('simulatedAt', { at: format.moment(simulation.askedAt), orders: format.number(report.orders.counted) })}{' '}
        {simulation.newOrders > 0 && !simulation.made && t('newOrders', { n: simulation.newOrders })}
      </p>
    </>
  );
}

function Verdict({ report, cost }: { report: Report; cost: Cost }) {
  const t = useWords(REPORT);
  const format = useFormat();
  const { me } = useDesk();
  const [margin, setMargin] = useState(() => Number(localStorage.getItem('tallymark-margin') ?? '40'));
  const days = report.since === null ? null : Math.round((report.now - report.since) / 86_400_000);
  const values = { points: format.points(Math.abs(cost.points), cost.unit), money: format.money(Math.abs(cost.cost)) };
  const change = (text: string) => {
    const wish = Math.min(100, Math.max(1, Number(text) || 1));
    setMargin(wish);
    localStorage.setItem('tallymark-margin', `${wish}`);
  };
  return (
    <Block nth={1} title={t('verdict')}>
      <p className="verdict">
        {cost.points === 0
          ? t('nothing')
          : t(cost.points > 0 ? (days === null ? 'gaveAlways' : 'gave') : 'gaveLess', { ...values, days: days ?? 0 })}
      </p>
      {cost.cost > 0 && (
        <details>
          <summary>{t('paysBack', { sales: format.money(breakEven(cost.cost, margin / 100)) })}</summary>
          <p className="row">
            <label>
              {t('margin')}{' '}
              <input
                className="margin"
                inputMode="numeric"
                value={margin}
                onChange={(event) => change(event.target.value)}
                aria-label={t('margin')}
              />{' '}
              %
            </label>
            <small>{t('paysBackHow', { cost: format.money(cost.cost), margin, currency: me.program.currency })}</small>
          </p>
        </details>
      )}
    </Block>
  );
}

function CostBlock({ cost }: { cost: Cost }) {
  const t = useWords(REPORT);
  const format = useFormat();
  const sign = (minor: number) => `${minor > 0 ? '+' : ''}${format.money(minor)}`;
  return (
    <Block nth={2} title={t('cost')}>
      <dl className="facts">
        <Fact name={t('costAbout')}>{format.money(cost.cost)}</Fact>
        <Fact name={t('openPoints')}>{sign(cost.open)}</Fact>
        <Fact name={t('pointsMore')}>
          {format.signed(cost.points)}
          {cost.share !== null && <small>{format.percent(cost.share)}</small>}
        </Fact>
      </dl>
      <p>
        {t('face', {
          face: format.money(cost.face),
          used: format.money(cost.used),
          open: format.money(cost.open),
          expired: format.money(cost.expired),
        })}
      </p>
      <p className="quiet-text">
        {cost.usedShare === null
          ? t('shareUnknown')
          : t('shareUsed', { share: format.percent(cost.usedShare), most: format.money(cost.face) })}
      </p>
    </Block>
  );
}

function Who({ report, unit, simulation, programs, draft }: BlocksProps & { unit: string }) {
  const t = useWords(REPORT);
  const format = useFormat();
  const { better, worse, same, counted } = report.members;
  const { losers, winners } = bucketsOf(report, unit);
  const bars = [
    ...losers.map(({ from, to, members }) => ({ from, to, members, tone: 'bad' as const })),
    ...winners.map(({ from, to, members }) => ({ from, to, members, tone: 'good' as const })),
  ].map(({ from, to, members, tone }) => ({
    key: `${from}`,
    name: from === to ? format.signed(from) : t('bucket', { from: format.signed(from), to: format.signed(to) }),
    value: members,
    text: t('members', { n: members }),
    tone,
  }));
  const tiers = report.tiers.filter(({ from, to }) => from !== to).reduce((sum, { members }) => sum + members, 0);
  return (
    <Block nth={3} title={t('who')}>
      <p>
        <strong className={worse > 0 ? 'lost' : ''}>{t('lose', { n: worse })}</strong> {t('stay', { n: same })}{' '}
        <strong className={better > 0 ? 'gained' : ''}>{t('gain', { n: better })}</strong> {t('ofAll', { n: counted })}
      </p>
      {bars.length > 0 && <BarChart label={t('spread')} bars={bars} />}
      {tiers > 0 && <p>{t('tierMoves', { n: tiers })}</p>}
      {report.refused.counted > 0 && <p>{t('refused', { n: report.refused.counted })}</p>}
      {worse > 0 && <Members {...{ report, unit, simulation, programs, draft }} which="losers" />}
      {better > 0 && <Members {...{ report, unit, simulation, programs, draft }} which="winners" />}
    </Block>
  );
}

function When({ report, unit }: { report: Report; unit: string }) {
  const t = useWords(REPORT);
  const format = useFormat();
  const days = daySeries(report, unit);
  const sum = (side: 'before' | 'after') => days.reduce((so, day) => so + day[side], 0);
  const other = days.filter(({ before, after }) => before !== after).length;
  const short = new Intl.DateTimeFormat(format.language === 'en' ? 'en-GB' : format.language, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  if (days.length === 0)
    return (
      <Block nth={4} title={t('when')}>
        {t('noDays')}
      </Block>
    );
  return (
    <Block nth={4} title={t('when')}>
      <ChartFrame
        headline={t('whenHead', { before: format.number(sum('before')), after: format.number(sum('after')), n: other })}
        subtitle={t('whenSub', { unit: format.points(2, unit).replace(/^\D*2\s*/, '') })}
        file="simulation-days"
        table={{
          head: [t('day'), t('now'), t('then')],
          rows: days.map(({ date, before, after }) => [format.date(date), format.number(before), format.number(after)]),
        }}
      >
        <LineChart
          labels={days.map(({ date }) => short.format(new Date(`${date}T00:00:00Z`)))}
          format={(value) => format.number(value)}
          series={[
            { name: t('then'), values: days.map(({ after }) => after) },
            { name: t('now'), values: days.map(({ before }) => before), faint: true },
          ]}
        />
      </ChartFrame>
    </Block>
  );
}

function HowSure({ report, unit }: { report: Report; unit: string }) {
  const t = useWords(REPORT);
  const format = useFormat();
  const replayed = replayedTotal(report, unit);
  const ledger = report.ledger === undefined ? null : Number(report.ledger[unit] ?? 0);
  return (
    <Block nth={8} title={t('howSure')}>
      {ledger !== null && (
        <p>
          {t('replayed', { replayed: format.points(replayed, unit), ledger: format.points(ledger, unit) })}{' '}
          {replayed === ledger ? (
            <strong className="gained">{t('equal')}</strong>
          ) : (
            <strong>{t('unequal', { n: format.signed(ledger - replayed) })}</strong>
          )}
        </p>
      )}
      <p>{t('basis', { orders: report.orders.counted, different: report.orders.different })}</p>
      {report.orders.counted < 100 && <p className="quiet-text">{t('few', { n: report.orders.counted })}</p>}
    </Block>
  );
}
