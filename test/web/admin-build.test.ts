/** The desk is split by route: each page loads its own script, and what surrounds them stays small. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const dist = new URL('../../web/dist/admin', import.meta.url).pathname;
const router = new URL('../../web/admin/router.tsx', import.meta.url).pathname;
/** Before the first page of the desk shows its frame, and the largest single file. Compressed; measured in November 2026: see docs/performance.md. */
const frameBudget = 190_000;
const chunkBudget = 100_000;

const html = await readFile(join(dist, 'index.html'), 'utf8');
const assets = await readdir(join(dist, 'assets'));
const first = [...html.matchAll(/(?:src|href)="[^"]*\/assets\/([^"]+\.js)"/g)].map((match) => match[1] as string);
const sizeOf = async (name: string) => gzipSync(await readFile(join(dist, 'assets', name)), { level: 9 }).length;

test('every page that the router loads by itself is a file of its own, and none comes with the first load', async () => {
  const pages = [...(await readFile(router, 'utf8')).matchAll(/import\('\.\/[\w/-]*?([\w-]+)\.tsx'\)/g)];
  const names = pages.map((match) => match[1] as string);
  assert.ok(names.length >= 17, names.join(' '));
  for (const name of new Set(names)) {
    const own = assets.filter((asset) => asset.startsWith(`${name}-`) && asset.endsWith('.js'));
    assert.equal(own.length, 1, `${name}: ${own.join(' ')}`);
    assert.ok(!first.includes(own[0] as string), `${name} comes with the first load`);
  }
});

test('the frame of the desk and each of its files stay within their budgets', async () => {
  assert.ok(first.length > 0);
  let frame = 0;
  for (const name of first) frame += await sizeOf(name);
  assert.ok(frame < frameBudget, `${frame} bytes before the first page`);
  for (const name of assets.filter((asset) => asset.endsWith('.js'))) {
    const size = await sizeOf(name);
    assert.ok(size < chunkBudget, `${name}: ${size} bytes`);
  }
});
