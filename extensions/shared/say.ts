/** Shopify's own translation: sentences of locales/*.json, in the language that it chose for the extension. */
export type Say = (key: string, slots?: Record<string, string | number>) => string;

interface Speaking {
  i18n: { translate(key: string, options?: Record<string, string | number>): unknown };
}

export const sayOf =
  ({ i18n }: Speaking): Say =>
  (key, slots) =>
    String(i18n.translate(key, slots));
