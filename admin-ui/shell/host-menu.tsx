import { createElement, useEffect } from 'react';
import { useNavigate } from 'react-router';
import { useDesk, useWords } from './desk-context.js';
import type { Place } from './places.js';
import { SHELL } from './words.js';

/**
 * Inside Shopify's admin the places stand in the admin's own menu: App Bridge reads them here, and tells by an event on the
 * link which of them was chosen. Without it the page would be asked for anew, and without a token.
 */
export function HostMenu({ places }: { places: readonly Place[] }) {
  const t = useWords(SHELL);
  const go = useNavigate();
  const { host } = useDesk();
  useEffect(() => {
    const follow = ({ target }: Event) => {
      const to = target instanceof Element ? target.getAttribute('href') : null;
      if (to !== null && (to === host.base || to.startsWith(`${host.base}/`)))
        void go(to.slice(host.base.length) || '/');
    };
    document.addEventListener('shopify:navigate', follow);
    return () => document.removeEventListener('shopify:navigate', follow);
  }, [go, host.base]);
  return createElement(
    's-app-nav',
    { hidden: true },
    places.map(({ id, path }) => (
      <a key={id} href={path === '' ? host.base : `${host.base}/${path}`} {...(path === '' ? { rel: 'home' } : {})}>
        {t(id)}
      </a>
    )),
  );
}
