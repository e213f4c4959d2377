import { Suspense, useState } from 'react';
import { Outlet } from 'react-router';
import { Button } from '../kit/button.js';
import { Skeleton } from '../kit/asked.js';
import { Toasts } from '../kit/toasts.js';
import { AccountMenu } from './account-menu.js';
import { useDesk, useMay, useWords } from './desk-context.js';
import { HostMenu } from './host-menu.js';
import { Icon } from './icons.js';
import { useKeptFocus } from './keep-focus.js';
import { Palette } from './palette.js';
import { PLACES } from './places.js';
import { Rail } from './rail.js';
import { SHELL } from './words.js';

/** What stands around every place: the rail, the search, whoever is here. */
export function Shell() {
  const t = useWords(SHELL);
  const { me, host } = useDesk();
  const may = useMay();
  useKeptFocus();
  const [finding, setFinding] = useState(false);
  const places = PLACES.filter((place) => may(place.may));
  return (
    <Toasts>
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <div className="desk">
        <header className="top">
          <strong className="program-name">{me.program.name}</strong>
          <Button look="plain" onPress={() => setFinding(true)} aria-keyshortcuts="Control+K">
            <Icon of="find" />
            <span className="find-words">{t('find')}</span> <kbd>Ctrl K</kbd>
          </Button>
          <AccountMenu />
        </header>
        {host.embedded ? <HostMenu places={places} /> : <Rail places={places} />}
        <main id="content" tabIndex={-1}>
          <Suspense fallback={<Skeleton rows={6} />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Palette open={finding} onOpen={setFinding} places={places} />
    </Toasts>
  );
}
