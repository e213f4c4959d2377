import * as z from 'zod';
import { errorAnswer } from '../storefront/schemas.js';

export { errorAnswer };

/** Bytes, as WebAuthn writes them in JSON. */
const bytes = (most: number) =>
  z
    .string()
    .regex(/^[\w-]*$/)
    .min(1)
    .max(most)
    .meta({ description: 'base64url' });
const instant = z.iso.datetime();

export const passkeysAnswer = z.strictObject({
  passkeys: z.array(
    z.strictObject({
      id: z.uuid(),
      name: z.string(),
      host: z.string().meta({ description: 'the address for which the device made it' }),
      added: instant,
      used: instant.nullable(),
    }),
  ),
});
export const newPasskeyAnswer = z.strictObject({
  challenge: z.string(),
  rpId: z.string(),
  person: z.strictObject({ id: z.string().meta({ description: 'base64url' }), name: z.string() }),
  algorithms: z.array(z.int()),
  known: z.array(z.string()).meta({ description: 'credentials that need not be made again, base64url' }),
});
export const addPasskeyRequest = z.strictObject({
  name: z.string().trim().min(1).max(60),
  credential: bytes(1400),
  clientData: bytes(4000),
  deviceData: bytes(4000),
  publicKey: bytes(2000).meta({ description: 'SubjectPublicKeyInfo' }),
});
export const passkeyParams = z.strictObject({ id: z.uuid() });

export const challengeAnswer = z.strictObject({ challenge: z.string(), rpId: z.string() });
export const signedRequest = z.strictObject({
  credential: bytes(1400),
  handle: bytes(100),
  clientData: bytes(4000),
  deviceData: bytes(4000),
  signature: bytes(2000),
});
