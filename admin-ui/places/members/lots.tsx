import { Card, Empty } from '../../kit/page.js';
import { Table } from '../../kit/table.js';
import { useFormat, useWords } from '../../shell/desk-context.js';
import type { Person } from './member-page.js';
import { PERSON } from './person-words.js';
import { MEMBERS } from './words.js';

/** What is left of what was given, in the order in which it is used, and when it ends; in the past, as it stood then. */
export function Lots({ lots, past }: { lots: Person['lots']; past: boolean }) {
  const t = useWords(MEMBERS);
  const format = useFormat();
  const p = useWords(PERSON);
  const title = past ? p('lotsThen') : t('lots');
  return (
    <Card title={title}>
      {lots.length === 0 ? (
        <Empty title={past ? p('noLotsThen') : t('noLots')} />
      ) : (
        <Table
          label={title}
          rows={lots}
          rowKey={({ unit, of }) => `${unit} ${of}`}
          columns={[
            { key: 'earned', head: t('earned'), cell: ({ earned }) => format.day(earned) },
            { key: 'left', head: t('left'), figure: true, cell: ({ left, unit }) => format.points(left, unit) },
            { key: 'given', head: t('given'), figure: true, wide: true, cell: ({ given }) => format.number(given) },
            { key: 'usable', head: t('usable'), wide: true, cell: ({ usable }) => format.day(usable) },
            { key: 'ends', head: t('ends'), cell: ({ ends }) => (ends === null ? t('never') : format.day(ends)) },
          ]}
        />
      )}
    </Card>
  );
}
