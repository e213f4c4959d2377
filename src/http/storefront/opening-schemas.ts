import * as z from 'zod';
import { instant } from './progress-schemas.js';

export const mayBuyAnswer = z.strictObject({
  product: z.string(),
  now: z.boolean().meta({ description: 'whether this shopper may buy it now' }),
  from: instant.nullable().meta({ description: 'from when this shopper may; null = nothing holds it back any more' }),
  opens: instant.nullable().meta({ description: 'from when everybody may; null = nothing holds it back any more' }),
  sentence: z.string().nullable().meta({ description: 'what to say of it; null = nothing' }),
});
