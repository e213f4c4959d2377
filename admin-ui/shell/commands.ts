import { createContext, useContext, useEffect } from 'react';

/** Something that can be found and done from anywhere. */
export interface Command {
  id: string;
  text: string;
  /** The heading under which it is listed. */
  group: string;
  act(): void;
}

/** Answers a search: members, orders, whatever a place knows to find. */
export type Finder = (text: string) => Promise<readonly Command[]>;

export interface CommandRegistry {
  /** Gives the way to take it back. */
  offer(commands: readonly Command[]): () => void;
  offered(): readonly Command[];
}

export function makeRegistry(): CommandRegistry {
  const groups = new Set<readonly Command[]>();
  return {
    offer(commands) {
      groups.add(commands);
      return () => void groups.delete(commands);
    },
    offered: () => [...groups].flat(),
  };
}

export const Registry = createContext<CommandRegistry>(makeRegistry());

/** While the place is shown, its actions stand in the palette. Give a list that is the same from draw to draw (useMemo). */
export function useCommands(commands: readonly Command[]): void {
  const registry = useContext(Registry);
  useEffect(() => registry.offer(commands), [registry, commands]);
}
