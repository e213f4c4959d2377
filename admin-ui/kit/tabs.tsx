import { NavLink } from 'react-router';

/** Parts of one place, each with an address of its own. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly { to: string; text: string; end?: boolean }[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ to, text, end = false }) => (
        <NavLink key={to} to={to} end={end}>
          {text}
        </NavLink>
      ))}
    </nav>
  );
}
