/**
 * Who may do what at the desk. A permission is named after what it lets one do; every route of the owner's API names
 * one, and the matrix of roles and routes is a test (test/http/desk/roles.test.ts).
 */
export const ROLES = ['owner', 'admin', 'support', 'till', 'read-only'] as const;
export type Role = (typeof ROLES)[number];

const EVERYBODY = ROLES;
const READERS = ['owner', 'admin', 'support', 'read-only'] as const;
const MEMBER_WORK = ['owner', 'admin', 'support', 'till'] as const;

export const MAY = {
  /** The program, its versions, promotions and rewards as they are. */
  'see-program': EVERYBODY,
  'see-reports': READERS,
  /** What the program shall reach: reports say whether it does. */
  'set-targets': ['owner', 'admin'],
  /** Noting what was passed on to causes. */
  'pay-causes': ['owner', 'admin'],
  'see-ledger': READERS,
  /** Who was who, and what they may do: staff, keys, the log of changes. */
  'see-audit': ['owner', 'admin', 'read-only'],
  'find-members': EVERYBODY,
  /** Names and addresses of members; without it they are left out of every answer. */
  'see-names': MEMBER_WORK,
  /** Within the limits of one's role, at once and in a day; an owner has none. Not at the till. */
  'adjust-points': ['owner', 'admin', 'support'],
  /** An adjustment above the amount that needs a second pair of eyes. */
  'approve-adjustments': ['owner', 'admin'],
  'tell-events': MEMBER_WORK,
  'enrol-members': MEMBER_WORK,
  'fulfil-rewards': MEMBER_WORK,
  /** How many pieces of a reward there are. */
  'keep-stock': ['owner', 'admin', 'support'],
  'merge-members': ['owner', 'admin', 'support'],
  'block-members': ['owner', 'admin', 'support'],
  'edit-drafts': ['owner', 'admin'],
  publish: ['owner', 'admin'],
  'run-promotions': ['owner', 'admin'],
  'export-data': ['owner', 'admin'],
  'import-data': ['owner', 'admin'],
  /** The whole program in one file, with names where one may see them. */
  'export-everything': ['owner'],
  'erase-members': ['owner'],
  'manage-staff': ['owner'],
  'manage-keys': ['owner'],
  'manage-store': ['owner'],
  /** What went wrong between a store and us: looked at, tried again, laid to rest. */
  'mend-stores': ['owner', 'admin'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof MAY;

export const mayDo = (role: Role, permission: Permission): boolean =>
  (MAY[permission] as readonly Role[]).includes(role);

/** What a role may do, in the order of the table above. */
export const permissionsOf = (role: Role): Permission[] =>
  (Object.keys(MAY) as Permission[]).filter((permission) => mayDo(role, permission));
