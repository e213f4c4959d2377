import { LinkButton } from '../../kit/button.js';
import { Card, Empty } from '../../kit/page.js';
import { useDesk, useFormat, useMay, useWords } from '../../shell/desk-context.js';
import { HOME } from './words.js';
import type { operations } from '../../api/schema.js';

type Need = operations['overview']['responses'][200]['content']['application/json']['needs'][number];

const SAID = {
  'store-refused': ['storeRefused', '/settings/stores'],
  'store-silent': ['storeSilent', '/settings/stores'],
  'store-credit': ['storeCredit', '/settings/audit?about=store'],
  unread: ['unread', '/settings/stores'],
  stuck: ['stuck', '/settings/stores'],
  undecided: ['undecided', '/ledger'],
  ending: ['ending', '/members'],
  draft: ['draft', '/program'],
  ceiling: ['ceiling', '/promotions'],
  'few-rewarded-early': ['fewEarly', '/reports/rewards'],
  'few-rewarded-ever': ['fewEver', '/reports/rewards'],
  'idle-rewards': ['idleRewards', '/reports/rewards'],
  'first-reward': ['firstReward', '/rewards'],
  adjustments: ['adjustments', '/members/waiting'],
  'to-hand-out': ['toHandOut', '/rewards/to-give'],
  'out-of-stock': ['outOfStock', '/rewards'],
} as const satisfies Record<Need['kind'], readonly [string, string]>;

/** What needs somebody, the most urgent first, each with the way to it. */
export function Needs({ needs }: { needs: readonly Need[] }) {
  const t = useWords(HOME);
  const format = useFormat();
  const toStore = useWayToStore();
  const about = ({ kind, about: of }: Need) => (kind.startsWith('s') || kind === 'unread' ? hostOf(of) : (of ?? ''));
  return (
    <Card title={needs.length > 0 ? `${t('needs')} (${needs.length})` : t('needs')}>
      {needs.length === 0 ? (
        <Empty title={t('nothing')} />
      ) : (
        <ul className="rules-lines">
          {needs.map((need) => {
            const [key, to] = SAID[need.kind];
            const points = need.kind === 'ending' ? format.points(need.n, need.about ?? 'points') : '';
            return (
              <li key={`${need.kind} ${need.about ?? ''}`} className="spread need">
                <span>{t(key, { n: need.n, about: about(need), members: need.members ?? 0, points })}</span>
                <LinkButton look="quiet" to={toStore(need) ?? to}>
                  {t('look')}
                </LinkButton>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

/** What of one store failed has a page of its own, for whoever may mend it. */
function useWayToStore(): (need: Need) => string | null {
  const { stores } = useDesk().me;
  const may = useMay()('mend-stores');
  return ({ kind, about }) => {
    const store = stores.find(({ url }) => url === about);
    return may && store && (kind === 'stuck' || kind === 'unread') ? `/settings/stores/${store.id}/trouble` : null;
  };
}

const hostOf = (url: string | null): string => (url !== null && URL.canParse(url) ? new URL(url).host : (url ?? ''));
