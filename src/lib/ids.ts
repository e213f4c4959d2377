import { randomBytes } from 'node:crypto';

/** An unguessable name in base64url; 16 bytes are enough for anything that must not be found by trying. */
export const unguessable = (bytes = 16): string => randomBytes(bytes).toString('base64url');

/** Names one request in logs and in the answer's header; not a secret. */
export const requestId = (): string => randomBytes(8).toString('hex');
