import { useState } from 'react';
import { NavLink } from 'react-router';
import { useWords } from './desk-context.js';
import { Icon } from './icons.js';
import type { Place } from './places.js';
import { SHELL } from './words.js';

/** What stands at hand on a phone, beside the way to the rest. */
const AT_HAND: readonly Place['id'][] = ['home', 'program', 'promotions', 'members'];

/** The places: all of them beside the page; on a phone the first beneath it, and the rest one press away. */
export function Rail({ places }: { places: readonly Place[] }) {
  const t = useWords(SHELL);
  const [all, setAll] = useState(false);
  return (
    <nav className={all ? 'rail all' : 'rail'} aria-label={t('places')}>
      {places.map(({ id, path }) => (
        <NavLink
          key={id}
          to={`/${path}`}
          end={path === ''}
          className={AT_HAND.includes(id) ? '' : 'rest'}
          onClick={() => setAll(false)}
        >
          <Icon of={id} />
          <span>{t(id)}</span>
        </NavLink>
      ))}
      {places.length > AT_HAND.length + 1 && (
        <button className="rail-more" aria-expanded={all} onClick={() => setAll(!all)}>
          <Icon of={all ? 'less' : 'more'} />
          <span>{t(all ? 'less' : 'more')}</span>
        </button>
      )}
    </nav>
  );
}
