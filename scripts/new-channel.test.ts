import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

test('a new channel has two folders and a line in each registry, and its name is taken from then on', () => {
  const here = join(import.meta.dirname, '..');
  const root = mkdtempSync(join(tmpdir(), 'cardwell-new-channel-'));
  const run = (name: string) =>
    execFileSync(process.execPath, [join(here, 'scripts/new-channel.ts'), name, '--root', root], { stdio: 'pipe' });
  try {
    for (const file of ['server/payment/channels/kinds.ts', 'gateways/registry.ts']) {
      mkdirSync(join(root, file, '..'), { recursive: true });
      cpSync(join(here, file), join(root, file));
    }
    run('my-pay');
    const kinds = readFileSync(join(root, 'server/payment/channels/kinds.ts'), 'utf8');
    assert.match(kinds, /import \{ myPayKind \} from '\.\/my-pay\/channel\.ts';/);
    assert.match(kinds, /, myPayKind\];/);
    assert.match(readFileSync(join(root, 'gateways/registry.ts'), 'utf8'), /, myPayGateway\];/);
    assert.match(readFileSync(join(root, 'server/payment/channels/my-pay/channel.ts'), 'utf8'), /kind: 'my-pay'/);
    assert.throws(() => run('my-pay'), /there already/);
    assert.throws(() => run('No Name'), /Give it a name/);
  } finally {
    rmSync(root, { recursive: true });
  }
});
