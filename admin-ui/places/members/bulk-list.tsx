import { Link } from 'react-router';
import { Asked } from '../../kit/asked.js';
import { LinkButton } from '../../kit/button.js';
import { Badge, Card, Empty, Page, type Tone } from '../../kit/page.js';
import { Table } from '../../kit/table.js';
import { useFormat, useWords } from '../../shell/desk-context.js';
import { BULK_HOLD } from './bulk-hold-words.js';
import { BULK } from './bulk-words.js';
import { type Bulk, useBulks } from './use-bulk.js';
import { MEMBERS } from './words.js';

const TONES: Partial<Record<Bulk['state'], Tone>> = {
  done: 'good',
  failed: 'bad',
  refused: 'bad',
  stopped: 'warning',
  waiting: 'pending',
  giving: 'pending',
  undoing: 'pending',
};

export function BulkState({ state }: { state: Bulk['state'] }) {
  const t = useWords(BULK);
  return <Badge tone={TONES[state] ?? 'neutral'}>{t(`state_${state}`)}</Badge>;
}

/** What was given to, or taken from, many members at once, and their holds, the newest first. */
export function BulkList() {
  const t = useWords(BULK);
  const h = useWords(BULK_HOLD);
  const m = useWords(MEMBERS);
  const format = useFormat();
  const bulks = useBulks();
  return (
    <Page
      title={t('title')}
      lead={
        <>
          <Link to="/members">{m('title')}</Link> · {t('lead')}
        </>
      }
    >
      <Card>
        <Asked query={bulks}>
          {({ bulks: all }) =>
            all.length === 0 ? (
              <Empty title={t('none')} action={<LinkButton to="/members">{t('choose')}</LinkButton>}>
                {t('noneMore')}
              </Empty>
            ) : (
              <Table
                label={t('title')}
                stack
                rows={all}
                rowKey={({ id }) => id}
                columns={[
                  {
                    key: 'reason',
                    head: m('reason'),
                    cell: ({ id, reason }) => <Link to={`/members/together/${id}`}>{reason}</Link>,
                  },
                  { key: 'state', head: t('was'), cell: ({ state }) => <BulkState state={state} /> },
                  { key: 'members', head: t('members'), figure: true, cell: ({ members }) => format.number(members) },
                  {
                    key: 'total',
                    head: t('what'),
                    figure: true,
                    // a hold moves no points: what it is stands in their place
                    cell: ({ kind, unit, total, points }) =>
                      kind === 'points'
                        ? `${points.startsWith('-') ? '−' : '+'}${format.points(total, unit ?? 'points')}`
                        : h(`kind_${kind}`),
                  },
                  {
                    key: 'asked',
                    head: t('asked'),
                    cell: ({ asked }) => `${asked.who}, ${format.moment(asked.at)}`,
                  },
                ]}
              />
            )
          }
        </Asked>
      </Card>
    </Page>
  );
}
