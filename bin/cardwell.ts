#!/usr/bin/env node
/** The one command. Each subcommand is a small file in commands/. */
import { Command } from 'commander';
import { ConfigError } from '../server/config.ts';
import { commands } from './commands/registry.ts';

const program = new Command('cardwell')
  .description('A shop for digital goods that never loses an order and never issues a card twice.')
  .showHelpAfterError();
for (const command of commands) program.addCommand(command());

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`cardwell: ${error.message}\n`);
  process.exitCode = 2;
}
