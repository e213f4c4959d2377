import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { answered } from '../../api/client.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Card, Empty } from '../../kit/page.js';
import { type Column, Table } from '../../kit/table.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useFormat, useMay, useWords } from '../../shell/desk-context.js';
import { type Listed, useRedemptions } from './redemptions.js';
import { REWARDS } from './words.js';

/** What staff have still to hand out: each given with one press, or its points given back. */
export function ToGive() {
  const t = useWords(REWARDS);
  const query = useRedemptions('to-give');
  const [back, setBack] = useState<Listed | null>(null);
  const settle = useSettling();
  const columns = useColumns(settle, setBack);
  return (
    <Card>
      {settle.isError && <Failed error={settle.error} />}
      <Asked query={query} rows={4}>
        {({ pages }) => {
          const rows = pages.flatMap(({ redemptions }) => redemptions);
          if (rows.length === 0) return <Empty title={t('noneToGive')}>{t('noneToGiveMore')}</Empty>;
          return (
            <Table
              label={t('toGive')}
              stack
              rows={rows}
              rowKey={({ id }) => id}
              onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
              busy={query.isFetchingNextPage}
              columns={columns}
            />
          );
        }}
      </Asked>
      {back && (
        <Dialog
          title={t('giveBack')}
          open
          onClose={() => setBack(null)}
          actions={
            <Button
              look="danger"
              isPending={settle.isPending}
              onPress={() => settle.mutate({ one: back, how: 'release' }, { onSuccess: () => setBack(null) })}
            >
              {t('giveBack')}
            </Button>
          }
        >
          {settle.isError && <Failed error={settle.error} />}
          <p>{t('giveBackSure', { member: back.memberName ?? t('unnamed'), points: back.text, what: back.title })}</p>
        </Dialog>
      )}
    </Card>
  );
}

function useColumns(settle: ReturnType<typeof useSettling>, giveBack: (one: Listed) => void): Column<Listed>[] {
  const t = useWords(REWARDS);
  const format = useFormat();
  const fulfil = useMay()('fulfil-rewards');
  return [
    {
      key: 'what',
      head: t('reward'),
      cell: ({ title, text }) => (
        <span>
          {title}
          <br />
          <small>{text}</small>
        </span>
      ),
    },
    {
      key: 'who',
      head: t('member'),
      cell: ({ member, memberName }) => (
        <Link className="reward-who" to={`/members/${member}`}>
          {memberName ?? t('unnamed')}
        </Link>
      ),
    },
    { key: 'made', head: t('made'), wide: true, cell: ({ made }) => format.moment(made) },
    { key: 'ends', head: t('until'), wide: true, cell: ({ ends }) => format.day(ends) },
    {
      key: 'acts',
      head: '',
      cell: (one) =>
        fulfil && (
          <div className="actions reward-give">
            <Button
              look="primary"
              isPending={settle.isPending && settle.variables.one.id === one.id}
              onPress={() => settle.mutate({ one, how: 'give' })}
              aria-label={`${t('given')}: ${one.title}`}
            >
              {t('given')}
            </Button>
            <Button look="quiet" onPress={() => giveBack(one)} aria-label={`${t('giveBack')}: ${one.title}`}>
              {t('giveBack')}
            </Button>
          </div>
        ),
    },
  ];
}

const SAID = { give: 'isGiven', release: 'isBack', 'not-given': 'waitsAgain' } as const;

function useSettling() {
  const t = useWords(REWARDS);
  const api = useApi();
  const known = useQueryClient();
  const tell = useToast();
  const settle = useMutation({
    mutationFn: ({ one, how }: { one: Listed; how: keyof typeof SAID }) =>
      answered(api.POST('/api/v1/redemptions/{id}/solve', { params: { path: { id: one.id } }, body: { how } })),
    onSuccess: async (_, { one, how }) => {
      const undo = { text: t('undo'), act: () => settle.mutate({ one, how: 'not-given' }) };
      tell(t(SAID[how], { what: one.title }), how === 'give' ? undo : undefined);
      await known.invalidateQueries({ queryKey: ['redemptions'] });
    },
  });
  return settle;
}
