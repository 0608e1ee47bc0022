/** `cardwell import` and `cardwell rotate-keys` as an operator meets them. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { bar } from '../../bin/progress-bar.ts';
import { type CardShelf, newCardShelf } from '../kit/card-shelf.ts';

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

suite('card commands', () => {
  let shelf: CardShelf;
  before(async () => {
    shelf = await newCardShelf('sqlite');
  });
  after(() => shelf.close());

  function cardwell(args: string[], options: { input?: string; env?: Record<string, string> } = {}): Promise<Ran> {
    const program = join(import.meta.dirname, '../kit/card-command.ts');
    const env = {
      ...process.env,
      DATABASE_URL: shelf.url,
      CARDWELL_MASTER_KEY_FILE: shelf.keyPath,
      CARDWELL_DATA_DIR: shelf.folder,
      ...options.env,
    };
    const child = spawn(process.execPath, [program, ...args], { env });
    const ran: Ran = { code: null, out: '', err: '' };
    child.stdout.on('data', (data) => {
      ran.out += data;
    });
    child.stderr.on('data', (data) => {
      ran.err += data;
    });
    child.stdin.end(options.input ?? '');
    return new Promise((resolve) => child.once('close', (code) => resolve({ ...ran, code })));
  }
  const file = (name: string, text: string): string => {
    writeFileSync(join(shelf.folder, name), text);
    return join(shelf.folder, name);
  };

  test('a file is imported and told in words; again, everything is known', async () => {
    const sku = String(await shelf.newSku());
    const path = file('cards.txt', 'CMD-1----a\nCMD-2----b\n\nCMD-1----c\n');
    const first = await cardwell(['import', '--sku', sku, path]);
    assert.equal(first.code, 0, first.err);
    assert.match(first.out, /^2 of 3 cards imported in \d+\.\d s \(batch \d+\)\n1 were known already: lines 4\n$/);
    assert.equal(first.err, '');
    const again = await cardwell(['import', '--sku', sku, path, '--json']);
    const report = JSON.parse(again.out);
    assert.deepEqual([report.kind, report.imported, report.duplicates.lines], ['imported', 0, [1, 2, 4]]);
  });

  test('rejected lines are named and change the exit code', async () => {
    const sku = String(await shelf.newSku());
    const ran = await cardwell(['import', '--sku', sku, file('bad.txt', 'GOOD|x\nBAD|\n'), '--separator', '|']);
    assert.equal(ran.code, 3);
    assert.match(ran.out, /1 were rejected:\n {2}line 2: nothing behind the separator\n/);
  });

  test('standard input is read', async () => {
    const sku = String(await shelf.newSku());
    const ran = await cardwell(['import', '--sku', sku, '-', '--json'], { input: 'STDIN-1\nSTDIN-2' });
    assert.deepEqual([ran.code, JSON.parse(ran.out).imported], [0, 2]);
  });

  test('what cannot be done is said in one sentence', async () => {
    const [cards, loop] = [String(await shelf.newSku()), String(await shelf.newSku('loop'))];
    const path = file('some.txt', 'x');
    mkdirSync(join(shelf.folder, 'folder'));
    const key = { CARDWELL_MASTER_KEY_FILE: join(shelf.folder, 'none.key') };
    const cases: [string[], RegExp, Record<string, string>?][] = [
      [['--sku', '999999', path], /there is no variant 999999/],
      [['--sku', loop, path], /not delivered from stock/],
      [['--sku', 'abc', path], /--sku must be the number/],
      [['--sku', cards, join(shelf.folder, 'nothing.txt')], /there is no file/],
      [['--sku', cards, join(shelf.folder, 'folder')], /is a folder/],
      [['--sku', cards, path, '--separator', '-'.repeat(30)], /at most 20 characters/],
      [['--sku', cards, path], /there is no card key file/, key],
    ];
    for (const [args, says, env = {}] of cases) {
      const ran = await cardwell(['import', ...args], { env });
      assert.equal(ran.code, 2, ran.err);
      assert.match(ran.err, says);
      assert.equal(ran.err.trimEnd().split('\n').length, 1, ran.err);
    }
  });

  test('the key is rotated, and the old one retired later', async () => {
    const first = await cardwell(['rotate-keys', '--json']);
    const report = JSON.parse(first.out);
    assert.deepEqual([first.code, report.activeKeyId, report.rows.length], [0, 2, 1]);
    const second = await cardwell(['rotate-keys', '--no-new-key', '--retire']);
    assert.equal(second.code, 0);
    assert.match(
      second.out,
      /key 2 is active; 0 rows .*\n {2}key 2: \d+ rows\nkey 1 stays: the file changed less than/,
    );
    writeFileSync(`${shelf.keyPath}.lock`, '');
    const third = await cardwell(['rotate-keys']);
    assert.equal(third.code, 2);
    assert.match(third.err, /^cardwell: another program is changing .*\n$/);
  });

  test('the bar goes from nothing to full', () => {
    assert.equal(bar(0), `[${'-'.repeat(30)}]   0 %`);
    assert.equal(bar(0.999), `[${'#'.repeat(30)}]  99 %`);
    assert.equal(bar(2), `[${'#'.repeat(30)}] 100 %`);
  });
});
