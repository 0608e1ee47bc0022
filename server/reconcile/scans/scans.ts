/** Every scan. docs/operating.md explains them by the same names. */
import { anchorAuditLogScan } from './anchor-audit-log.ts';
import { countOpenCasesScan } from './count-open-cases.ts';
import { databaseAgainstJournalScan } from './database-against-journal.ts';
import { deliverPaidScan } from './deliver-paid.ts';
import { endAlarmsScan } from './end-alarms.ts';
import { expireOrdersScan } from './expire-orders.ts';
import { forgetExpiredScan } from './forget-expired.ts';
import { journalAgainstDatabaseScan, wholeJournalScan } from './journal-against-database.ts';
import { journalCopyScan, wholeJournalCopyScan } from './journal-copy.ts';
import { missedMessagesScan } from './missed-messages.ts';
import { outboxStuckScan } from './outbox-stuck.ts';
import { probeChannelsScan } from './probe-channels.ts';
import { queryPaymentsScan } from './query-payments.ts';
import { reconcileBillsScan } from './reconcile-bills.ts';
import { refundsDueScan } from './refunds-due.ts';
import { releaseOrphansScan } from './release-orphans.ts';
import type { Scan } from './scan.ts';
import { sealAuditLogScan } from './seal-audit-log.ts';
import { spreadNoticesScan } from './spread-notices.ts';
import { stockAlertsScan } from './stock-alerts.ts';
import { stockDriftScan } from './stock-drift.ts';
import { tellRestockedScan } from './tell-restocked.ts';
import { unusedPicturesScan } from './unused-pictures.ts';
import { verifyAuditLogScan } from './verify-audit-log.ts';

export const scans: readonly Scan[] = [
  wholeJournalScan,
  journalAgainstDatabaseScan,
  databaseAgainstJournalScan,
  journalCopyScan,
  wholeJournalCopyScan,
  expireOrdersScan,
  queryPaymentsScan,
  missedMessagesScan,
  probeChannelsScan,
  reconcileBillsScan,
  deliverPaidScan,
  releaseOrphansScan,
  refundsDueScan,
  outboxStuckScan,
  stockDriftScan,
  stockAlertsScan,
  tellRestockedScan,
  endAlarmsScan,
  spreadNoticesScan,
  countOpenCasesScan,
  forgetExpiredScan,
  unusedPicturesScan,
  sealAuditLogScan,
  anchorAuditLogScan,
  verifyAuditLogScan,
];
