import { Asked, Failed } from '../../kit/asked.js';
import { Choices } from '../../kit/fields.js';
import { Card } from '../../kit/page.js';
import { useDesk, useMay, useWords } from '../../shell/desk-context.js';
import { useShow, useShowing } from './use-showing.js';
import { SHOWING } from './showing-words.js';

const SHARES = [100, 50, 20, 10];

/** Everyone, or a share of the customers first; the rest is whom they are compared with. */
export function Pilot() {
  const { me } = useDesk();
  const mayShow = useMay()('manage-store');
  return mayShow ? me.stores.map(({ id, url }) => <PilotIn key={id} store={id} host={new URL(url).host} />) : null;
}

function PilotIn({ store, host }: { store: string; host: string }) {
  const t = useWords(SHOWING);
  const query = useShowing(store);
  const show = useShow(store);
  return (
    <Card title={t('who', { host })}>
      {show.isError && <Failed error={show.error} />}
      <Asked query={query} rows={4}>
        {(kept) => (
          <Choices
            label={t('whoSees')}
            said
            value={String(kept.share)}
            onChange={(share) => show.mutate({ now: { ...kept, share: Number(share) }, before: kept })}
            options={[...new Set([...SHARES, kept.share])]
              .sort((a, b) => b - a)
              .map((share) => ({
                value: String(share),
                text: share === 100 ? t('everyone') : t('some', { share }),
              }))}
          />
        )}
      </Asked>
      <p className="lead">{t('pilotMore')}</p>
    </Card>
  );
}
