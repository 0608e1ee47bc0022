/**
 * `npm start`: from a fresh checkout to a running shop. Plain JavaScript without packages, because it runs on the
 * Node that is there (20 or newer) before anything is installed. Each step does nothing when its work is already done.
 */
import { fileURLToPath } from 'node:url';
import { runAsSelf } from './setup/child.mjs';
import { compiledCache } from './setup/compiled-cache.mjs';
import { findNode } from './setup/node.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { ensureWebBuild } from './setup/web.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

try {
  ensurePackages(root, { dev: false });
  const node = findNode(root);
  ensureWebBuild(root, node);
  const options = process.argv.slice(2);
  process.exitCode = await runAsSelf(node, ['bin/cardwell.ts', 'serve', ...options], {
    cwd: root,
    env: compiledCache(root),
  });
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
