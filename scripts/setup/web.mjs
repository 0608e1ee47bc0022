/** Builds the web pages when their sources changed since the last build. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One site each: what buyers see, and what the owner sees. */
const configs = ['vite.config.ts', 'vite.admin.config.ts'];
const sources = ['web', 'contract', 'package-lock.json'];
const isSource = (name) => name !== 'dist' && name !== 'node_modules' && !/\.test\.tsx?$/.test(name);

/** The stamp lies inside the output, so that removing web/dist asks for a new build. */
const stampOf = (root) => join(root, 'web', 'dist', '.built-from');

export function ensureWebBuild(root, node) {
  if (!existsSync(join(root, 'web', configs[0]))) {
    console.log('No web/vite.config.ts here: starting without pages.');
    return;
  }
  const hash = hashOf(root);
  const stamp = stampOf(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  console.log('Building the pages (vite build) ...');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  for (const config of configs) {
    const { status } = spawnSync(node, [vite, 'build', '--config', join('web', config), '--logLevel', 'warn'], {
      cwd: root,
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error('The pages did not build; see above.');
  }
  if (!existsSync(join(root, 'web', 'dist'))) throw new Error('vite build left no web/dist; check build.outDir.');
  writeFileSync(stamp, hash);
}

/** Content, not modification times: a fresh clone or a branch switch touches every file. */
export function hashOf(root) {
  const hash = createHash('sha256');
  for (const source of sources) addTo(hash, root, source);
  return hash.digest('hex');
}

function addTo(hash, root, path) {
  const full = join(root, path);
  if (!existsSync(full)) return;
  if (path.endsWith('.json') || !isFolder(full)) {
    hash.update(path).update('\0').update(readFileSync(full)).update('\0');
    return;
  }
  for (const name of readdirSync(full).filter(isSource).sort()) addTo(hash, root, join(path, name));
}

function isFolder(path) {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}
