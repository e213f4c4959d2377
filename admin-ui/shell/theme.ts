export type Theme = 'system' | 'light' | 'dark';
const KEPT = 'tallymark-theme';

export const themeNow = (): Theme => {
  const kept = localStorage.getItem(KEPT);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
};

/** Puts a look on, and remembers it on this device. */
export function wear(theme: Theme): void {
  localStorage.setItem(KEPT, theme);
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
