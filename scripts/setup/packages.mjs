/** Installs the npm packages when what is installed is not what package-lock.json asks for. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Runs `npm ci` if needed. `dev: false` accepts an install without development packages. */
export function ensurePackages(root, { dev }) {
  if (isInstalled(root, { dev })) return;
  console.log('Installing packages (npm ci) ...');
  // Engine warnings speak of the Node that runs npm; the packages run on the pinned one.
  const args = ['ci', '--no-progress', '--loglevel=error', ...(dev ? ['--include=dev'] : [])];
  const { status } = runNpm(args, root);
  if (status !== 0) throw new Error('npm ci failed; see above.');
}

/**
 * npm leaves its own account of what it put into node_modules, written last, so an install that was cut short counts as none.
 * Comparing the two needs no stamp of ours and stays right after `npm install <package>`.
 */
export function isInstalled(root, { dev }) {
  const wanted = packagesIn(join(root, 'package-lock.json'));
  const installed = packagesIn(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted) throw new Error(`${root} has no package-lock.json`);
  if (!installed) return false;
  return Object.entries(wanted).every(([path, want]) => {
    if (path === '' || want.link) return true;
    const have = installed[path];
    if (!have) return Boolean(want.optional || want.devOptional || want.peer || (want.dev && !dev));
    return have.version === want.version && have.integrity === want.integrity;
  });
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Under `npm start` the very npm that called us is used again, with the Node it came with. */
function runNpm(args, cwd) {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  const [command, before] = npm && node ? [node, [npm]] : ['npm', []];
  return spawnSync(command, [...before, ...args], { cwd, stdio: 'inherit' });
}
