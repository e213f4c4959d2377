import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { answered } from '../../api/client.js';
import { Failed, Skeleton } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Field } from '../../kit/fields.js';
import { Card, Empty, Page } from '../../kit/page.js';
import { useToast } from '../../kit/toasts.js';
import { KIT } from '../../kit/words.js';
import { useApi, useFormat, useMay, useWords } from '../../shell/desk-context.js';
import { ADJUST } from './adjust-words.js';
import { BULK } from './bulk-words.js';
import { type Bulk, useBulks } from './use-bulk.js';
import { type Adjustment, useAskAnew } from './use-adjusting.js';
import { MEMBERS } from './words.js';

/** What somebody asked to give or take and a second person has not looked at yet, the oldest first. */
export function Waiting() {
  const t = useWords(ADJUST);
  const m = useWords(MEMBERS);
  const k = useWords(KIT);
  const api = useApi();
  const list = useInfiniteQuery({
    queryKey: ['adjustments', 'waiting'],
    queryFn: ({ pageParam }) =>
      answered(api.GET('/api/v1/adjustments', { params: { query: pageParam === '' ? {} : { after: pageParam } } })),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const together = useBulks().data?.bulks.filter(({ state }) => state === 'waiting') ?? [];
  const waiting = list.data?.pages.flatMap(({ adjustments }) => adjustments) ?? [];
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
        {list.isPending && <Skeleton rows={4} />}
        {list.isError && <Failed error={list.error} again={() => void list.refetch()} />}
        {list.data && waiting.length === 0 && together.length === 0 && <Empty title={t('none')}>{t('noneMore')}</Empty>}
        <ul className="member-lines">
          {together.map((one) => (
            <li key={one.id} className="member-asked">
              <WaitingTogether one={one} />
            </li>
          ))}
          {waiting.map((one) => (
            <li key={one.id} className="member-asked">
              <Asked one={one} named />
            </li>
          ))}
        </ul>
        {list.hasNextPage && (
          <div className="more">
            <Button onPress={() => void list.fetchNextPage()} isPending={list.isFetchingNextPage}>
              {k('more')}
            </Button>
          </div>
        )}
      </Card>
    </Page>
  );
}

/** One for many members, with the way to where it is decided. */
function WaitingTogether({ one }: { one: Bulk }) {
  const t = useWords(ADJUST);
  const b = useWords(BULK);
  const format = useFormat();
  return (
    <div>
      <p>
        <strong>
          <Link to={`/members/together/${one.id}`}>
            {b('go', { n: one.members, points: format.signed(one.points) })}
          </Link>
        </strong>
      </p>
      <p>{one.reason}</p>
      <p className="lead">{t('askedBy', { who: one.asked.who, at: format.moment(one.asked.at) })}</p>
    </div>
  );
}

/** One adjustment that waits: how much, why, who asks; and what whoever may can do about it. */
export function Asked({ one, named = false }: { one: Adjustment; named?: boolean }) {
  const t = useWords(ADJUST);
  const format = useFormat();
  const may = useMay();
  const worth = one.worth === null ? '' : ` (${format.money(one.worth.minor, one.worth)})`;
  const size = `${one.points.startsWith('-') ? '−' : '+'}${format.points(one.points.replace('-', ''), one.unit)}`;
  return (
    <>
      <div>
        <p>
          <strong>{size}</strong>
          {worth}
          {named && (
            <>
              {' '}
              · <Link to={`/members/${one.member}`}>{one.memberName ?? t('somebody')}</Link>
            </>
          )}
        </p>
        <p>{one.reason}</p>
        <p className="lead">{t('askedBy', { who: one.asked.who, at: format.moment(one.asked.at) })}</p>
        {one.mine && <p className="lead">{t('mine')}</p>}
      </div>
      {may('approve-adjustments') && !one.mine && <Deciding one={one} />}
    </>
  );
}

function Deciding({ one }: { one: Adjustment }) {
  const t = useWords(ADJUST);
  const format = useFormat();
  const [refusing, setRefusing] = useState(false);
  const decide = useDeciding(one, () => setRefusing(false));
  const [said, setSaid] = useState('');
  return (
    <div>
      {decide.isError && <Failed error={decide.error} />}
      <div className="actions">
        <Button onPress={() => setRefusing(true)}>{t('refuse')}</Button>
        <Button look="primary" isPending={decide.isPending} onPress={() => decide.mutate({ approve: true, said: '' })}>
          {t('agree', { points: format.signed(one.points) })}
        </Button>
      </div>
      {refusing && (
        <Dialog
          title={t('refuse')}
          open
          onClose={() => setRefusing(false)}
          actions={
            <Button look="danger" isPending={decide.isPending} onPress={() => decide.mutate({ approve: false, said })}>
              {t('refuse')}
            </Button>
          }
        >
          <Field
            label={t('whyNot')}
            help={t('whyNotHelp', { who: one.asked.who })}
            autoFocus
            lines={2}
            value={said}
            onChange={setSaid}
          />
        </Dialog>
      )}
    </div>
  );
}

function useDeciding(one: Adjustment, onDone: () => void) {
  const t = useWords(ADJUST);
  const api = useApi();
  const format = useFormat();
  const tell = useToast();
  const anew = useAskAnew();
  return useMutation({
    mutationFn: (body: { approve: boolean; said: string }) =>
      answered(api.POST('/api/v1/adjustments/{id}/decision', { params: { path: { id: one.id } }, body })),
    onSuccess: async ({ state }) => {
      const name = one.memberName ?? t('somebody');
      tell(state === 'given' ? t('agreed', { points: format.signed(one.points), name }) : t('refusedNow'));
      onDone();
      await anew(one.member);
    },
  });
}
