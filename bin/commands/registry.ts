/** Every subcommand, in the order of --help. */
import type { Command } from 'commander';
import { auditCommand } from './audit.ts';
import { migrateCommand } from './migrate.ts';
import { serveCommand } from './serve.ts';
import { setupLinkCommand } from './setup-link.ts';
import { tokenCommand } from './token.ts';

export const commands: readonly (() => Command)[] = [
  serveCommand,
  migrateCommand,
  setupLinkCommand,
  tokenCommand,
  auditCommand,
];
