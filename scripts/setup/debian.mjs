/** Brings the programs that tests need: installs Debian's packages as root, and otherwise tells what is missing. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { programs } from './needs.mjs';

/** @returns names of the programs that are missing and could not be installed. */
export function ensurePrograms(names) {
  const missing = names.filter(isMissing);
  if (missing.length === 0) return [];
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return missing;
  install(missing.flatMap((name) => programs[name].debian));
  return missing.filter(isMissing);
}

const isRoot = process.getuid?.() === 0;
const isMissing = (name) => (programs[name].root && !isRoot) || programs[name].files.some((file) => !existsSync(file));

function install(packages) {
  console.log(`Installing ${packages.join(', ')} (apt-get) ...`);
  const withoutServices = forbidServices();
  try {
    apt('update', '-qq');
    apt('install', '-qq', '--yes', '--no-install-recommends', ...packages);
  } finally {
    withoutServices();
  }
}

function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const lockWait = ['-o', 'DPkg::Lock::Timeout=300'];
  const { status } = spawnSync('apt-get', [...lockWait, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed; see above.`);
}

/** Debian starts a service as it is installed unless this file says no; a file that is already there is left alone. */
function forbidServices() {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) return () => {};
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  return () => rmSync(policy, { force: true });
}
