import { type CSSProperties, useState } from 'react';
import { readableAccent } from '../../../src/lib/readable-accent.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Select } from '../../kit/fields.js';
import { Card } from '../../kit/page.js';
import { useDesk, useMay, useWords } from '../../shell/desk-context.js';
import { type Showing, useShow, useShowing } from './use-showing.js';
import { SHOWING } from './showing-words.js';

/** The widget's own colour, for whoever begins with none. */
const OWN = '#0b5c61';

/** How the program looks in each store, by day and by night, as it is being chosen. */
export function Look() {
  const { me } = useDesk();
  return me.stores.map(({ id, url }) => <LookIn key={id} store={id} url={url} />);
}

function LookIn({ store, url }: { store: string; url: string }) {
  const t = useWords(SHOWING);
  const query = useShowing(store);
  return (
    <Card title={t('look', { host: new URL(url).host })}>
      <Asked query={query} rows={4}>
        {(kept) => <Choosing key={JSON.stringify(kept)} store={store} kept={kept} />}
      </Asked>
    </Card>
  );
}

function Choosing({ store, kept }: { store: string; kept: Showing }) {
  const t = useWords(SHOWING);
  const { me } = useDesk();
  const mayShow = useMay()('manage-store');
  const [now, setNow] = useState(kept);
  const show = useShow(store);
  const { accent, onAccent } = readableAccent(now.accent ?? OWN);
  const colours = { '--look-accent': accent, '--look-on-accent': onAccent } as CSSProperties;
  return (
    <div className="halves">
      <div className="form">
        {show.isError && <Failed error={show.error} />}
        <label className="field">
          <span className="label">{t('colour')}</span>
          <input
            type="color"
            value={now.accent ?? OWN}
            disabled={!mayShow}
            onChange={(event) => setNow({ ...now, accent: event.target.value })}
          />
          <span className="help">{t('colourMore')}</span>
        </label>
        <Select
          label={t('corner')}
          value={now.corner}
          isDisabled={!mayShow}
          onChange={(corner) => setNow({ ...now, corner })}
          options={[
            { value: 'start', text: t('start') },
            { value: 'end', text: t('end') },
          ]}
        />
        {mayShow && (
          <div className="actions">
            <Button
              isDisabled={JSON.stringify(now) === JSON.stringify(kept)}
              isPending={show.isPending}
              onPress={() => show.mutate({ now, before: kept })}
            >
              {t('keep')}
            </Button>
            {now.accent !== null && (
              <Button look="quiet" onPress={() => setNow({ ...now, accent: null })}>
                {t('ownColour')}
              </Button>
            )}
          </div>
        )}
      </div>
      <div className="look-previews" style={colours} role="img" aria-label={t('preview')}>
        {(['light', 'dark'] as const).map((scheme) => (
          <div key={scheme} className={`look-preview ${scheme} ${now.corner}`} aria-hidden="true">
            <strong>{me.program.name}</strong>
            <span className="look-button">{t('use')}</span>
            <span className="look-launcher">{me.program.name}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
