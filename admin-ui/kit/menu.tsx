import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Button } from './button.js';

export interface MenuEntry {
  id: string;
  text: ReactNode;
  act(): void;
  danger?: boolean;
}

/** What else can be done, behind one button. */
export function Menu({ label, entries }: { label: ReactNode; entries: readonly MenuEntry[] }) {
  return (
    <MenuTrigger>
      <Button>{label}</Button>
      <Popover className="popover" placement="bottom end">
        <AriaMenu className="menu" onAction={(key) => entries.find(({ id }) => id === key)?.act()}>
          {entries.map(({ id, text, danger }) => (
            <MenuItem key={id} id={id} className={danger ? 'menu-item danger' : 'menu-item'}>
              {text}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
