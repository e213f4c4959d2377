import * as z from 'zod';

const amount = z.strictObject({
  points: z.string().meta({ description: 'whole points' }),
  worth: z.string().meta({ description: 'minor units of the program’s money' }),
});
const foreseen = z.strictObject({
  ...amount.shape,
  low: amount.nullable().meta({ description: 'null = tried too seldom on the program’s own past' }),
  high: amount.nullable(),
});
const tried = z.strictObject({
  foreseen: z.string().meta({ description: 'points' }),
  happened: z.string(),
  off: z.number().meta({ description: 'foreseen less happened, as a share of what was open then' }),
});

export const forecastAnswer = z.strictObject({
  units: z.array(
    z.strictObject({
      unit: z.string(),
      open: amount,
      moving: z.boolean().meta({ description: 'what members do puts off the end of points' }),
      past: z.int().meta({ description: 'whole months of a past that it rests on, 36 at most' }),
      months: z
        .array(
          z.strictObject({
            until: z.iso.datetime(),
            used: foreseen.meta({ description: 'of what is open now, from now up to then; so with `lapsed`' }),
            lapsed: foreseen,
            open: amount,
            tries: z.int().meta({ description: 'how often the past tells how far off this was' }),
          }),
        )
        .nullable()
        .meta({ description: 'null = the past is shorter than three months' }),
      tried: z
        .array(
          z.strictObject({
            back: z.int().meta({ description: 'made so many months ago, for as many months' }),
            result: z
              .strictObject({ open: z.string(), used: tried, lapsed: tried })
              .nullable()
              .meta({ description: 'null = the past was too short then' }),
          }),
        )
        .meta({ description: 'the forecast as it would have been made then, beside what happened' }),
    }),
  ),
});
