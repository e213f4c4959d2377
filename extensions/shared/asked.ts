import { useEffect, useState } from 'preact/hooks';

export interface Asked<T> {
  value: T | null;
  /** True from the first failure until an answer: what was answered before stays on show. */
  failed: boolean;
  again(): void;
}

/** Asks once for each `key` (null = not yet); an answer to an older question is dropped. */
export function useAsked<T>(key: string | null, ask: () => Promise<T>): Asked<T> {
  const [state, setState] = useState<{ value: T | null; failed: boolean }>({ value: null, failed: false });
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (key === null) return undefined;
    let current = true;
    ask().then(
      (value) => current && setState({ value, failed: false }),
      () => current && setState((before) => ({ ...before, failed: true })),
    );
    return () => {
      current = false;
    };
  }, [key, round]);
  return { ...state, again: () => setRound((before) => before + 1) };
}
