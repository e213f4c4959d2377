import type { NavigateFunction } from 'react-router';
import type { Api } from '../api/client.js';
import type { Permission } from './desk-context.js';
import type { Finder } from './commands.js';

interface Finding {
  api: Api;
  go: NavigateFunction;
  may: (permission: Permission) => boolean;
}

/** Who answers a search, beside pages and actions. A place that knows to find something adds a line. */
export const findersOf = (_finding: Finding): readonly Finder[] => [];
