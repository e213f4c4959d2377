// Builds the owner's desk (admin-ui) to dist/admin-ui: one script to begin with, one part a place, one style sheet; names
// bear a hash. Run: node scripts/build-desk.mjs
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** What a browser loads before the first screen shows, gzipped. */
export const DESK_LIMIT = 250_000;

/** The built files and the size of what the first load brings. */
export async function buildDesk(out = join(root, 'dist/admin-ui')) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['admin-ui/desk.tsx'],
    outdir: out,
    entryNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: ['es2022'],
    charset: 'utf8',
    legalComments: 'none',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    tsconfigRaw: '{}',
    metafile: true,
    write: false,
  });
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  for (const { path, contents } of outputFiles) await writeFile(path, contents);
  const sizes = new Map(
    outputFiles.map(({ path, contents }) => [basename(path), gzipSync(contents, { level: 9 }).length]),
  );
  return { sizes, first: firstLoad(metafile, sizes) };
}

/** The beginning and all that it imports at once; what is imported when a place is opened is not in it. */
function firstLoad({ outputs }, sizes) {
  const seen = new Set();
  const follow = (path) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { path: next, kind } of outputs[path]?.imports ?? []) if (kind === 'import-statement') follow(next);
  };
  follow(Object.keys(outputs).find((path) => outputs[path].entryPoint === 'admin-ui/desk.tsx') ?? '');
  return [...seen].reduce((sum, path) => sum + (sizes.get(basename(path)) ?? 0), 0);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { sizes, first } = await buildDesk();
  for (const [name, size] of sizes) console.log(`${name}: ${size} gzipped`);
  console.log(`first load: ${first} gzipped (limit ${DESK_LIMIT})`);
  if (first > DESK_LIMIT) process.exitCode = 1;
}
