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

/**
 * The built files, and what the first load brings when it is of a place: gzipped bytes of script by the place's folder. Nobody waits for
 * less: the place that one comes to is loaded before anything shows.
 */
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
  return { sizes, first: firstLoads(metafile, sizes) };
}

/** The beginning and the place, with all that they import at once; what either imports later is not in it. */
function firstLoads({ outputs }, sizes) {
  const chunkOf = (entry) => Object.keys(outputs).find((path) => outputs[path].entryPoint === entry) ?? '';
  const weigh = (place) => {
    const seen = new Set();
    const follow = (path) => {
      if (seen.has(path)) return;
      seen.add(path);
      for (const { path: next, kind } of outputs[path]?.imports ?? []) if (kind === 'import-statement') follow(next);
    };
    for (const entry of ['admin-ui/desk.tsx', place]) follow(chunkOf(entry));
    return [...seen].reduce((sum, path) => sum + (sizes.get(basename(path)) ?? 0), 0);
  };
  const places = Object.values(outputs).flatMap(
    ({ entryPoint }) => /^admin-ui\/places\/[\w-]+\/index\.tsx$/.exec(entryPoint ?? '') ?? [],
  );
  return new Map(places.map((entry) => [entry.split('/')[2], weigh(entry)]));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { sizes, first } = await buildDesk();
  for (const [name, size] of sizes) console.log(`${name}: ${size} gzipped`);
  for (const [place, size] of first) console.log(`first load of ${place}: ${size} gzipped (limit ${DESK_LIMIT})`);
  if (Math.max(...first.values()) > DESK_LIMIT) process.exitCode = 1;
}
