import { useQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { Card } from '../../kit/page.js';
import { Table } from '../../kit/table.js';
import { useApi, useFormat, useLanguage, useMay, useWords } from '../../shell/desk-context.js';
import { CauseMonths } from './cause-months.js';
import { REWARDS } from './words.js';

type Given = operations['causes']['responses'][200]['content']['application/json']['causes'][number];

/** What members gave to causes, with the money that each is owed; nothing where the program has none. */
export function Causes() {
  const t = useWords(REWARDS);
  const api = useApi();
  const format = useFormat();
  const locale = useLanguage();
  const see = useMay()('see-reports');
  const query = useQuery({
    queryKey: ['causes', locale],
    enabled: see,
    queryFn: () => answered(api.GET('/api/v1/causes', { params: { query: { locale } } })),
  });
  const causes = query.data?.causes ?? [];
  if (causes.length === 0) return null;
  return (
    <>
      <Card title={t('causes')}>
        <p className="lead">{t('causesMore')}</p>
        <Table
          label={t('causes')}
          rows={causes}
          rowKey={({ cause }) => cause}
          columns={[
            { key: 'cause', head: t('cause'), cell: ({ name }) => name },
            // what is rounded up is counted in money alone
            ...(causes.some(({ gifts }) => gifts > 0)
              ? [
                  {
                    key: 'gifts',
                    head: t('gifts'),
                    figure: true,
                    cell: ({ gifts }: Given) => (gifts > 0 ? format.number(gifts) : '–'),
                  },
                ]
              : []),
            { key: 'sum', head: t('causeSum'), figure: true, cell: ({ money }) => format.money(money.minor, money) },
          ]}
        />
      </Card>
      <CauseMonths />
    </>
  );
}
