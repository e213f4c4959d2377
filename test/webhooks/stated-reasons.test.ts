import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parser } from 'typescript-eslint';
import { STATUS } from '../../webhooks/outcome.js';

/** docs/deliveries.md says every answer and every reason that the code can give, word for word, and none that it cannot. */
const page = readFileSync('docs/deliveries.md', 'utf8');

/** The first cells of a table's rows, from the heading above it. */
function firstCells(heading: string): string[] {
  const [, after = ''] = page.split(`## ${heading}\n`);
  const [section = ''] = after.split('\n## ');
  return [...section.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, cell]) => cell ?? '');
}

/** What is said to the log or to who watches, or is no sentence for a row. */
const ELSEWHERE = new Set(['compare-deliveries.ts', 'amounts.ts', 'shapes.ts', 'ids.ts', 'inbox.ts']);
const LOGGED = new Set([
  'a delivery could not be kept; its sender is asked to try again',
  'a delivery was refused',
  'webhooks come in another version than the one we read',
  'a newer state',
  'the body',
  '1 second',
  '1 millisecond',
]);

interface Node {
  type: string;
  [key: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Every text of several words in a file, with … for what is put in; what is handed to a watcher or to Postgres is left out. */
function sentencesOf(node: Node, found: string[] = []): string[] {
  const callee = node.type === 'CallExpression' ? (node['callee'] as Node) : null;
  const name = (callee?.['property'] as Node | undefined)?.['name'] ?? callee?.['name'];
  if (name === 'watch' || name === 'prepared' || node.type === 'ImportDeclaration') return found;
  if (node.type === 'Literal' && typeof node['value'] === 'string') found.push(node['value']);
  if (node.type === 'TemplateLiteral')
    found.push((node['quasis'] as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('…'));
  for (const [key, value] of Object.entries(node)) {
    if (key === 'parent') continue;
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) sentencesOf(child, found);
  }
  return found;
}

test('each reason that a row of the inbox, or a refusal’s log line, can state is in the table, and the other way round', () => {
  const files = readdirSync('webhooks', { recursive: true, withFileTypes: true }).filter(
    ({ name }) => name.endsWith('.ts') && !ELSEWHERE.has(name),
  );
  const said = files.flatMap(({ parentPath, name }) =>
    sentencesOf(parser.parseForESLint(readFileSync(join(parentPath, name), 'utf8')).ast as unknown as Node),
  );
  const isSentence = (text: string) => /^[a-z0-9][^\n]* \S/.test(text) && /[a-z]{2,} [a-z…]/i.test(text);
  const reasons = said.filter((text) => isSentence(text) && !/\$\d|^select /.test(text) && !LOGGED.has(text));
  expect([...new Set(reasons)].sort()).toEqual([...firstCells('Reasons')].sort());
});

test('each answer of the receiver is in the table with its status', () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (\d{3}) /gm)].map(([, outcome, status]) => [
    outcome,
    Number(status),
  ]);
  expect(Object.fromEntries(rows)).toEqual(STATUS);
  expect(rows).toHaveLength(Object.keys(STATUS).length);
});
