import { useQuery } from '@tanstack/react-query';
import { LinkButton } from '../../kit/button.js';
import { answered } from '../../api/client.js';
import { Asked } from '../../kit/asked.js';
import { Fact, Badge, Card, Note, type Tone } from '../../kit/page.js';
import { useApi, useFormat, useMay, useWords } from '../../shell/desk-context.js';
import { TROUBLE } from './trouble-words.js';
import { SETTINGS } from './words.js';

const TONES: Record<string, Tone> = { active: 'good', suspended: 'bad', uninstalled: 'warning', redacted: 'neutral' };
const STATES = ['active', 'suspended', 'uninstalled', 'redacted'] as const;
const PLATFORMS: Record<string, string> = { shopify: 'Shopify', woocommerce: 'WooCommerce' };

/** Each store of the program, and how it does. */
export function Stores() {
  const t = useWords(SETTINGS);
  const w = useWords(TROUBLE);
  const mayMend = useMay()('mend-stores');
  const format = useFormat();
  const api = useApi();
  const query = useQuery({ queryKey: ['stores'], queryFn: () => answered(api.GET('/api/v1/stores')) });
  return (
    <Asked query={query} rows={3}>
      {({ stores }) =>
        stores.map((store) => {
          const state = STATES.find((known) => known === store.status);
          const { platform } = store;
          const again = platform === 'woocommerce' || platform === 'shopify' ? (`again_${platform}` as const) : null;
          const compared = store.comparisons.find(({ what }) => what === 'orders');
          return (
            <Card
              key={store.id}
              title={`${PLATFORMS[store.platform] ?? store.platform}: ${new URL(store.url).host}`}
              actions={<Badge tone={TONES[store.status] ?? 'neutral'}>{state ? t(state) : store.status}</Badge>}
            >
              {store.status === 'suspended' && (
                <Note tone="bad">
                  {w('refused')} {again === null ? null : w(again)}
                </Note>
              )}
              {store.stuck > 0 && <Note tone="warning">{t('stuckText', { n: store.stuck })}</Note>}
              {store.unread > 0 && <Note tone="warning">{t('unreadText', { n: store.unread })}</Note>}
              {store.stuck + store.unread > 0 && mayMend && (
                <div className="actions settings-acts">
                  <LinkButton to={`/settings/stores/${store.id}/trouble`}>{w('look')}</LinkButton>
                </div>
              )}
              <p className="quiet-text settings-about">
                {w('connected', { currency: store.currency, zone: store.zone, at: format.moment(store.installed) })}
              </p>
              <dl className="facts">
                {store.widgetSeen !== null && <Fact name={w('widget')}>{format.moment(store.widgetSeen)}</Fact>}
                <Fact name={t('lastDelivery')}>
                  {store.lastDelivery === null ? t('noDelivery') : format.moment(store.lastDelivery)}
                </Fact>
                <Fact name={t('waiting')}>{format.number(store.waiting)}</Fact>
                {compared && (
                  <Fact name={t('compared')}>
                    {compared.finished === null ? t('never') : format.moment(compared.finished)}
                    <small>{t('healed', { n: compared.healed })}</small>
                  </Fact>
                )}
              </dl>
            </Card>
          );
        })
      }
    </Asked>
  );
}
