import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Select } from '../../kit/fields.js';
import { Badge, Card, Empty, Note, type Tone } from '../../kit/page.js';
import { type Column, Table } from '../../kit/table.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useFormat, useLanguage, useMay, useWords } from '../../shell/desk-context.js';
import { REWARDS } from './words.js';

export type Listed = operations['redemptions']['responses'][200]['content']['application/json']['redemptions'][number];
const SHOWN = ['all', 'held', 'stuck', 'used'] as const;
const TONES: Record<Listed['state'], Tone> = {
  held: 'pending',
  captured: 'good',
  released: 'neutral',
  returned: 'neutral',
};

/** What members took, a page at a time. */
export function useRedemptions(shown: (typeof SHOWN)[number] | 'to-give') {
  const api = useApi();
  const locale = useLanguage();
  return useInfiniteQuery({
    queryKey: ['redemptions', shown, locale],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answered(
        api.GET('/api/v1/redemptions', {
          params: { query: { shown, locale, ...(pageParam === undefined ? {} : { before: pageParam }) } },
        }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

/** What members took for their points, newest first. */
export function Redemptions() {
  const t = useWords(REWARDS);
  const [params, setParams] = useSearchParams();
  const [solving, setSolving] = useState<Listed | null>(null);
  const shown = SHOWN.find((one) => one === params.get('shown')) ?? 'all';
  const query = useRedemptions(shown);
  const columns = useColumns(setSolving);
  return (
    <Card>
      <div className="form across rewards-actions rewards-filter">
        <Select
          label={t('shown')}
          value={shown}
          onChange={(one) => setParams(one === 'all' ? {} : { shown: one }, { replace: true })}
          options={SHOWN.map((value) => ({ value, text: t(value) }))}
        />
      </div>
      <Asked query={query} rows={6}>
        {({ pages }) => {
          const rows = pages.flatMap(({ redemptions }) => redemptions);
          if (rows.length === 0) return <Empty title={t(shown === 'stuck' ? 'noneStuck' : 'noneTaken')} />;
          return (
            <Table
              label={t('redemptions')}
              stack
              rows={rows}
              rowKey={({ id }) => id}
              columns={columns}
              onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
              busy={query.isFetchingNextPage}
            />
          );
        }}
      </Asked>
      {solving && <Solving of={solving} onClose={() => setSolving(null)} />}
    </Card>
  );
}

/** Whose code the shop has failed to make waits for the shop: nothing is reserved in it yet. */
function StateBadge({ of }: { of: Listed }) {
  const t = useWords(REWARDS);
  if (of.stuck) return <Badge tone="bad">{t('stuckBadge')}</Badge>;
  if (of.state === 'held' && of.codeState === 'wanted' && of.trouble !== null)
    return <Badge tone="warning">{t('awaited')}</Badge>;
  return <Badge tone={TONES[of.state]}>{t(of.state)}</Badge>;
}

function useColumns(solve: (one: Listed) => void): Column<Listed>[] {
  const t = useWords(REWARDS);
  const format = useFormat();
  const fulfil = useMay()('fulfil-rewards');
  return useMemo(
    () => [
      { key: 'title', head: t('reward'), cell: ({ title }) => title },
      {
        key: 'who',
        head: t('member'),
        cell: ({ member, memberName }) => <Link to={`/members/${member}`}>{memberName ?? t('unnamed')}</Link>,
      },
      { key: 'made', head: t('made'), wide: true, cell: ({ made }) => format.moment(made) },
      {
        key: 'points',
        head: t('cost'),
        figure: true,
        cell: ({ text, off }) => (
          <span>
            {text}
            {off !== '0' && (
              <>
                <br />
                <small>{format.money(off)}</small>
              </>
            )}
          </span>
        ),
      },
      { key: 'code', head: t('code'), wide: true, cell: ({ code }) => <code className="nowrap">{code}</code> },
      {
        key: 'state',
        head: t('state'),
        cell: (one) => (
          <>
            <StateBadge of={one} />{' '}
            {fulfil && one.state === 'held' && !one.byHand && (
              <Button look="quiet" onPress={() => solve(one)} aria-label={`${t('solve')}: ${one.title}`}>
                {t('solve')}
              </Button>
            )}
          </>
        ),
      },
    ],
    [format, fulfil, solve],
  );
}

/** What the shop's last answer means, in words. */
function troubleOf(why: string) {
  if (/answered 5\d\d/.test(why)) return 'shopDown';
  if (/429/.test(why)) return 'shopSlow';
  if (/no answer|40[58]|425/.test(why)) return 'shopSilent';
  return /401|403|no longer accepts/.test(why) ? 'shopShut' : 'shopOther';
}

/** What is the matter with one, and the two things that help. */
function Solving({ of, onClose }: { of: Listed; onClose(): void }) {
  const t = useWords(REWARDS);
  const api = useApi();
  const known = useQueryClient();
  const tell = useToast();
  const waits = of.codeState === 'wanted' || of.codeState === 'dying';
  const solve = useMutation({
    mutationFn: (how: 'retry' | 'release') =>
      answered(api.POST('/api/v1/redemptions/{id}/solve', { params: { path: { id: of.id } }, body: { how } })),
    onSuccess: async (_, how) => {
      onClose();
      tell(t(how === 'retry' ? 'retried' : 'letGo'));
      await known.invalidateQueries({ queryKey: ['redemptions'] });
    },
  });
  return (
    <Dialog
      title={`${t('solve')}: ${of.title}`}
      open
      onClose={onClose}
      actions={
        <>
          <Button look="danger" isPending={solve.isPending} onPress={() => solve.mutate('release')}>
            {t('release')}
          </Button>
          {waits && (
            <Button look="primary" isPending={solve.isPending} onPress={() => solve.mutate('retry')}>
              {t('retry')}
            </Button>
          )}
        </>
      }
    >
      {solve.isError && <Failed error={solve.error} />}
      {of.trouble !== null && <Note tone="warning">{t(troubleOf(of.trouble))}</Note>}
      {waits && <p>{t('retryMore')}</p>}
      <p>{t('releaseMore')}</p>
      {of.trouble !== null && (
        <p className="help">
          <small>{t('support', { why: of.trouble })}</small>
        </p>
      )}
    </Dialog>
  );
}
