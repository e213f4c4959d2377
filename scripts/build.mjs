// Bundles the service to dist/src/*.js (one file a Procfile line, shared parts beside them) and what runs in browsers to
// dist/widget, dist/admin-ui and dist/demo. Run: npm run build. With a folder's name, only the service, into that folder: for tests.
import { readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { buildDesk } from './build-desk.mjs';
import { buildDemoPages, buildWidget } from './build-widget.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** A file finds what lies beside its source (migrations, schemas, pages) also from inside a bundle. */
const whereItStood = (out) => ({
  name: 'where-it-stood',
  setup(building) {
    building.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const place = relative(out, path).split(sep).join('/');
      return {
        contents: text.replaceAll('import.meta.url', `new URL(${JSON.stringify(place)}, import.meta.url).href`),
        loader: 'ts',
      };
    });
  },
});

export async function buildService(out = join(root, 'dist/src')) {
  const fresh = `${out}.${process.pid}`;
  await build({
    absWorkingDir: root,
    entryPoints: ['main', 'web', 'worker', 'release'].map((name) => `src/${name}.ts`),
    outdir: fresh,
    outbase: 'src',
    chunkNames: 'part-[hash]',
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
    plugins: [whereItStood(out)],
  });
  await putInPlace(fresh, out);
}

/** Whole or not at all: a service may start from the folder, or another build end, at any moment. */
async function putInPlace(fresh, out) {
  const old = `${out}.old.${process.pid}`;
  for (;;) {
    await rename(out, old).catch(ignoring('ENOENT'));
    await rm(old, { recursive: true, force: true });
    const placed = await rename(fresh, out).then(() => true, ignoring('ENOTEMPTY', 'EEXIST'));
    if (placed) return;
  }
}

const ignoring =
  (...codes) =>
  (error) => {
    if (!codes.includes(error.code)) throw error;
  };

export async function buildAll() {
  await Promise.all([buildService(), buildWidget(), buildDesk(), buildDemoPages()]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await (process.argv[2] ? buildService(join(root, process.argv[2])) : buildAll());
