// Checks the types of what runs inside Shopify: each surface has elements of its own, so each is a project of its own.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = 'node_modules/typescript7/bin/tsc';
let failed = 0;
for (const name of ['checkout', 'account', 'pos', 'theme', 'discount']) {
  const { status } = spawnSync(process.execPath, [tsc, '--noEmit', '-p', `extensions/${name}/tsconfig.json`], {
    cwd: root,
    stdio: 'inherit',
  });
  failed += status === 0 ? 0 : 1;
}
process.exitCode = failed === 0 ? 0 : 1;
