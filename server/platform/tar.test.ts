import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { tarOf } from './tar.ts';

test('what goes in comes out of the system’s own tar, of any size', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cardwell-tar-'));
  try {
    const sizes = [0, 1, 511, 512, 513, 70_000];
    const files = sizes.map((size) => {
      const path = join(folder, `${size}.bin`);
      writeFileSync(path, Buffer.alloc(size, size % 251));
      return { name: `backup/tables/${size}.bin`, path };
    });
    const told = { name: 'backup/told.txt', path: Buffer.from('told, not read') };
    const archive = join(folder, 'all.tar');
    writeFileSync(archive, Buffer.concat(await Array.fromAsync(tarOf([...files, told], 1_700_000_000_000))));
    const out = join(folder, 'out');
    mkdirSync(out);
    execFileSync('tar', ['-xf', archive, '-C', out]);
    assert.equal(readFileSync(join(out, told.name), 'utf8'), 'told, not read');
    for (const { name, path } of files) assert.deepEqual(readFileSync(join(out, name)), readFileSync(path));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a name that would not fit is refused', async () => {
  await assert.rejects(Array.fromAsync(tarOf([{ name: 'x'.repeat(101), path: process.execPath }], 0)), /not a name/);
});
