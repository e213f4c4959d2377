import { useInfiniteQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import { Asked } from '../../kit/asked.js';
import { Card } from '../../kit/page.js';
import { Table } from '../../kit/table.js';
import { useApi, useFormat as useFigures, useWords } from '../../shell/desk-context.js';
import { PROGRAM } from './words.js';

/** Whose balance or tier would be another once the draft is in force. */
export function MembersConcerned({ hash }: { hash: string }) {
  const t = useWords(PROGRAM);
  const api = useApi();
  const figures = useFigures();
  const plan = useInfiniteQuery({
    queryKey: ['program-plan', hash],
    initialPageParam: '0',
    queryFn: ({ pageParam }) =>
      answered(api.GET('/api/v1/plan', { params: { query: { to: 'draft', after: pageParam } } })),
    getNextPageParam: ({ next }) => next,
  });
  return (
    <Card title={t('concerned')}>
      <Asked query={plan}>
        {({ pages }) => {
          const members = pages.flatMap((page) => page.members);
          if (members.length === 0 && !plan.hasNextPage) return <p>{t('concernedNone')}</p>;
          const unitsOf = (one: (typeof members)[number], side: 'before' | 'after') =>
            figures.list([
              ...Object.entries(one.units).map(([unit, sides]) => figures.points(sides[side].available, unit)),
              ...(one.tier[side] === null ? [] : [one.tier[side]]),
            ]);
          return (
            <>
              <p className="lead">
                {t(members.length === 0 ? 'concernedNone' : 'concernedSome', { n: members.length })}
              </p>
              <Table
                label={t('concerned')}
                rows={members}
                rowKey={({ member }) => member}
                onMore={plan.hasNextPage ? () => void plan.fetchNextPage() : undefined}
                busy={plan.isFetchingNextPage}
                columns={[
                  { key: 'who', head: t('member'), cell: ({ name }) => name ?? t('unnamed') },
                  { key: 'before', head: t('before'), figure: true, cell: (one) => unitsOf(one, 'before') },
                  { key: 'after', head: t('after'), figure: true, cell: (one) => unitsOf(one, 'after') },
                ]}
              />
            </>
          );
        }}
      </Asked>
    </Card>
  );
}
