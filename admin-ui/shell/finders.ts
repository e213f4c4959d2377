import { memberFinder } from '../places/members/member-finder.js';
import type { NavigateFunction } from 'react-router';
import type { Api } from '../api/client.js';
import type { Permission } from './desk-context.js';
import type { Finder } from './commands.js';

export interface Finding {
  api: Api;
  go: NavigateFunction;
  may: (permission: Permission) => boolean;
  /** The heading of members that were found. */
  members: string;
}

/** Who answers a search, beside pages and actions. A place that knows to find something adds a line. */
export const findersOf = (finding: Finding): readonly Finder[] => [memberFinder(finding)];
