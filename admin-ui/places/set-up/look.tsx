import { type CSSProperties, useEffect, useRef, useState } from 'react';
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
        {(kept) => <Choosing store={store} kept={kept} />}
      </Asked>
    </Card>
  );
}

/** What is chosen is kept at once, with a way back: whoever goes on to the next step has lost nothing. */
function Choosing({ store, kept }: { store: string; kept: Showing }) {
  const t = useWords(SHOWING);
  const { me } = useDesk();
  const mayShow = useMay()('manage-store');
  const [now, setNow] = useState(kept);
  const [seen, setSeen] = useState(kept);
  if (seen !== kept) {
    setSeen(kept);
    setNow(kept);
  }
  const show = useShow(store);
  const keep = (wish: Showing) => {
    setNow(wish);
    if (JSON.stringify(wish) !== JSON.stringify(kept)) show.mutate({ now: wish, before: kept });
  };
  const colour = useColourChosen((accent) => keep({ ...now, accent }));
  const { accent, onAccent } = readableAccent(now.accent ?? OWN);
  const colours = { '--look-accent': accent, '--look-on-accent': onAccent } as CSSProperties;
  return (
    <div className="halves">
      <div className="form">
        {show.isError && <Failed error={show.error} />}
        <label className="field">
          <span className="label">{t('colour')}</span>
          <input
            ref={colour}
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
          onChange={(corner) => keep({ ...now, corner })}
          options={[
            { value: 'start', text: t('start') },
            { value: 'end', text: t('end') },
          ]}
        />
        {mayShow && now.accent !== null && (
          <div>
            <Button look="quiet" onPress={() => keep({ ...now, accent: null })}>
              {t('ownColour')}
            </Button>
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

/** While a colour is looked for, each one is shown; the one at which the chooser is closed is meant. */
function useColourChosen(chosen: (colour: string) => void) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const at = input.current;
    const tell = () => at && chosen(at.value);
    at?.addEventListener('change', tell);
    return () => at?.removeEventListener('change', tell);
  });
  return input;
}
