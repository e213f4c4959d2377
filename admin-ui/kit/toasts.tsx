import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { useWords } from '../shell/desk-context.js';
import { Button } from './button.js';
import { KIT } from './words.js';

interface Toast {
  id: number;
  text: ReactNode;
  undo?: { text: string; act(): void } | undefined;
}

type Tell = (text: ReactNode, undo?: Toast['undo']) => void;
const Context = createContext<Tell>(() => undefined);
const SHOWN_MS = 10_000;

/** Says what was done, in the past tense, with a way back where there is one. */
export const useToast = (): Tell => useContext(Context);

/** One polite region for the whole desk. */
export function Toasts({ children }: { children: ReactNode }) {
  const t = useWords(KIT);
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const next = useRef(1);
  const [held, setHeld] = useState(false);
  const drop = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const tell = useCallback<Tell>((text, undo) => {
    const id = next.current++;
    // what is said again takes the place of itself
    setToasts((all) => [...all.filter((one) => one.text !== text).slice(-2), { id, text, undo }]);
  }, []);
  const newest = toasts.at(-1)?.id;
  useEffect(() => {
    // what somebody has the hand or the focus on does not go away under it
    if (newest === undefined || held) return;
    const late = setTimeout(() => setToasts([]), SHOWN_MS);
    return () => clearTimeout(late);
  }, [newest, held]);
  return (
    <Context value={tell}>
      {children}
      <div
        className="toasts"
        role="status"
        aria-live="polite"
        onFocus={() => setHeld(true)}
        onBlur={() => setHeld(false)}
        onMouseEnter={() => setHeld(true)}
        onMouseLeave={() => setHeld(false)}
      >
        {toasts.map(({ id, text, undo }) => (
          <div key={id} className="toast">
            <span>{text}</span>
            {undo && (
              <Button
                look="quiet"
                onPress={() => {
                  undo.act();
                  drop(id);
                }}
              >
                {undo.text}
              </Button>
            )}
            <Button look="quiet" aria-label={t('close')} onPress={() => drop(id)}>
              ✕
            </Button>
          </div>
        ))}
      </div>
    </Context>
  );
}
