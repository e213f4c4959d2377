import { AppError } from '../lib/errors.js';
import type { Command } from './command.js';

/** What can be done with a program as a file. */
const ACTS: Record<string, () => Promise<{ command: Command }>> = {
  check: () => import('./program-check.js'),
  diff: () => import('./program-diff.js'),
  apply: () => import('./program-apply.js'),
  export: () => import('./program-export.js'),
  plan: () => import('./program-plan.js'),
  exploits: () => import('./program-exploits.js'),
  simulate: () => import('./program-simulate.js'),
};

/** `program <act> ...`: hands on to the act's own file. */
export const command: Command = async (invocation) => {
  const [act = '', ...args] = invocation.args;
  const load = ACTS[act];
  if (!load) {
    const acts = Object.keys(ACTS).join(', ');
    throw new AppError('usage', 400, `Say what to do with a program: ${acts}. Each says how it is used.`);
  }
  return (await load()).command({ ...invocation, args });
};
