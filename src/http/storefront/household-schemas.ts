import * as z from 'zod';

export const householdAnswer = z.strictObject({
  size: z
    .int()
    .nullable()
    .meta({ description: 'how many may be in one, with the head; null = there are no households here' }),
  household: z
    .strictObject({
      head: z.boolean().meta({ description: 'the member is its head: what everybody earns is theirs to use' }),
      people: z.array(
        z.strictObject({
          name: z.string().nullable().meta({ description: 'the first name, where it is known' }),
          head: z.boolean(),
          you: z.boolean(),
        }),
      ),
    })
    .nullable()
    .meta({ description: 'null = the member is in none' }),
  invitations: z.array(z.strictObject({ id: z.string(), name: z.string().nullable() })),
});
export const inviteRequest = z.strictObject({
  to: z
    .string()
    .trim()
    .min(3)
    .max(254)
    .meta({ description: 'the e-mail address or the member code of whoever is invited' }),
});
export const acceptRequest = z.strictObject({ invitation: z.string().min(1).max(64) });
