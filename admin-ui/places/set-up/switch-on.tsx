import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button, LinkButton } from '../../kit/button.js';
import { Card, Note } from '../../kit/page.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useFormat, useMay, useWords } from '../../shell/desk-context.js';
import { OutOfUse } from '../program/out-of-use.js';
import type { Draft } from '../program/use-program.js';
import { Line } from './line.js';
import { MailLine } from './mail.js';
import { SET_UP } from './words.js';

type Store = operations['stores']['responses'][200]['content']['application/json']['stores'][number];

/** The last step, and what is left to do: looked at by us, not ticked by the owner. */
export function SwitchOn({ draft }: { draft: Draft | null }) {
  const t = useWords(SET_UP);
  const api = useApi();
  const known = useQueryClient();
  const tell = useToast();
  const publish = useMay()('publish');
  const stores = useQuery({ queryKey: ['stores'], queryFn: () => answered(api.GET('/api/v1/stores')) });
  const on = useMutation({
    mutationFn: (hash: string) => answered(api.POST('/api/v1/publish', { body: { hash } })),
    onSuccess: async () => {
      tell(t('isOn'));
      await known.invalidateQueries();
    },
  });
  return (
    <Card title={t('left')}>
      {on.isError && <Failed error={on.error} />}
      <Asked query={stores} rows={3}>
        {(answer) => (
          <ul className="checks">
            <Line done={answer.stores.some(({ status }) => status === 'active')} text={t('isConnected')} />
            {answer.stores.map((store) => (
              <Heard key={store.id} host={new URL(store.url).host} last={store.lastDelivery} />
            ))}
            {answer.stores.map((store) => (
              <Seen key={store.id} store={store} />
            ))}
            <MailLine />
            <Line done={draft === null} text={t(draft === null ? 'isLive' : 'isDraft')} />
          </ul>
        )}
      </Asked>
      {draft === null ? (
        <Note tone="good">{t('isOn')}</Note>
      ) : (
        <>
          <OutOfUse to="draft" hash={draft.hash} />
          <div className="actions">
            <LinkButton to="/program/check">{t('check')}</LinkButton>
            {publish && (
              <Button look="primary" isPending={on.isPending} onPress={() => on.mutate(draft.hash)}>
                {t('switchOn')}
              </Button>
            )}
          </div>
        </>
      )}
      <p className="lead">{t('undo')}</p>
    </Card>
  );
}

function Heard({ host, last }: { host: string; last: string | null }) {
  const t = useWords(SET_UP);
  const format = useFormat();
  const text = last === null ? t('notHeard', { host }) : t('heard', { host, at: format.moment(last) });
  return <Line done={last !== null} text={text} />;
}

function Seen({ store }: { store: Pick<Store, 'url' | 'hasOrders' | 'widgetSeen'> }) {
  const t = useWords(SET_UP);
  const format = useFormat();
  const { url, hasOrders, widgetSeen } = store;
  const host = new URL(url).host;
  const seen =
    widgetSeen === null ? t('widgetUnseen', { host }) : t('widgetSeen', { host, at: format.moment(widgetSeen) });
  return (
    <>
      <Line done={hasOrders} text={t(hasOrders ? 'ordersCame' : 'noOrderCame', { host })} />
      <Line done={widgetSeen !== null} text={seen}>
        {widgetSeen === null && (
          <a href={url} target="_blank" rel="noreferrer">
            {t('openShop')}
          </a>
        )}
      </Line>
    </>
  );
}
