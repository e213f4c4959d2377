import type { Command } from './command.js';

/** What can be asked for, a line each; with nothing asked for all of it runs. */
export const ROLES = {
  all: 'everything in one process: beside a database of its own the demo, else web and worker',
  web: 'the service alone: webhooks, storefronts, desk',
  worker: 'what happens without a request',
  migrate: 'brings the database up to date',
  verify: 'checks every invariant of the ledger',
  replay: 'reads kept deliveries again and rebuilds all books',
  reconcile: '[store]: compares orders with the platform now',
  explain: 'member|order|line <id>: every line of a balance',
  export: '<program>: all rows as lines of JSON',
  person: '<store> <customer>: all that is kept of one customer',
  program: 'check|diff|apply|export|plan|exploits|simulate: a program as a file (docs/program-file.md)',
  gallery: '[id]: lists the ready programs, or prints the file of one',
  'index-members': 'makes members of before findable by name',
  staff: 'add|list|link|remove <program> ...: who works at the desk',
  'api-key': 'create|list|revoke <program> ...: keys for the owner’s own software',
  promotion: 'list|conflicts|pause|resume|stop|schedule|copy <program> ...',
  import: 'check|start|undo|remove <program> ...: members and balances from a CSV',
  stickers: 'list|print|void <program> ...',
  clearing: '<program> [month]: what shops that share points owe each other',
  help: 'this list',
} as const;

export const command: Command = ({ say }) => {
  const longest = Math.max(...Object.keys(ROLES).map((role) => role.length));
  say('npm start [-- <role> ...], or npx tallymark <role> ...');
  for (const [role, what] of Object.entries(ROLES)) say(`  ${role.padEnd(longest)}  ${what}`);
  say('A role that is asked wrongly says how it is used; README.md says more of each.');
  return Promise.resolve('done');
};
