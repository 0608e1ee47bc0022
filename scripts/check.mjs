/** `npm run check`: everything that can be told without running the program. All checks run, then the failed ones are named. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode } from './setup/node.mjs';
import { ensurePackages } from './setup/packages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const checks = [
  { name: 'types', command: ['node_modules/.bin/tsc', '--noEmit'] },
  // A program of its own: shop and desk each register the routes of their router, and a program has room for one.
  { name: 'types of the desk', command: ['node_modules/.bin/tsc', '--noEmit', '--project', 'web/admin'] },
  { name: 'format and lint', command: ['node_modules/.bin/biome', 'check', '--error-on-warnings'] },
  { name: 'house rules', command: ['scripts/tidy.ts'] },
];

// Only a missing install is made here: a check must not replace packages under an editor or a server that uses them.
if (!existsSync(join(root, 'node_modules'))) ensurePackages(root, { dev: true });
const node = findNode(root);
const failed = [];
const results = await Promise.all(checks.map(run));
for (const { name, code, output, ms } of results) {
  console.log(`${code === 0 ? 'ok' : 'FAILED'}  ${name} (${(ms / 1000).toFixed(1)} s)`);
  if (code !== 0) {
    console.log(output.trimEnd());
    failed.push(name);
  }
}
if (failed.length > 0) {
  console.error(`\ncheck failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}

function run({ name, command: [script, ...args] }) {
  const startedAt = Date.now();
  const child = spawn(node, [join(root, script), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ name, code: code ?? 1, output, ms: Date.now() - startedAt }));
  });
}
