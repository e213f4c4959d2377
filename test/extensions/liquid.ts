import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Liquid, type TagToken, type TopLevelToken } from 'liquidjs';

const folder = fileURLToPath(new URL('../../extensions/theme/', import.meta.url));
export const BLOCKS = ['launcher', 'product', 'cart', 'account'] as const;
export type Block = (typeof BLOCKS)[number];

/** A block's own schema, as Shopify reads it out of the file. */
export interface BlockSchema {
  name: string;
  target: 'section' | 'body';
  javascript: string;
  settings: { type: string; id: string; label: string; info?: string; default?: unknown }[];
}

export const source = (block: Block): string => readFileSync(`${folder}blocks/${block}.liquid`, 'utf8');

export function schemaOf(block: Block): BlockSchema {
  const [, text] = /\{% schema %\}([\s\S]*)\{% endschema %\}/.exec(source(block)) ?? [];
  return JSON.parse(text ?? '') as BlockSchema;
}

/** Liquid as a theme has it: what is not known is an error, `schema` draws nothing, snippets lie beside the blocks. */
function engine(): Liquid {
  const liquid = new Liquid({
    root: `${folder}snippets`,
    partials: `${folder}snippets`,
    extname: '.liquid',
    strictFilters: true,
    ownPropertyOnly: true,
  });
  liquid.registerTag('schema', {
    parse(_tag: TagToken, rest: TopLevelToken[]) {
      while (rest.length > 0) if ((rest.shift() as TagToken).name === 'endschema') return;
      throw new Error('schema is never closed');
    },
    render: () => undefined,
  });
  return liquid;
}

/** The block as a shop's page gets it, with the settings' own defaults. */
export async function renderBlock(
  block: Block,
  facts: object,
  settings: Record<string, unknown> = {},
): Promise<string> {
  const defaults = Object.fromEntries(schemaOf(block).settings.map(({ id, default: value }) => [id, value]));
  const own = { settings: { ...defaults, ...settings }, shopify_attributes: 'data-block-handle="tallymark"' };
  // what a theme knows everywhere, in snippets too
  const globals = {
    request: { locale: { iso_code: 'nl' } },
    routes: { account_login_url: '/account/login' },
    ...facts,
  };
  return engine().parseAndRender(source(block), { block: own }, { globals });
}

/** An attribute of the drawn element, unescaped as a browser does it. */
export function attribute(html: string, name: string): string | null {
  const [, value] = new RegExp(`\\s${name}="([^"]*)"`).exec(html) ?? [];
  const signs: Record<string, string> = {
    '&quot;': '"',
    '&#34;': '"',
    '&#39;': "'",
    '&lt;': '<',
    '&gt;': '>',
    '&amp;': '&',
  };
  return value === undefined ? null : value.replace(/&(quot|#34|#39|lt|gt|amp);/g, (sign) => signs[sign] ?? sign);
}
