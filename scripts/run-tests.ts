/** Runs the given test files under node's test runner, with one MariaDB for all that need databases. */
import { availableParallelism } from 'node:os';
import { startMariadb } from '../test/kit/mariadb.ts';
import { runAsSelf } from './setup/child.mjs';
import { needsOf } from './setup/needs.mjs';

/** No test may take longer. Those that must are drills or soaks and are run by their own commands. */
const testTimeoutMs = 120_000;
/** A file that hangs beside its tests (an endless loop) would otherwise hold the run for ever. */
const runTimeoutMs = 45 * 60_000;

const files = process.argv.slice(2);
const mariadb = files.some((file) => needsOf(file).includes('mariadb')) ? await startMariadb() : undefined;
if (mariadb) process.env.CARDWELL_TEST_MYSQL_URL = mariadb.url;

const options = [
  `--test-timeout=${testTimeoutMs}`,
  // The default leaves one core free, which on two cores is half the machine; tests mostly wait for disks and servers.
  `--test-concurrency=${Math.max(2, availableParallelism())}`,
  // A file ends when its tests have, whatever it left open.
  '--test-force-exit',
  '--test-reporter=./scripts/test-reporter.ts',
  '--test-reporter-destination=stdout',
];
process.exitCode = await runAsSelf(process.execPath, ['--test', ...options, ...files], { timeout: runTimeoutMs });
await mariadb?.stop();
