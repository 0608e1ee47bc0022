/** The issue journal on disk: chained, shared by processes, honest about crashes and failing disks. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { systemClock } from '../../server/platform/clock.ts';
import { createFileIssueJournal } from '../../server/platform/journal/file-issue-journal.ts';
import type { IssueRecord } from '../../server/platform/journal/issue-journal.ts';
import { createJournalFile, journalFileName } from '../../server/platform/journal/journal-file.ts';
import {
  type FilePosition,
  type JournalCursor,
  type JournalEntry,
  readIssueJournal,
} from '../../server/platform/journal/read-issue-journal.ts';

const root = mkdtempSync(join(tmpdir(), 'cardwell-journal-'));
after(() => rmSync(root, { recursive: true }));
let folders = 0;
const newFolder = () => join(root, String(++folders), 'issue-journal');
const record = (cardId: number): IssueRecord => ({
  cardId,
  orderId: `A0${String(cardId).padStart(26, '0')}`,
  at: cardId,
});
const records = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => record(from + i));

const journal = (folder: string, options: Partial<Parameters<typeof createFileIssueJournal>[0]> = {}) =>
  createFileIssueJournal({ folder, instance: 'test', clock: systemClock, ...options });

async function readAll(folder: string, cursor?: JournalCursor) {
  const entries: JournalEntry[] = [];
  const next: Record<string, FilePosition> = { ...cursor };
  for await (const entry of readIssueJournal(folder, cursor)) {
    entries.push(entry);
    if (entry.kind !== 'torn' && entry.after) next[entry.file] = entry.after;
  }
  const cards = entries.flatMap((entry) => (entry.kind === 'record' ? [entry.record.cardId] : []));
  const troubles = entries.flatMap((entry) =>
    entry.kind === 'record' ? [] : [entry.kind === 'broken' ? entry.reason : entry.kind],
  );
  return { entries, cards, troubles, cursor: next };
}

async function written(folder: string, count: number, maxFileBytes?: number): Promise<string[]> {
  const one = journal(folder, { maxFileBytes });
  for (const each of records(1, count)) await one.append([each]);
  await one.close();
  return readdirSync(folder).sort();
}

test('what was appended is read back in order, with the record only', async () => {
  const folder = newFolder();
  const one = journal(folder);
  await one.append(records(1, 3));
  await one.append([]);
  await one.append([record(4)]);
  await one.close();
  const { entries, cards, troubles } = await readAll(folder);
  assert.deepEqual(cards, [1, 2, 3, 4]);
  assert.deepEqual(troubles, []);
  const first = entries[0];
  assert.ok(first?.kind === 'record');
  const { prev: _, hash: __, ...content } = first.record;
  assert.deepEqual(content, { ...record(1), seq: 1 });
  const line = JSON.parse(
    readFileSync(join(folder, readdirSync(folder)[0] as string), 'utf8').split('\n')[0] as string,
  );
  assert.deepEqual(Object.keys(line), ['seq', 'cardId', 'orderId', 'at', 'prev', 'hash']);
});

test('a folder that does not exist yet holds no records', async () => {
  assert.deepEqual((await readAll(newFolder())).entries, []);
});

test('a thousand callers at once share a handful of fsyncs', async () => {
  const one = journal(newFolder());
  await Promise.all(records(1, 1000).map((each) => one.append([each])));
  assert.ok(one.fsyncs() <= 4, `${one.fsyncs()} fsyncs`);
  await one.close();
});

test('ensureRecorded writes what this process has not written, and nothing twice', async () => {
  const folder = newFolder();
  const one = journal(folder);
  await one.append(records(1, 2));
  await one.ensureRecorded(records(1, 3));
  await one.ensureRecorded(records(1, 3));
  const other = { ...record(1), orderId: record(9).orderId };
  await one.ensureRecorded([other]);
  await one.close();
  assert.deepEqual((await readAll(folder)).cards, [1, 2, 3, 1]);
});

test('a reader goes on where it stopped', async () => {
  const folder = newFolder();
  const one = journal(folder);
  await one.append(records(1, 5));
  const first = await readAll(folder);
  await one.append(records(6, 8));
  const two = journal(folder);
  await two.append(records(20, 21));
  const second = await readAll(folder, first.cursor);
  assert.deepEqual(
    second.cards.sort((a, b) => a - b),
    [6, 7, 8, 20, 21],
  );
  assert.deepEqual(second.troubles, []);
  assert.deepEqual((await readAll(folder, second.cursor)).entries, []);
  await one.close();
  await two.close();
});

test('a full file is followed by a next part, the chain carried over', async () => {
  const folder = newFolder();
  const files = await written(folder, 20, 1000);
  assert.ok(files.length >= 4, `${files.length} files`);
  const { cards, troubles } = await readAll(folder);
  assert.deepEqual(
    cards,
    records(1, 20).map((each) => each.cardId),
  );
  assert.deepEqual(troubles, []);
});

test('a part that is missing, and a part cut short, are reported', async () => {
  const folder = newFolder();
  const files = await written(folder, 20, 1000);
  const second = join(folder, files[1] as string);
  const text = readFileSync(second, 'utf8');
  writeFileSync(second, `${text.split('\n').slice(0, -2).join('\n')}\n`);
  assert.deepEqual((await readAll(folder)).troubles, ['not-next-in-chain']);
  rmSync(second);
  assert.deepEqual((await readAll(folder)).troubles, ['part-missing', 'not-next-in-chain']);
});

test('a torn last line is recognised and everything before it read', async () => {
  const folder = newFolder();
  const [file] = (await written(folder, 3)) as [string];
  const path = join(folder, file);
  const size = readFileSync(path).length;
  truncateSync(path, size - 10);
  const torn = await readAll(folder);
  assert.deepEqual([torn.cards, torn.troubles], [[1, 2], ['torn']]);
  truncateSync(path, size + 5000); // zeros behind it, as some file systems leave
  assert.deepEqual((await readAll(folder)).troubles, ['torn']);
});

test('an unreadable line in the middle is not taken for a torn one', async () => {
  const folder = newFolder();
  const [file] = (await written(folder, 5)) as [string];
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  lines[2] = (lines[2] as string).slice(0, 40);
  writeFileSync(join(folder, file), lines.join('\n'));
  const { cards, troubles } = await readAll(folder);
  assert.deepEqual(cards, [1, 2, 4, 5]);
  assert.deepEqual(troubles, ['not-a-record', 'not-next-in-chain']);
});

test('a record changed, removed, repeated, swapped or put in between breaks the chain', async () => {
  const changes: Record<string, (lines: string[]) => void> = {
    changed: (lines) => {
      lines[2] = (lines[2] as string).replace('"cardId":3', '"cardId":7');
    },
    removed: (lines) => void lines.splice(2, 1),
    repeated: (lines) => void lines.splice(2, 0, lines[2] as string),
    swapped: (lines) => void lines.splice(2, 2, lines[3] as string, lines[2] as string),
    'first removed': (lines) => void lines.shift(),
  };
  for (const [name, change] of Object.entries(changes)) {
    const folder = newFolder();
    const [file] = (await written(folder, 5)) as [string];
    const lines = readFileSync(join(folder, file), 'utf8').split('\n');
    change(lines);
    writeFileSync(join(folder, file), lines.join('\n'));
    assert.ok((await readAll(folder)).troubles.length > 0, name);
  }
});

test('a file passed off under the name of another chain does not verify', async () => {
  const folder = newFolder();
  const [file] = (await written(folder, 2)) as [string];
  writeFileSync(join(folder, `other-${file}`), readFileSync(join(folder, file)));
  assert.deepEqual((await readAll(folder)).troubles, ['not-next-in-chain']);
});

test('a file that got shorter or vanished since the last reading is reported', async () => {
  const folder = newFolder();
  const [file] = (await written(folder, 3)) as [string];
  const { cursor } = await readAll(folder);
  truncateSync(join(folder, file), 100);
  assert.deepEqual((await readAll(folder, cursor)).troubles, ['file-shorter']);
  rmSync(join(folder, file));
  assert.deepEqual((await readAll(folder, cursor)).troubles, ['file-missing']);
});

test('other files in the folder are left alone', async () => {
  const folder = newFolder();
  await written(folder, 1);
  appendFileSync(join(folder, 'notes.txt'), 'not a record\n');
  assert.deepEqual((await readAll(folder)).troubles, []);
});

test('a disk that fails reaches the caller; later records go to a new chain and nothing acknowledged is lost', async () => {
  const folder = newFolder();
  let failing = false;
  const createFile: typeof createJournalFile = async (into, name) => {
    const file = await createJournalFile(into, name);
    return {
      ...file,
      get bytes() {
        return file.bytes;
      },
      async append(text) {
        if (failing) {
          // Half of the batch reaches the file before the disk is full.
          appendFileSync(join(into, journalFileName(name)), text.slice(0, text.length / 2));
          throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        }
        await file.append(text);
      },
    };
  };
  const one = journal(folder, { createFile });
  await one.append(records(1, 3));
  failing = true;
  await assert.rejects(one.append(records(4, 6)), { code: 'ENOSPC' });
  await assert.rejects(one.append([record(7)]), { code: 'ENOSPC' });
  failing = false;
  await one.ensureRecorded(records(4, 6));
  await one.close();
  const { cards, troubles } = await readAll(folder);
  assert.deepEqual([cards.sort(), troubles], [[1, 2, 3, 4, 5, 6], []]);
  assert.equal(readdirSync(folder).length, 2);
});

test('a folder that cannot be made is an error for every caller', async () => {
  const full = journal('/dev/null/journal');
  await assert.rejects(full.append([record(1)]));
});

test('two processes share a folder, each in files of its own; a kill loses nothing acknowledged', async () => {
  const folder = newFolder();
  const module = new URL('../../server/platform/journal/file-issue-journal.ts', import.meta.url).href;
  const code = `const { createFileIssueJournal } = await import('${module}');
    const clock = { now: () => 1700000000000, monotonicMs: () => performance.now() };
    const journal = createFileIssueJournal({ folder: process.argv[1], instance: 'same', clock });
    for (let id = Number(process.argv[2]); ; id++) {
      await journal.append([{ cardId: id, orderId: 'A0', at: id }]);
      process.stdout.write(id + '\\n');
    }`;
  const acknowledged = await Promise.all(
    [1, 1_000_001].map((from) => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', code, folder, String(from)]);
      let out = '';
      child.stdout.on('data', (data) => {
        out += data;
        if (out.split('\n').length > 30) child.kill('SIGKILL');
      });
      return new Promise<number[]>((resolve) =>
        child.once('close', () => resolve(out.split('\n').slice(0, -1).map(Number))),
      );
    }),
  );
  const { cards, troubles } = await readAll(folder);
  assert.equal(readdirSync(folder).length, 2);
  assert.deepEqual(
    troubles.filter((trouble) => trouble !== 'torn'),
    [],
  );
  const found = new Set(cards);
  for (const id of acknowledged.flat()) assert.ok(found.has(id), `card ${id}`);
});

test('a file that exists is never continued', async () => {
  const folder = newFolder();
  const file = await createJournalFile(folder, { chain: 'test-1', part: 1 });
  await assert.rejects(createJournalFile(folder, { chain: 'test-1', part: 1 }), { code: 'EEXIST' });
  await file.close();
});

test('after closing nothing is taken', async () => {
  const one = journal(newFolder());
  await one.append([record(1)]);
  await one.close();
  await assert.rejects(one.append([record(2)]), /closed/);
});
