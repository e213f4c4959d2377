import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Api } from '../api/client.js';
import type { components } from '../api/schema.js';
import type { Host } from '../host/host.js';
import { type Format, formatOf } from '../words/format.js';
import { type Language, say, type Values, type Words } from '../words/words.js';
import type { operations } from '../api/schema.js';

export type Me = operations['me']['responses'][200]['content']['application/json'];
export type Permission = Me['may'][number];
export type Schemas = components['schemas'];

interface Desk {
  me: Me;
  api: Api;
  host: Host;
  format: Format;
}

const Context = createContext<Desk | null>(null);

/** Who is at the desk, and of which program: known before any place is shown. */
export function DeskProvider({ me, api, host, children }: Omit<Desk, 'format'> & { children: ReactNode }) {
  // to the minute, so that figures are written anew only when the two clocks part
  const ahead = useMemo(() => Math.round((Date.parse(me.now) - Date.now()) / 60_000) * 60_000, [me.now]);
  const format = useMemo(() => formatOf(me.language, me.program, ahead), [me.language, me.program, ahead]);
  const desk = useMemo(() => ({ me, api, host, format }), [me, api, host, format]);
  return <Context value={desk}>{children}</Context>;
}

export function useDesk(): Desk {
  const desk = useContext(Context);
  if (!desk) throw new Error('asked for outside the desk');
  return desk;
}

/** The API, typed. */
export const useApi = (): Api => useDesk().api;

/** How figures, money and dates are written here. */
export const useFormat = (): Format => useDesk().format;

/** What a role cannot do is not shown. */
export const useMay = (): ((permission: Permission) => boolean) => {
  const { me } = useDesk();
  return (permission) => me.may.includes(permission);
};

export const LanguageContext = createContext<Language>('en');
export const useLanguage = (): Language => useContext(LanguageContext);

/** Says a part's words in the reader's language: `const t = useWords(WORDS); t('title', { n: 3 })`. */
export function useWords<K extends string>(words: Words<K>): (key: K, values?: Values) => string {
  const language = useLanguage();
  return (key, values) => say(language, words[language][key], values);
}
