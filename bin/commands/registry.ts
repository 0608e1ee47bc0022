/** Every subcommand, in the order of --help. */
import type { Command } from 'commander';
import { auditCommand } from './audit.ts';
import { auditLogCommand } from './audit-log.ts';
import { backupCommand } from './backup.ts';
import { databaseCommand } from './database.ts';
import { degradeCommand } from './degrade.ts';
import { doctorCommand } from './doctor.ts';
import { gatewaysCommand } from './gateways.ts';
import { importCommand } from './import.ts';
import { migrateCommand } from './migrate.ts';
import { notifyCommand } from './notify.ts';
import { orderCommand } from './order.ts';
import { reconcileCommand } from './reconcile.ts';
import { restoreCommand } from './restore.ts';
import { rollbackCommand } from './rollback.ts';
import { rotateKeysCommand } from './rotate-keys.ts';
import { scanCommand } from './scan.ts';
import { serveCommand } from './serve.ts';
import { setupLinkCommand } from './setup-link.ts';
import { tokenCommand } from './token.ts';
import { upgradeCommand } from './upgrade.ts';

export const commands: readonly (() => Command)[] = [
  serveCommand,
  upgradeCommand,
  migrateCommand,
  setupLinkCommand,
  tokenCommand,
  notifyCommand,
  importCommand,
  orderCommand,
  rotateKeysCommand,
  doctorCommand,
  databaseCommand,
  auditCommand,
  auditLogCommand,
  reconcileCommand,
  gatewaysCommand,
  scanCommand,
  degradeCommand,
  backupCommand,
  restoreCommand,
  rollbackCommand,
];
