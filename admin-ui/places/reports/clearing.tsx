import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { BarChart } from '../../charts/bar-chart.js';
import { ChartFrame } from '../../charts/chart-frame.js';
import { Asked } from '../../kit/asked.js';
import { Select } from '../../kit/fields.js';
import { Card, Empty } from '../../kit/page.js';
import { useApi, useFormat, useWords } from '../../shell/desk-context.js';
import { CLEARING } from './clearing-words.js';
import { HowWeKnow } from './how-we-know.js';
import { monthName } from './range.js';

type Answer = operations['clearingReport']['responses'][200]['content']['application/json'];

const MONTHS_BACK = 13;

/** The running month and those before it: "2026-11", "2026-10" … */
function lastMonths(today: string): string[] {
  const [year = 0, month = 1] = today.split('-').map(Number);
  return Array.from({ length: MONTHS_BACK }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7),
  );
}

/** What shops that share points owe each other for a month. */
export function Clearing() {
  const t = useWords(CLEARING);
  const format = useFormat();
  const api = useApi();
  const [search, setSearch] = useSearchParams();
  const months = lastMonths(format.today());
  const month = months.find((known) => known === search.get('month')) ?? months[0] ?? '';
  const query = useQuery({
    queryKey: ['clearing', month],
    queryFn: () => answered(api.GET('/api/v1/reports/clearing', { params: { query: { month } } })),
  });
  return (
    <>
      <div className="form across report-range">
        <Select
          label={t('month')}
          value={month}
          onChange={(wish) => setSearch((now) => ({ ...Object.fromEntries(now), month: wish }), { replace: true })}
          options={months.map((value) => ({ value, text: monthName(value, format.language) }))}
        />
      </div>
      <Asked query={query} rows={8}>
        {(report) => (
          <>
            <Balances report={report} />
            <Between report={report} />
          </>
        )}
      </Asked>
    </>
  );
}

/** A store as people call it: its address without the protocol. */
const nameIn = (stores: Answer['stores'], store: string): string => {
  const url = stores.find((one) => one.store === store)?.url ?? store;
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
};

const isZero = (minor: string): boolean => /^-?0+$/.test(minor);

/** Per store what it gets of the others, less what it owes them. */
function Balances({ report: { month, stores, balances, before } }: { report: Answer }) {
  const t = useWords(CLEARING);
  const format = useFormat();
  if (stores.length < 2)
    return (
      <Card>
        <Empty title={t('oneShop')}>{t('oneShopMore')}</Empty>
      </Card>
    );
  if (balances.length === 0)
    return (
      <Card>
        <Empty title={t('nothing', { month: monthName(month, format.language) })}>{t('nothingMore')}</Empty>
      </Card>
    );
  const was = ({ store, unit }: Answer['balances'][number]) =>
    before.find((one) => one.store === store && one.unit === unit)?.worth ?? '0';
  const open = balances.filter(({ worth }) => !isZero(worth));
  const [most, least] = [open[0], open.at(-1)];
  const said = (worth: string) =>
    isZero(worth)
      ? t('even')
      : t(worth.startsWith('-') ? 'owes' : 'gets', { money: format.money(worth.replace('-', '')) });
  const units = new Set(balances.map(({ unit }) => unit)).size;
  const name = ({ store, unit }: Answer['balances'][number]) =>
    units > 1 ? `${nameIn(stores, store)} · ${unit}` : nameIn(stores, store);
  return (
    <Card>
      <ChartFrame
        headline={
          !most || !least
            ? t('allEven')
            : open.length === 2
              ? t('head', {
                  who: nameIn(stores, least.store),
                  whom: nameIn(stores, most.store),
                  money: format.money(most.worth),
                })
              : t('headMany', { who: nameIn(stores, least.store), money: format.money(least.worth.replace('-', '')) })
        }
        subtitle={t('subtitle', { month: monthName(month, format.language) })}
        file={`clearing-balances-${month}`}
        table={{
          head: [t('shop'), t('took'), t('gave'), t('balance'), t('before')],
          rows: balances.map((one) => [
            name(one),
            format.points(one.took, one.unit),
            format.points(one.gave, one.unit),
            said(one.worth),
            said(was(one)),
          ]),
        }}
      >
        <BarChart
          label={t('subtitle', { month: monthName(month, format.language) })}
          bars={balances.map((one) => ({
            key: `${one.store}/${one.unit}`,
            name: name(one),
            value: Number(one.worth),
            tone: one.worth.startsWith('-') ? 'bad' : 'good',
            text: t('beside', { now: said(one.worth), before: said(was(one)) }),
          }))}
        />
      </ChartFrame>
      <HowWeKnow>{t('how')}</HowWeKnow>
    </Card>
  );
}

/** Every pair of shops: whose points were used where. */
function Between({ report: { month, stores, lines } }: { report: Answer }) {
  const t = useWords(CLEARING);
  const format = useFormat();
  if (stores.length < 2 || lines.length === 0) return null;
  const rows = [...lines].sort((a, b) => Number(b.worth) - Number(a.worth));
  const gave = ({ gave: store }: Answer['lines'][number]) => (store === null ? t('noShop') : nameIn(stores, store));
  const between = lines.reduce((sum, { gave: giver, took, worth }) => {
    return giver !== null && giver !== took ? sum + Number(worth) : sum;
  }, 0);
  return (
    <Card>
      <ChartFrame
        headline={t('betweenHead', { money: format.money(between) })}
        subtitle={t('betweenSubtitle', { month: monthName(month, format.language) })}
        file={`clearing-${month}`}
        table={{
          head: [t('given'), t('used'), t('points'), t('worth'), t('redemptions')],
          rows: rows.map((line) => [
            gave(line),
            nameIn(stores, line.took),
            format.points(line.points, line.unit),
            format.money(line.worth),
            format.number(line.redemptions),
          ]),
        }}
      >
        <BarChart
          label={t('betweenSubtitle', { month: monthName(month, format.language) })}
          bars={rows.slice(0, 12).map((line) => ({
            key: `${line.gave}/${line.took}/${line.unit}`,
            name: t('pair', { from: gave(line), to: nameIn(stores, line.took) }),
            value: Number(line.worth),
            text: t('pairText', { points: format.points(line.points, line.unit), money: format.money(line.worth) }),
          }))}
        />
      </ChartFrame>
    </Card>
  );
}
