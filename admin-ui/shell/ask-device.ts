const toText = (bytes: ArrayBuffer | null): string => {
  const letters = [...new Uint8Array(bytes ?? new ArrayBuffer(0))].map((byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
};
const toBytes = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

/** Devices keep keys for names, not for bare addresses, and not for a page inside another. */
export const devicesMaySign = (): boolean =>
  'PublicKeyCredential' in globalThis && isSecureContext && top === self && !/^[\d.]+$|:/.test(location.hostname);

interface Wish {
  challenge: string;
  rpId: string;
  person: { id: string; name: string };
  algorithms: readonly number[];
  known: readonly string[];
}

/** A new key on the device; null when whoever holds it did not agree. */
export async function makeKey({ challenge, rpId, person, algorithms, known }: Wish) {
  const made = await navigator.credentials
    .create({
      publicKey: {
        challenge: new TextEncoder().encode(challenge),
        rp: { id: rpId, name: 'Tallymark' },
        user: { id: toBytes(person.id), name: person.name, displayName: person.name },
        pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        excludeCredentials: known.map((id) => ({ type: 'public-key', id: toBytes(id) })),
      },
    })
    .catch(() => null);
  if (!(made instanceof PublicKeyCredential)) return null;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    credential: toText(made.rawId),
    clientData: toText(response.clientDataJSON),
    deviceData: toText(response.getAuthenticatorData()),
    publicKey: toText(response.getPublicKey()),
  };
}

/** The challenge, signed by a key of the device; null when there is none, or whoever holds it did not agree. */
export async function signChallenge({ challenge, rpId }: { challenge: string; rpId: string }) {
  const signed = await navigator.credentials
    .get({ publicKey: { challenge: new TextEncoder().encode(challenge), rpId, userVerification: 'required' } })
    .catch(() => null);
  if (!(signed instanceof PublicKeyCredential)) return null;
  const response = signed.response as AuthenticatorAssertionResponse;
  return {
    credential: toText(signed.rawId),
    handle: toText(response.userHandle),
    clientData: toText(response.clientDataJSON),
    deviceData: toText(response.authenticatorData),
    signature: toText(response.signature),
  };
}
