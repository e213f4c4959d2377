import { readFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';

const axe = readFileSync(new URL('../../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

interface Finding {
  id: string;
  impact: string;
  nodes: { html: string }[];
}

type Axe = { run(options: object): Promise<{ violations: Finding[] }> };

/** What axe finds serious or worse on the page, or in the frame, as it stands: "path rule: element". `only` = these rules alone. */
export async function seriousFindings(page: Page | Frame, only?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (rules) =>
      (window as unknown as { axe: Axe }).axe.run({
        resultTypes: ['violations'],
        ...(rules === null ? {} : { runOnly: rules }),
      }),
    only ?? null,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${new URL(page.url()).pathname} ${id}: ${node.html.slice(0, 200)}`),
    );
}
