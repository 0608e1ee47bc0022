import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const dist = new URL('../../web/dist/storefront', import.meta.url).pathname;
/** What a phone on a slow line must load before the catalogue shows. Measured in November 2026: 143,000 gzipped, 125,000 as Brotli; English is 5,000 more. */
const firstLoadBudget = 150_000;

const html = await readFile(join(dist, 'index.html'), 'utf8');

test('the first load of the storefront stays within its script budget, in English too', async () => {
  const scripts = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map((match) => match[1]!);
  assert.ok(scripts.length > 0);
  // Those that the first scripts themselves ask for; pages bring their own.
  const texts = await Promise.all(scripts.map((script) => readFile(join(dist, script), 'utf8')));
  const english = [
    ...new Set(texts.flatMap((text) => [...text.matchAll(/\.\/(en-[\w-]+\.js)/g)].map(([, name]) => name))),
  ];
  assert.equal(english.length, 2, 'the English texts of the shop and of the shared parts');
  let bytes = 0;
  for (const script of [...scripts, ...english.map((name) => `/assets/${name}`)]) {
    bytes += gzipSync(await readFile(join(dist, script)), { level: 9 }).length;
  }
  assert.ok(bytes < firstLoadBudget, `${bytes} bytes compressed`);
});

test('the page carries no script of its own, as the content security policy demands', () => {
  for (const [, attributes, body] of html.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)) {
    assert.match(attributes!, /src="\/assets\//);
    assert.equal(body!.trim(), '');
  }
  assert.doesNotMatch(html, /\son[a-z]+=/);
});
