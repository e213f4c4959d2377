import { Card, Empty } from '../../kit/page.js';
import { Table } from '../../kit/table.js';
import { useFormat, useWords } from '../../shell/desk-context.js';
import type { Person } from './member-page.js';
import { MEMBERS } from './words.js';

/** What is left of what was given, in the order in which it is used, and when it ends. */
export function Lots({ lots }: { lots: Person['lots'] }) {
  const t = useWords(MEMBERS);
  const format = useFormat();
  return (
    <Card title={t('lots')}>
      {lots.length === 0 ? (
        <Empty title={t('noLots')} />
      ) : (
        <Table
          label={t('lots')}
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
