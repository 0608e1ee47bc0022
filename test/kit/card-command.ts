/** The commands about cards on their own, for tests that run them as a program. */
import { Command } from 'commander';
import { importCommand } from '../../bin/commands/import.ts';
import { rotateKeysCommand } from '../../bin/commands/rotate-keys.ts';

await new Command('cardwell').addCommand(importCommand()).addCommand(rotateKeysCommand()).parseAsync();
