/** The data directory, the key file and the disk under them. */
import { access, constants, stat, statfs } from 'node:fs/promises';
import { KeyFileError, readKeyFile } from '../../card/key-file.ts';
import { bad, type Diagnosis, type DoctorDeps, ok, warn } from './diagnosis.ts';

const gibibyte = 2 ** 30;
/** An import of a million cards and a day of a busy shop fit in. */
const roomyBytes = 2 * gibibyte;
const tightBytes = gibibyte / 4;
const fullShare = 0.8;

export async function checkFiles({ dataDir, masterKeyFile }: DoctorDeps): Promise<Diagnosis[]> {
  return [await dataDirectory(dataDir), keyFile(masterKeyFile), await disk(dataDir)];
}

async function dataDirectory(path: string): Promise<Diagnosis> {
  const name = 'data directory';
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return bad(name, `${path} cannot be written by this user`);
  }
  const { mode } = await stat(path);
  if ((mode & 0o022) !== 0) return warn(name, `${path} can be written by others; run: chmod go-w ${path}`);
  return ok(name, path);
}

function keyFile(path: string): Diagnosis {
  const name = 'card key file';
  try {
    const { content } = readKeyFile(path, true);
    return ok(name, `${path}, ${content.keys.length} key(s), number ${content.active} in use`);
  } catch (error) {
    if (!(error instanceof KeyFileError)) throw error;
    return error.missing
      ? warn(name, `${error.message}; the first start of the shop makes it`)
      : bad(name, error.message);
  }
}

async function disk(path: string): Promise<Diagnosis> {
  const name = 'disk space';
  const { bavail, blocks, bsize } = await statfs(path).catch(() => ({ bavail: 0, blocks: 0, bsize: 1 }));
  if (blocks === 0) return warn(name, 'cannot be told');
  const free = bavail * bsize;
  const used = 1 - bavail / blocks;
  const says = `${(free / gibibyte).toFixed(1)} GiB free, ${Math.round(used * 100)} % used`;
  if (free < tightBytes) return bad(name, `${says}: a full disk stops every sale`);
  return free < roomyBytes || used > fullShare ? warn(name, says) : ok(name, says);
}
