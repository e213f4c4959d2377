import { useQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { BarChart } from '../../charts/bar-chart.js';
import { ChartFrame } from '../../charts/chart-frame.js';
import { Asked } from '../../kit/asked.js';
import { Card, Empty } from '../../kit/page.js';
import { Table } from '../../kit/table.js';
import { useApi, useDesk, useFormat, useWords } from '../../shell/desk-context.js';
import { LEDGER } from './words.js';

type Ledger = operations['ledger']['responses'][200]['content']['application/json'];
const KINDS = ['available', 'pending', 'held', 'debt', 'issued', 'redeemed', 'expired', 'forgiven'] as const;
const kindOf = (kind: string) => KINDS.find((known) => known === kind);

/** Every kind of account, and what the open points may cost and when. */
export function Books() {
  const t = useWords(LEDGER);
  const api = useApi();
  const { me } = useDesk();
  const query = useQuery({ queryKey: ['ledger'], queryFn: () => answered(api.GET('/api/v1/ledger')) });
  return (
    <Asked query={query} rows={8}>
      {(ledger) => {
        const known = [...new Set(ledger.accounts.map(({ unit }) => unit))];
        // in the order in which the program names them; what it no longer has comes last
        const named = me.program.units.map(({ unit }) => unit);
        const units = [
          ...named.filter((unit) => known.includes(unit)),
          ...known.filter((unit) => !named.includes(unit)),
        ];
        if (units.length === 0)
          return (
            <Card>
              <Empty title={t('none')}>{t('noneMore')}</Empty>
            </Card>
          );
        return units.map((unit) => (
          <div key={unit} className="columns">
            {/* of what the program no longer has, and nobody holds, nothing can cost anything */}
            {(named.includes(unit) || ledger.ending.some((row) => row.unit === unit)) && (
              <Ending unit={unit} ledger={ledger} />
            )}
            <Accounts unit={unit} ledger={ledger} />
          </div>
        ));
      }}
    </Asked>
  );
}

function Accounts({ unit, ledger }: { unit: string; ledger: Ledger }) {
  const t = useWords(LEDGER);
  const format = useFormat();
  const title = `${t('books')}: ${format.unitName(unit)}`;
  const rows = KINDS.flatMap((kind) => ledger.accounts.filter((row) => row.unit === unit && row.kind === kind));
  const sum = rows.reduce((all, { points }) => all + BigInt(points), 0n);
  return (
    <Card title={title}>
      <Table
        label={title}
        rows={[...rows, { unit, kind: 'sum', points: `${sum}`, worth: '0', accounts: 0 }]}
        rowKey={({ kind }) => kind}
        columns={[
          {
            key: 'account',
            head: t('account'),
            cell: ({ kind, accounts }) => {
              const known = kindOf(kind);
              return known ? (
                <>
                  {t(known)}
                  <br />
                  <small>{t('accountsHeld', { n: accounts })}</small>
                </>
              ) : (
                <strong>{t('sum')}</strong>
              );
            },
          },
          { key: 'points', head: t('amount'), figure: true, cell: ({ points }) => format.number(points) },
        ]}
      />
    </Card>
  );
}

function Ending({ unit, ledger }: { unit: string; ledger: Ledger }) {
  const t = useWords(LEDGER);
  const format = useFormat();
  const ending = ledger.ending.filter((row) => row.unit === unit);
  const worth = ending.reduce((sum, row) => sum + BigInt(row.worth), 0n);
  const monthOf = (month: string | null) => (month === null ? t('never') : format.month(month));
  return (
    <Card>
      <ChartFrame
        headline={t('endingTitle', { worth: format.money(worth) })}
        subtitle={t('endingSubtitle', { unit: format.unitName(unit) })}
        file={`open-${unit}`}
        table={{
          head: [t('month'), t('amount'), t('worth'), t('members')],
          rows: ending.map((row) => [
            monthOf(row.month),
            format.number(row.points),
            format.money(row.worth),
            format.number(row.members),
          ]),
        }}
      >
        <BarChart
          label={t('endingSubtitle', { unit: format.unitName(unit) })}
          bars={ending.map((row) => ({
            key: row.month ?? 'never',
            name: monthOf(row.month),
            value: Number(row.points),
            text: `${format.points(row.points, unit)} · ${format.money(row.worth)}`,
          }))}
        />
      </ChartFrame>
    </Card>
  );
}
