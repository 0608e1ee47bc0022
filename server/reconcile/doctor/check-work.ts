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
import { bad, type Diagnosis, type DoctorDeps, ok, warn } from './diagnosis.ts';

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
  if (environment !== 'production') return ok('address', `${baseUrl} (development)`);
  if (baseUrl.startsWith('https:')) return ok('address', baseUrl);
  return warn('address', `BASE_URL is ${baseUrl}: buyers and payment channels need an https address`);
}

async function mail({ smtpUrl, mailFrom }: DoctorDeps): Promise<Diagnosis> {
  if (!smtpUrl) return ok('mail', 'SMTP_URL is not set: buyers get no mails');
  const mailer = createMailer({ smtpUrl, from: mailFrom });
  try {
    await mailer.verify();
    return ok('mail', 'the mail server lets us in');
  } catch (error) {
    return warn('mail', `the mail server does not: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    mailer.close();
  }
}

async function cases({ database }: DoctorDeps): Promise<Diagnosis> {
  const open = await countOpenCases(database.read);
  return open === 0 ? ok('review cases', 'none open') : warn('review cases', `${open} wait for a person`);
}

async function outbox({ database, clock }: DoctorDeps): Promise<Diagnosis> {
  const stuck = await stuckMessages(database.read, clock.now() - stuckAfterMs, counted);
  if (stuck.length === 0) return ok('outbox', 'nothing waits for more than ten minutes');
  const [first] = stuck;
  return warn(
    'outbox',
    `${stuck.length} messages wait, for example ${first?.id}: ${first?.last_error ?? 'no worker runs'}`,
  );
}

async function backup({ database, clock }: DoctorDeps): Promise<Diagnosis> {
  const note = await readSetting(database.read, lastBackupSetting);
  if (!note) return warn('backup', 'there has never been one; run: cardwell backup');
  const { at, folder } = JSON.parse(note) as { at: number; folder: string };
  const days = (clock.now() - at) / dayMs;
  const says = `the last one is ${days.toFixed(1)} days old, in ${folder}`;
  const [latest] = await listBackups(database.read, 1);
  if (latest?.rehearsal?.ok === false)
    return bad('backup', `${latest.name} would not bring the shop back: see its rehearsal`);
  return days > backupEveryDays ? warn('backup', says) : ok('backup', says);
}

/** Entries that no worker has chained: nobody would see them changed. */
async function log({ database, clock }: DoctorDeps): Promise<Diagnosis[]> {
  const name = 'audit log';
  const left = await countUnchained(database.read, clock.now() - unchainedAfterMs, counted);
  const { verified } = await readChainView(database.read);
  if (verified?.ok === false)
    return [bad(name, `it was changed: ${verified.sample[0]}; run: cardwell audit-log check`)];
  if (left > 0) return [warn(name, `${left} entries are not chained yet: no worker has run for a while`)];
  return [ok(name, verified ? `checked up to entry ${verified.seq}` : 'not checked yet')];
}
