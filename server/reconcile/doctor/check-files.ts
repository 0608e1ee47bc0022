/** The data directory, the key file and the disk under them. */
import { access, constants, stat, statfs } from 'node:fs/promises';
import { KeyFileError, readKeyFile } from '../../card/key-file.ts';
import { type Diagnosis, type DoctorDeps, finding } from './diagnosis.ts';

const gibibyte = 2 ** 30;
/** An import of a million cards and a day of a busy shop fit in. */
const roomyBytes = 2 * gibibyte;
const tightBytes = gibibyte / 4;
const fullShare = 0.8;

export async function checkFiles({ dataDir, masterKeyFile }: DoctorDeps): Promise<Diagnosis[]> {
  return [await dataDirectory(dataDir), keyFile(masterKeyFile), await disk(dataDir)];
}

async function dataDirectory(path: string): Promise<Diagnosis> {
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return finding('data-directory.unwritable', { path });
  }
  const { mode } = await stat(path);
  if ((mode & 0o022) !== 0) return finding('data-directory.open', { path });
  return finding('data-directory.fine', { path });
}

function keyFile(path: string): Diagnosis {
  try {
    const { content } = readKeyFile(path, true);
    return finding('key-file.fine', { path, keys: content.keys.length, active: content.active });
  } catch (error) {
    if (!(error instanceof KeyFileError)) throw error;
    return finding(error.missing ? 'key-file.missing' : 'key-file.bad', { problem: error.message });
  }
}

async function disk(path: string): Promise<Diagnosis> {
  const { bavail, blocks, bsize } = await statfs(path).catch(() => ({ bavail: 0, blocks: 0, bsize: 1 }));
  if (blocks === 0) return finding('disk.unknown', {});
  const free = bavail * bsize;
  const usedShare = 1 - bavail / blocks;
  const values = { free: (free / gibibyte).toFixed(1), used: Math.round(usedShare * 100) };
  if (free < tightBytes) return finding('disk.full', values);
  return finding(free < roomyBytes || usedShare > fullShare ? 'disk.low' : 'disk.fine', values);
}
