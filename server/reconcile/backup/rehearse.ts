/**
 * A restore as it would be, into a database made for it and thrown away: every checksum, every row, the card key, and the
 * audit of what came out. The scratch database is a file beside the data, whatever the shop itself runs on: it needs no
 * rights on a server and puts no load on it. The real shop is not touched.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rehearsal } from '../../../contract/system.ts';
import { checkKeyring } from '../../card/check-keyring.ts';
import type { Keyring } from '../../card/keyring.ts';
import type { Clock } from '../../platform/clock.ts';
import { openDatabase } from '../../platform/db/open-database.ts';
import type { JournalCopy } from '../../platform/journal/journal-copy.ts';
import { auditAll } from '../audit/audit-all.ts';
import { restoreBackup } from './restore-backup.ts';

export interface RehearsalDeps {
  clock: Clock;
  dataDir: string;
  migrationsFolder: string;
  /** Absent where this process has no card key. */
  keyring?: Keyring | undefined;
  journalCopy?: Pick<JournalCopy, 'recordsSince'> | undefined;
  onProgress?(what: string): void;
}

const prefix = 'rehearsal-';
const abandonedAfterMs = 24 * 3_600_000;

export async function rehearse(deps: RehearsalDeps, folder: string): Promise<Rehearsal> {
  const { clock, dataDir, onProgress } = deps;
  const from = clock.monotonicMs();
  await removeAbandoned(dataDir, clock.now());
  const scratch = join(dataDir, `${prefix}${clock.now()}`);
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  try {
    const databaseUrl = `sqlite:${join(scratch, 'shop.db')}`;
    const journalFolder = join(scratch, 'issue-journal');
    const { manifest } = await restoreBackup(
      {
        ...deps,
        databaseUrl,
        journalFolder,
        dataDir: scratch,
        keyFiles: [],
        replace: false,
        hasData: async () => false,
        saveInto: async () => {},
        ...(onProgress && { onProgress }),
      },
      folder,
    );
    const database = openDatabase({ url: databaseUrl, clock });
    try {
      const keyOpens = deps.keyring ? (await checkKeyring({ database, keyring: deps.keyring })).kind === 'ok' : null;
      // The tables are of one moment; the journal was copied after it and knows more.
      const then = { now: () => manifest.madeAt, monotonicMs: clock.monotonicMs };
      const report = await auditAll({
        database,
        clock: then,
        journalFolder,
        journalCopy: deps.journalCopy,
        tablesAreOf: manifest.madeAt,
        onCheck: (id) => onProgress?.(`auditing ${id}`),
      });
      return {
        ok: report.ok && keyOpens !== false,
        rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
        durationMs: Math.round(clock.monotonicMs() - from),
        keyOpens,
        checks: report.checks,
      };
    } finally {
      await database.close();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function removeAbandoned(dataDir: string, now: number): Promise<void> {
  for (const name of await readdir(dataDir).catch(() => [])) {
    const begunAt = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN;
    if (now - begunAt > abandonedAfterMs) await rm(join(dataDir, name), { recursive: true, force: true });
  }
}
