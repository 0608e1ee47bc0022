/** Finds the Node that runs Cardwell's TypeScript: the one the lock file pins, else a system Node that is new enough. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The first release that runs .ts files and has node:sqlite without flags. */
const oldest = [24, 12];

export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/** @returns the path of a usable Node; throws an Error a person can act on. */
export function findNode(root) {
  const pinned = join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
  for (const candidate of [pinned, process.execPath, 'node']) {
    const version = versionOf(candidate);
    if (version && isNewEnough(version)) return candidate;
  }
  throw new Error(
    `Cardwell runs on Node ${oldest.join('.')} or newer, and this is ${process.version}.\n` +
      'On Linux (x64, arm64) it brings its own Node as an optional package; install without --omit=optional,\n' +
      'or install a newer Node from https://nodejs.org and run the command again.',
  );
}

function versionOf(binary) {
  const { status, stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
