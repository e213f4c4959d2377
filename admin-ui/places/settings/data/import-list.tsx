import { Link } from 'react-router';
import { Asked } from '../../../kit/asked.js';
import { Badge, Card, Empty, type Tone } from '../../../kit/page.js';
import { Table } from '../../../kit/table.js';
import { useFormat, useWords } from '../../../shell/desk-context.js';
import { SendFile } from './send-file.js';
import { type ImportState, useImports } from './use-import.js';
import { DATA } from './words.js';

const TONES: Partial<Record<ImportState, Tone>> = {
  done: 'good',
  failed: 'bad',
  cancelled: 'warning',
  checking: 'pending',
  importing: 'pending',
  undoing: 'pending',
};

export function StateBadge({ state }: { state: ImportState }) {
  const t = useWords(DATA);
  return <Badge tone={TONES[state] ?? 'neutral'}>{t(`state_${state}`)}</Badge>;
}

/** A file to begin with, and those that were. */
export function ImportList() {
  const t = useWords(DATA);
  const format = useFormat();
  const imports = useImports();
  return (
    <>
      <Card title={t('bring')}>
        <p className="lead">{t('bringLead')}</p>
        <SendFile />
      </Card>
      <Card title={t('earlier')}>
        <Asked query={imports}>
          {({ imports: all }) =>
            all.length === 0 ? (
              <Empty title={t('none')}>{t('noneMore')}</Empty>
            ) : (
              <Table
                label={t('earlier')}
                rows={all}
                rowKey={({ id }) => id}
                columns={[
                  { key: 'name', head: t('file'), cell: ({ id, name }) => <Link to={`/settings/data/${id}`}>{name}</Link> },
                  { key: 'state', head: t('state'), cell: ({ state }) => <StateBadge state={state} /> },
                  { key: 'from', head: t('origin'), wide: true, cell: ({ mapping }) => mapping?.origin ?? '' },
                  { key: 'rows', head: t('rows'), figure: true, cell: ({ rows }) => format.number(rows) },
                  { key: 'when', head: t('when'), wide: true, cell: ({ askedAt }) => format.moment(askedAt) },
                ]}
              />
            )
          }
        </Asked>
      </Card>
    </>
  );
}
