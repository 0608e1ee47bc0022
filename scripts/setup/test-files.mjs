/** Lists the test files. Every folder of sources is walked, so that no test is ever written that nobody runs. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['bench', 'bin', 'contract', 'deploy', 'gateways', 'lab', 'scripts', 'server', 'test', 'web'];
const left = new Set(['node_modules', 'dist']);

/** @returns paths from the root, sorted; with patterns, those that contain one of them. */
export function findTestFiles(root, patterns = []) {
  const all = folders.flatMap((folder) => walk(root, folder));
  return all.filter((file) => patterns.length === 0 || patterns.some((pattern) => file.includes(pattern)));
}

function walk(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return left.has(entry.name) ? [] : walk(root, path);
      return entry.name.endsWith('.test.ts') ? [path] : [];
    });
}
