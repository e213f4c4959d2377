import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { answered } from '../../api/client.js';
import { downloadCsv } from '../../charts/csv.js';
import { Asked } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Field } from '../../kit/fields.js';
import { Card, Empty } from '../../kit/page.js';
import { Table } from '../../kit/table.js';
import { KIT } from '../../kit/words.js';
import { useApi, useFormat, useWords } from '../../shell/desk-context.js';
import { LEDGER } from './words.js';

const KINDS = ['available', 'pending', 'held', 'debt', 'issued', 'redeemed', 'expired', 'forgiven'] as const;

/** The first day of this month and today. */
const thisMonth = (today: string): { from: string; last: string } => ({ from: `${today.slice(0, 8)}01`, last: today });

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** What moved between accounts, day by day, to be shown or taken along. */
export function Journal() {
  const t = useWords(LEDGER);
  const kit = useWords(KIT);
  const format = useFormat();
  const api = useApi();
  const [search, setSearch] = useSearchParams();
  const month = thisMonth(format.today());
  const from = search.get('from') ?? month.from;
  const last = search.get('last') ?? month.last;
  const query = useQuery({
    queryKey: ['journal', from, last],
    queryFn: () => answered(api.GET('/api/v1/ledger/journal', { params: { query: { from, to: dayAfter(last) } } })),
    enabled: from <= last,
  });
  const choose = (change: Record<string, string>) => setSearch({ from, last, ...change }, { replace: true });
  const account = (kind: string) => {
    const known = KINDS.find((one) => one === kind);
    return known ? t(known) : kind;
  };
  const head = [t('day'), t('fromAccount'), t('toAccount'), t('transfers'), t('points'), t('worth')];
  return (
    <Card
      title={t('journal')}
      actions={
        query.data && (
          <Button
            onPress={() =>
              downloadCsv(`journal-${from}-${last}`, {
                head: ['day', 'unit', 'from', 'to', 'transfers', 'points', 'worth'],
                rows: query.data.lines.map((line) => [
                  ...[line.day, line.unit, line.from, line.to, `${line.transfers}`, line.points, line.worth],
                ]),
              })
            }
          >
            {kit('csv')}
          </Button>
        )
      }
    >
      <div className="form across">
        <Field label={t('from')} type="date" value={from} onChange={(day) => day !== '' && choose({ from: day })} />
        <Field label={t('to')} type="date" value={last} onChange={(day) => day !== '' && choose({ last: day })} />
      </div>
      <Asked query={query} rows={8}>
        {({ lines }) =>
          lines.length === 0 ? (
            <Empty title={t('noLines')}>{t('noLinesMore')}</Empty>
          ) : (
            <Table
              label={t('journal')}
              stack
              rows={lines}
              rowKey={({ day, unit, from: a, to: b }) => `${day} ${unit} ${a} ${b}`}
              columns={[
                { key: 'day', head: head[0], cell: ({ day }) => format.date(day) },
                { key: 'from', head: head[1], cell: (line) => account(line.from) },
                { key: 'to', head: head[2], cell: (line) => account(line.to) },
                { key: 'n', head: head[3], figure: true, wide: true, cell: (line) => format.number(line.transfers) },
                { key: 'points', head: head[4], figure: true, cell: (line) => format.points(line.points, line.unit) },
                { key: 'worth', head: head[5], figure: true, wide: true, cell: (line) => format.money(line.worth) },
              ]}
            />
          )
        }
      </Asked>
    </Card>
  );
}
