/**
 * Builds what runs inside Shopify, as its own tool chain does: one script for each UI extension (dist/extensions), the
 * Function's script, and the asset of the theme extension in its own folder, from where they are deployed.
 * Run: npm run build:extensions. Sizes are held by test/extensions/bundles.test.ts.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type BuildOptions } from 'esbuild';
import { buildWidget } from './build-widget.mjs';
import { readToml, tables, text } from './read-toml.js';

const root = fileURLToPath(new URL('..', import.meta.url));
export const UI_EXTENSIONS = ['checkout', 'account', 'pos'] as const;
export type UiExtension = (typeof UI_EXTENSIONS)[number];

export interface Built {
  file: string;
  bytes: number;
  gzipped: number;
}

const shared: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  write: false,
  tsconfigRaw: { compilerOptions: { jsx: 'react-jsx', jsxImportSource: 'preact' } },
};

/** The modules of an extension by their targets, as its toml lists them. */
export async function targetsOf(name: UiExtension): Promise<{ target: string; module: string }[]> {
  const toml = readToml(await readFile(join(root, 'extensions', name, 'shopify.extension.toml'), 'utf8'));
  return tables(toml, 'extensions').flatMap((extension) =>
    tables(extension, 'targeting').map((each) => ({ target: text(each, 'target'), module: text(each, 'module') })),
  );
}

/** One script with all targets of the extension, each handed to Shopify under its name. */
export async function buildUiExtension(name: UiExtension, service: string, out: string): Promise<Built> {
  const targets = await targetsOf(name);
  const entry = targets.map(
    ({ target, module }, i) =>
      `import t${i} from ${JSON.stringify(module)};shopify.extend(${JSON.stringify(target)}, (...told) => t${i}(...told));`,
  );
  const { outputFiles } = await build({
    ...shared,
    stdin: { contents: entry.join('\n'), resolveDir: join(root, 'extensions', name), loader: 'js' },
    format: 'iife',
    define: { 'process.env.TALLYMARK_URL': JSON.stringify(service), 'process.env.NODE_ENV': '"production"' },
  });
  return keep(join(out, `${name}.js`), outputFiles?.[0]?.contents);
}

/** The theme's one asset: the widget, and what joins it to a theme's cart. */
export async function buildThemeAsset(out = join(root, 'extensions/theme/assets')): Promise<Built> {
  const widget = await buildWidget();
  const { outputFiles } = await build({ ...shared, entryPoints: ['extensions/theme/src/shop.ts'], format: 'iife' });
  const parts = [await readFile(widget.file), Buffer.from('\n'), outputFiles?.[0]?.contents ?? new Uint8Array()];
  return keep(join(out, 'tallymark.js'), Buffer.concat(parts));
}

/** The Function's logic as one script with both targets; Shopify's tool chain turns it into WebAssembly. */
export async function buildDiscountFunction(out: string): Promise<Built> {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: ['extensions/discount/src/index.ts'],
    format: 'esm',
    target: 'es2020',
  });
  return keep(join(out, 'discount.js'), outputFiles?.[0]?.contents);
}

async function keep(file: string, contents: Uint8Array = new Uint8Array()): Promise<Built> {
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, contents);
  return { file, bytes: contents.length, gzipped: gzipSync(contents, { level: 9 }).length };
}

export async function buildExtensions(service: string, out = join(root, 'dist/extensions')): Promise<Built[]> {
  const ui = await Promise.all(UI_EXTENSIONS.map((name) => buildUiExtension(name, service, out)));
  return [...ui, await buildDiscountFunction(out), await buildThemeAsset()];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const service = process.env['TALLYMARK_URL'] ?? 'https://loyalty.example.com';
  for (const { file, bytes, gzipped } of await buildExtensions(service))
    process.stdout.write(`${file}: ${bytes} bytes, ${gzipped} gzipped\n`);
}
