/** What waits: for a person, for a mail server, for a backup. */
import { createMailer } from '../../delivery/mailer.ts';
import { stuckMessages } from '../../delivery/outbox-store.ts';
import { countUnchained } from '../../platform/audit-chain-store.ts';
import { readSetting } from '../../platform/settings-store.ts';
import { readChainView } from '../audit-log/chain-state.ts';
import { listBackups } from '../backup/backup-store.ts';
import { holdsShop } from '../backup/shop-data-store.ts';
import { lastBackupSetting } from '../backup/write-backup.ts';
import { countOpenCases } from '../scans/open-case-store.ts';
import { type Diagnosis, type DoctorDeps, finding } from './diagnosis.ts';

const stuckAfterMs = 10 * 60_000;
const counted = 1000;
const unchainedAfterMs = 10 * 60_000;
const dayMs = 24 * 3_600_000;
const backupEveryDays = 2;

export async function checkWork(deps: DoctorDeps): Promise<Diagnosis[]> {
  const found = [address(deps), await mail(deps)];
  try {
    if (!(await holdsShop(deps.database.read))) return found;
    return [...found, await cases(deps), await outbox(deps), await backup(deps), ...(await log(deps))];
  } catch {
    // The database has been diagnosed already.
    return found;
  }
}

function address({ environment, baseUrl }: DoctorDeps): Diagnosis {
  if (environment !== 'production') return finding('address.development', { url: baseUrl });
  if (baseUrl.startsWith('https:')) return finding('address.fine', { url: baseUrl });
  return finding('address.not-https', { url: baseUrl });
}

async function mail({ smtpUrl, mailFrom }: DoctorDeps): Promise<Diagnosis> {
  if (!smtpUrl) return finding('mail.none', {});
  const mailer = createMailer({ smtpUrl, from: mailFrom });
  try {
    await mailer.verify();
    return finding('mail.fine', {});
  } catch (error) {
    return finding('mail.refused', { error: error instanceof Error ? error.message : String(error) });
  } finally {
    mailer.close();
  }
}

async function cases({ database }: DoctorDeps): Promise<Diagnosis> {
  const open = await countOpenCases(database.read);
  return open === 0 ? finding('cases.none', {}) : finding('cases.open', { count: open });
}

async function outbox({ database, clock }: DoctorDeps): Promise<Diagnosis> {
  const stuck = await stuckMessages(database.read, clock.now() - stuckAfterMs, counted);
  if (stuck.length === 0) return finding('outbox.fine', {});
  const [first] = stuck;
  const example = { id: first?.id ?? '', error: first?.last_error ?? 'no worker runs' };
  return finding('outbox.stuck', { count: stuck.length, ...example });
}

async function backup({ database, clock }: DoctorDeps): Promise<Diagnosis> {
  const note = await readSetting(database.read, lastBackupSetting);
  if (!note) return finding('backup.never', {});
  const { at, folder } = JSON.parse(note) as { at: number; folder: string };
  const days = (clock.now() - at) / dayMs;
  const [latest] = await listBackups(database.read, 1);
  if (latest?.rehearsal?.ok === false) return finding('backup.useless', { name: latest.name });
  return finding(days > backupEveryDays ? 'backup.old' : 'backup.fine', { days: days.toFixed(1), folder });
}

/** Entries that no worker has chained: nobody would see them changed. */
async function log({ database, clock }: DoctorDeps): Promise<Diagnosis[]> {
  const left = await countUnchained(database.read, clock.now() - unchainedAfterMs, counted);
  const { verified } = await readChainView(database.read);
  if (verified?.ok === false) return [finding('log.changed', { sample: verified.sample[0] ?? '' })];
  if (left > 0) return [finding('log.unchained', { count: left })];
  return [verified ? finding('log.fine', { seq: verified.seq }) : finding('log.unchecked', {})];
}
