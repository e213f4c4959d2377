import { useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router';

/** Parts of one place, each with an address of its own. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly { to: string; text: string; end?: boolean }[] }) {
  const { pathname } = useLocation();
  const bar = useRef<HTMLElement>(null);
  // on a phone the tab that is open may stand beyond the edge
  useEffect(() => {
    const show = () => {
      const open = bar.current?.querySelector<HTMLElement>('[aria-current]');
      if (open) bar.current?.scrollTo({ left: open.offsetLeft - 48 });
    };
    show();
    addEventListener('resize', show);
    return () => removeEventListener('resize', show);
  }, [pathname]);
  return (
    <nav className="tabs" aria-label={label} ref={bar}>
      {tabs.map(({ to, text, end = false }) => (
        <NavLink key={to} to={to} end={end}>
          {text}
        </NavLink>
      ))}
    </nav>
  );
}
