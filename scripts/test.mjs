/**
 * `npm test`: everything that must be green, on a machine with only Node and npm. `npm test -- <part of a path> ...` runs the
 * test files whose path has one of the parts, and skips the check. Long runs (*.soak.ts, *.drill.ts) have commands of their own.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runAsSelf } from './setup/child.mjs';
import { compiledCache } from './setup/compiled-cache.mjs';
import { ensurePrograms } from './setup/debian.mjs';
import { needsOf, programs } from './setup/needs.mjs';
import { findNode } from './setup/node.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { findTestFiles } from './setup/test-files.mjs';
import { ensureWebBuild } from './setup/web.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const startedAt = Date.now();

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

async function main(patterns) {
  const files = findTestFiles(root, patterns);
  if (files.length === 0) throw new Error(`No test file matches ${patterns.join(' or ') || 'anything'}.`);
  ensurePackages(root, { dev: true });
  const node = findNode(root);
  const missing = ensurePrograms([...new Set(files.flatMap(needsOf))]);
  const canRun = (file) => !needsOf(file).some((need) => missing.includes(need));
  if (files.some((file) => file.startsWith('test/'))) ensureWebBuild(root, node);

  const checkCode = patterns.length > 0 ? 0 : await runAsSelf(node, [join(root, 'scripts/check.mjs')], { cwd: root });
  const testCode = await runTests(node, files.filter(canRun));
  report({ missing, leftOut: files.filter((file) => !canRun(file)), checkCode });
  return testCode || checkCode;
}

function runTests(node, files) {
  if (files.length === 0) throw new Error('Nothing can run here: every chosen file needs a program that is missing.');
  return runAsSelf(node, [join(root, 'scripts/run-tests.ts'), ...files], { cwd: root, env: compiledCache(root) });
}

function report({ missing, leftOut, checkCode }) {
  if (leftOut.length > 0) {
    const packages = [...new Set(missing.flatMap((name) => programs[name].debian))].join(' ');
    const asRoot = missing.some((name) => programs[name].root) ? ', as root' : '';
    console.log(`\nNOT RUN, because ${missing.join(', ')} is missing (apt-get install ${packages}${asRoot}):`);
    for (const file of leftOut) console.log(`  ${file}`);
  }
  if (checkCode !== 0) console.log('\nThe check before the tests failed: npm run check');
  console.log(`\nnpm test took ${Math.round((Date.now() - startedAt) / 1000)} s`);
}
