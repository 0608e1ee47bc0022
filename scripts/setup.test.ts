import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { after, test } from 'node:test';
import { needsOf, programs, suites } from './setup/needs.mjs';
import { isNewEnough } from './setup/node.mjs';
import { isInstalled } from './setup/packages.mjs';
import { findTestFiles } from './setup/test-files.mjs';
import { hashOf } from './setup/web.mjs';
import { slowest } from './test-reporter.ts';
import { importsOf } from './tidy/imports.ts';
import { sourceFile } from './tidy/source.ts';

const home = join(import.meta.dirname, '..');
const root = mkdtempSync(join(tmpdir(), 'cardwell-setup-'));
after(() => rmSync(root, { recursive: true }));

function put(path: string, content: unknown): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
}

test('a Node is new enough from 24.12 on', () => {
  assert.deepEqual(['v20.20.2', 'v24.11.9', 'v24.12.0', 'v26.0.0'].map(isNewEnough), [false, false, true, true]);
});

test('packages are installed when npm says so of each that the lock file wants', () => {
  const a = { version: '1.0.0', integrity: 'sha512-a' };
  const wanted = {
    '': {},
    'node_modules/a': a,
    'node_modules/for-another-platform': { version: '1.0.0', optional: true },
    'node_modules/for-development': { version: '1.0.0', dev: true },
  };
  put('package-lock.json', { packages: wanted });
  assert.equal(isInstalled(root, { dev: false }), false, 'nothing is there');
  put('node_modules/.package-lock.json', { packages: { 'node_modules/a': a } });
  assert.equal(isInstalled(root, { dev: false }), true);
  assert.equal(isInstalled(root, { dev: true }), false, 'development packages are missing');
  put('node_modules/.package-lock.json', { packages: { 'node_modules/a': { ...a, version: '0.9.0' } } });
  assert.equal(isInstalled(root, { dev: false }), false, 'another version');
  put('node_modules/.package-lock.json', '{"packages": {');
  assert.equal(isInstalled(root, { dev: false }), false, 'cut short');
});

test('the pages are built again when a source changes, and for no test and no output', () => {
  put('web/main.tsx', 'one');
  put('web/main.test.ts', 'one');
  const before = hashOf(root);
  put('web/main.test.ts', 'two');
  put('web/dist/index.html', 'built');
  assert.equal(hashOf(root), before);
  put('web/main.tsx', 'two');
  assert.notEqual(hashOf(root), before);
});

test('test files are found in every folder of sources, and by a part of their path', () => {
  put('server/order/a.test.ts', '');
  put('test/races/b.test.ts', '');
  put('test/races/b.soak.ts', '');
  assert.deepEqual(findTestFiles(root), ['server/order/a.test.ts', 'test/races/b.test.ts', 'web/main.test.ts']);
  assert.deepEqual(findTestFiles(root, ['races']), ['test/races/b.test.ts']);
});

test('the slowest files come first', () => {
  const text = slowest(new Map(Object.entries({ 'a.test.ts': 1_000, 'b.test.ts': 65_000 })));
  assert.match(text, /65\.0 s {2}b\.test\.ts\n +1\.0 s {2}a\.test\.ts/);
});

test('every need of a suite is a program we can bring', () => {
  for (const { needs } of suites) for (const need of needs) assert.ok(need in programs, need);
});

/** What a test imports, through however many files, tells what it needs; the list by hand must not forget one. */
const kitNeeds = { galera: 'galera', redis: 'redis', 'redis-cluster': 'redis' };

test('every test file that starts a server or a browser is in a suite that says so', () => {
  for (const file of findTestFiles(home)) {
    const reached = reach(file, new Set());
    if (reached.has('test/kit/mariadb.ts')) assert.ok(needsOf(file).includes('mariadb'), `${file} needs mariadb`);
    for (const [kit, need] of Object.entries(kitNeeds)) {
      if (reached.has(`test/kit/${kit}.ts`)) assert.ok(needsOf(file).includes(need), `${file} needs ${need}`);
    }
    if (reached.has('playwright-core')) assert.ok(needsOf(file).includes('chromium'), `${file} needs chromium`);
  }
});

function reach(path: string, seen: Set<string>): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  if (!/\.tsx?$/.test(path) || !existsSync(join(home, path))) return seen;
  for (const { specifier, typeOnly } of importsOf(sourceFile(path, readFileSync(join(home, path), 'utf8')))) {
    if (typeOnly) continue;
    if (specifier.startsWith('.')) reach(posix.join(posix.dirname(path), specifier), seen);
    else seen.add(specifier);
  }
  return seen;
}
