import { useContext, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components';
import { useNavigate } from 'react-router';
import { type Command, Registry } from './commands.js';
import { useApi, useMay, useWords } from './desk-context.js';
import { findersOf } from './finders.js';
import type { Place } from './places.js';
import { SHELL } from './words.js';

interface PaletteProps {
  open: boolean;
  onOpen(open: boolean): void;
  places: readonly Place[];
}

/** Typing somewhere is not a key of the desk. */
const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Ctrl K or `/`: finds pages, actions, members and orders, and does them; 1 to 8 go to a place. */
export function Palette({ open, onOpen, places }: PaletteProps) {
  const go = useNavigate();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        onOpen(true);
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || open) return;
      const place = places[Number(event.key) - 1];
      if (place) void go(`/${place.path}`);
      if (event.key === '/') {
        event.preventDefault();
        onOpen(true);
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [open, onOpen, places, go]);
  return (
    <ModalOverlay className="overlay top-most" isOpen={open} onOpenChange={onOpen} isDismissable>
      <Modal className="modal palette">
        <Finding places={places} close={() => onOpen(false)} />
      </Modal>
    </ModalOverlay>
  );
}

function Finding({ places, close }: { places: readonly Place[]; close(): void }) {
  const t = useWords(SHELL);
  const list = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const hits = useHits(text, places);
  const chosen = hits[Math.min(at, hits.length - 1)];
  const act = (command: Command | undefined) => {
    if (!command) return;
    close();
    command.act();
  };
  const onKey = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setAt((now) => Math.max(0, Math.min(hits.length - 1, now + (event.key === 'ArrowDown' ? 1 : -1))));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      act(chosen);
    }
  };
  return (
    <AriaDialog className="dialog" aria-label={t('find')}>
      <input
        className="palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={chosen ? `${list}-${chosen.id}` : undefined}
        aria-label={t('find')}
        placeholder={t('findHint')}
        value={text}
        autoFocus
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <ul id={list} role="listbox" aria-label={t('find')} className="palette-list">
        {hits.map((command, place) => (
          <li
            key={command.id}
            id={`${list}-${command.id}`}
            role="option"
            aria-selected={command === chosen}
            onClick={() => act(command)}
          >
            <span>{command.text}</span>
            {hits[place - 1]?.group !== command.group && <small>{command.group}</small>}
          </li>
        ))}
      </ul>
      {hits.length === 0 && <p className="empty">{t('nothing')}</p>}
    </AriaDialog>
  );
}

const PAUSE_MS = 120;

/** Pages and actions at once; what the service finds as soon as it has answered. */
function useHits(text: string, places: readonly Place[]): readonly Command[] {
  const t = useWords(SHELL);
  const go = useNavigate();
  const api = useApi();
  const may = useMay();
  const registry = useContext(Registry);
  const [found, setFound] = useState<readonly Command[]>([]);
  const pages = useMemo(
    () =>
      places.map(({ id, path }) => ({
        id: `page-${id}`,
        text: t(id),
        group: t('pages'),
        act: () => void go(`/${path}`),
      })),

    [places],
  );
  const finders = useRef(findersOf({ api, go, may, members: t('members') }));
  useEffect(() => {
    if (text.trim().length < 2) return setFound([]);
    let late = false;
    const timer = setTimeout(() => {
      void Promise.all(finders.current.map((find) => find(text.trim()).catch(() => []))).then((answers) => {
        if (!late) setFound(answers.flat());
      });
    }, PAUSE_MS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [text]);
  const wanted = text.trim().toLowerCase();
  const fits = (command: Command) => command.text.toLowerCase().includes(wanted);
  return [...found, ...[...registry.offered(), ...pages].filter(fits)].slice(0, 30);
}
