import * as z from 'zod';

/** How the program looks in a shopper's store. */
export const looks = z.strictObject({
  visible: z.boolean().meta({ description: 'false = a pilot is on and this shopper is not in it: show nothing' }),
  accent: z.string().nullable().meta({ description: 'a colour of CSS for both schemes; null = the widget’s own' }),
  onAccent: z.string().nullable().meta({ description: 'of the text on it' }),
  corner: z.enum(['start', 'end']).meta({ description: 'of the launcher, where the page names none' }),
});
