import type { ComponentType } from 'react';
import type { Permission } from './desk-context.js';

type Loaded = Promise<{ Component: ComponentType }>;

export interface Place {
  /** Its name in the address, and in the words of the shell. */
  id: 'home' | 'program' | 'promotions' | 'rewards' | 'members' | 'ledger' | 'reports' | 'settings';
  path: string;
  may: Permission;
  /** Loaded when it is opened first. Each draws its own parts (`/*` below its path). */
  load(): Loaded;
}

/** The eight places of the desk, in the order of the rail and of the keys 1 to 8. */
export const PLACES: readonly Place[] = [
  { id: 'home', path: '', may: 'see-program', load: () => import('../places/home/index.js') },
  { id: 'program', path: 'program', may: 'see-program', load: () => import('../places/program/index.js') },
  { id: 'promotions', path: 'promotions', may: 'see-program', load: () => import('../places/promotions/index.js') },
  { id: 'rewards', path: 'rewards', may: 'see-program', load: () => import('../places/rewards/index.js') },
  { id: 'members', path: 'members', may: 'find-members', load: () => import('../places/members/index.js') },
  { id: 'ledger', path: 'ledger', may: 'see-ledger', load: () => import('../places/ledger/index.js') },
  { id: 'reports', path: 'reports', may: 'see-reports', load: () => import('../places/reports/index.js') },
  { id: 'settings', path: 'settings', may: 'see-program', load: () => import('../places/settings/index.js') },
];
