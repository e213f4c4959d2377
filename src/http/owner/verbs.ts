import type * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import type { Owner } from '../contract.js';
import type * as api from './schemas.js';

export type VersionAnswer = z.infer<typeof api.versionAnswer>;
export type VersionsAnswer = z.infer<typeof api.versionsAnswer>;
export type DraftAnswer = z.infer<typeof api.draftAnswer>;
export type DraftWish = z.infer<typeof api.draftRequest>;

/** Who asks, proved by an API key: of one program, and of nothing else. */
export interface Asking {
  owner: Owner;
  now: Millis;
}

/** What the owner's routes ask of the product; each answers in the shape of the API (schemas.ts). */
export interface OwnerVerbs {
  program(asking: Asking): Promise<VersionAnswer>;
  versions(asking: Asking): Promise<VersionsAnswer>;
  version(asking: Asking, version: number): Promise<VersionAnswer>;
  draft(asking: Asking): Promise<DraftAnswer | null>;
  saveDraft(asking: Asking, wish: DraftWish): Promise<DraftAnswer>;
  discardDraft(asking: Asking, hash: string): Promise<void>;
}
