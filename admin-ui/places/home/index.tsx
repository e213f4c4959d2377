import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { answered } from '../../api/client.js';
import { Asked } from '../../kit/asked.js';
import { LinkButton } from '../../kit/button.js';
import { Select } from '../../kit/fields.js';
import { Card, Empty, Page } from '../../kit/page.js';
import { useApi, useFormat, useLanguage, useMay, useWords } from '../../shell/desk-context.js';
import { Facts, type Overview } from './facts.js';
import { Latest } from './latest.js';
import { Needs } from './needs.js';
import { HOME } from './words.js';

const PERIODS = ['7', '30', '90', '365'] as const;

/** Is it working, what happened, what needs me. */
export function Component() {
  const t = useWords(HOME);
  const api = useApi();
  const may = useMay();
  const locale = useLanguage();
  const [search, setSearch] = useSearchParams();
  const days = PERIODS.find((known) => known === search.get('days')) ?? '30';
  const query = useQuery({
    queryKey: ['overview', days, locale],
    queryFn: () => answered(api.GET('/api/v1/overview', { params: { query: { days: Number(days), locale } } })),
    enabled: may('see-reports'),
    refetchInterval: 30_000,
  });
  if (!may('see-reports'))
    return (
      <Page title={t('title')}>
        <Latest />
      </Page>
    );
  return (
    <Page
      title={t('title')}
      lead={<Lead overview={query.data} />}
      actions={
        <Select
          label={t('period')}
          value={days}
          onChange={(chosen) => setSearch({ days: chosen }, { replace: true })}
          options={PERIODS.map((value) => ({ value, text: t('days', { n: Number(value) }) }))}
        />
      }
    >
      <Asked query={query} rows={6}>
        {(overview) => (
          <>
            {overview.members === 0 && may('edit-drafts') && (
              <Card>
                <Empty
                  title={t('setUp')}
                  action={
                    <LinkButton look="primary" to="/set-up">
                      {t('setUp')}
                    </LinkButton>
                  }
                >
                  {t('setUpMore')}
                </Empty>
              </Card>
            )}
            <Facts overview={overview} />
            <div className="halves">
              <Needs needs={overview.needs} />
              <Latest />
            </div>
          </>
        )}
      </Asked>
    </Page>
  );
}

/** The answer to "is it working?", in a sentence. */
function Lead({ overview }: { overview: Overview | undefined }) {
  const t = useWords(HOME);
  const format = useFormat();
  if (!overview) return null;
  const { orders, giving, flows } = overview.now;
  if (orders === 0) return t('leadNone');
  const share = (part: number, whole: number) => format.percent(whole === 0 ? 0 : part / whole);
  const [flow] = flows;
  return t('lead', {
    share: share(giving, orders),
    orders,
    used: share(Number(flow?.used ?? 0), Number(flow?.given ?? 0)),
  });
}
