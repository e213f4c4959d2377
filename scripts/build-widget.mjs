// Builds what runs in a shopper's browser: the widget (one file, dist/widget/tally-mark.js) and the demo shop's pages
// (dist/demo/*.js). Refuses a widget that has grown over its limit. Run: node scripts/build-widget.mjs
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
export const WIDGET_LIMIT = 20_000;

/** Names that only our own objects bear: never a field of the API (a test holds it), of the browser or of Preact. */
export const OURS =
  /^(words|client|facts|focusNext|stage|connection|changed|alive|emit|draw|undone|again|number|send|older|failed|slow|asked|figure|drawn|moment|signed|say|program|forget|retry|trouble|ask|busy|copied|least|half|most|signIn|visit|undo|keep|kept|told|room|shown|recall|remembered|staleAt)$/;

/** Styles come in as text for the shadow root, without their spaces. */
const smallCss = {
  name: 'small-css',
  setup(building) {
    building.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true });
      return { contents: code.trim().replace(/([:,]) /g, '$1'), loader: 'text' };
    });
  },
};

/** The catalogues as one text a language, and their sentences called by number: `say('join')` becomes `say(34)`. */
const packedMessages = {
  name: 'packed-messages',
  setup(building) {
    let keys = [];
    building.onStart(async () => {
      keys = Object.keys((await cataloguesOf(join(root, 'widget/messages/all.ts'))).en);
    });
    building.onLoad({ filter: /messages[\\/]all\.ts$/ }, async ({ path }) => {
      const packed = Object.entries(await cataloguesOf(path)).map(([lang, said]) => {
        const text = keys.map((key) => said[key]).join('|');
        if (text.split('|').length !== keys.length) throw new Error(`${lang}: a message holds the sign |`);
        return `${lang}:${JSON.stringify(text)}.split('|')`;
      });
      return { contents: `export const CATALOGUES = {${packed.join()}};`, loader: 'js' };
    });
    building.onLoad({ filter: /widget[\\/](views[\\/])?[\w-]+\.tsx?$/ }, async ({ path }) => {
      const contents = (await readFile(path, 'utf8')).replace(/\.say\((?:'(\w+)')?/g, (call, key) => {
        if (!keys.includes(key)) throw new Error(`${path}: ${call} does not name a message in place`);
        return `.say(${keys.indexOf(key)}`;
      });
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
    });
  },
};

async function cataloguesOf(path) {
  const { outputFiles } = await build({ entryPoints: [path], bundle: true, format: 'esm', write: false });
  const source = Buffer.from(outputFiles[0].contents).toString('base64');
  return (await import(`data:text/javascript;base64,${source}`)).CATALOGUES;
}

const options = {
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2022'],
  charset: 'utf8',
  legalComments: 'none',
  write: false,
  absWorkingDir: root,
  plugins: [smallCss, packedMessages],
};

/** The built file and its size as a browser receives it. A test holds the limit: another Node’s zlib must not stop a start. */
export async function buildWidget(out = join(root, 'dist/widget')) {
  const { outputFiles } = await build({
    ...options,
    entryPoints: ['widget/tally-mark.tsx'],
    tsconfigRaw: '{}',
    jsx: 'transform',
    jsxFactory: 'h',
    jsxFragment: 'Fragment',
    inject: ['widget/jsx.ts'],
    mangleProps: OURS,
  });
  const code = outputFiles[0].contents;
  const gzipped = gzipSync(code, { level: 9 }).length;
  await mkdir(out, { recursive: true });
  const file = join(out, 'tally-mark.js');
  await writeFile(file, code);
  return { file, bytes: code.length, gzipped };
}

/** What the demo shops' pages load: their scripts and their one style sheet. */
export async function buildDemoPages(out = join(root, 'dist/demo')) {
  const folder = join(root, 'demo/storefront/browser');
  const entries = ['shop.ts', 'start.ts', 'shop.css'];
  await mkdir(out, { recursive: true });
  const { outputFiles } = await build({
    ...options,
    entryPoints: entries.map((name) => join(folder, name)),
    outdir: out,
    plugins: [],
    tsconfigRaw: '{}',
  });
  for (const { path, contents } of outputFiles) await writeFile(path, contents);
  return outputFiles.map(({ path }) => path);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { file, bytes, gzipped } = await buildWidget();
  console.log(`${file}: ${bytes} bytes, ${gzipped} gzipped (limit ${WIDGET_LIMIT})`);
  if (gzipped > WIDGET_LIMIT) process.exitCode = 1;
  for (const page of await buildDemoPages()) console.log(page);
}
