import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shopRoles } from '../topology.ts';
import type { Drill, Scene } from './drill.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const leftOut = new Set(['node_modules', '.git', 'data', 'docs', 'test', 'bench']);

/** What a next version brings: one more table column, added while the old version still runs. */
const migration = '999-drill';
const column = 'drilled_at';
const statements = `ALTER TABLE orders ADD COLUMN ${column} BIGINT NULL;\n`;

export const rollingUpgrade: Drill = {
  name: 'upgrade',
  title: { zh: '带数据库迁移的滚动升级', en: 'A rolling upgrade with a migration' },
  rehearses: {
    zh: '先迁移数据库，再逐个进程停旧启新；新旧版本同时在跑，之后再逐个退回旧版，买家无感。',
    en: 'The database is migrated first, then each process is stopped and started as the next version; both run side by side, then all go back the same way, and no buyer notices.',
  },
  rows: ['S8', 'S40'],
  limits: { failedRequests: 0, longestGapMs: 1000, leftBehind: 0 },
  // Sixteen processes, each stopped and started twice.
  holdMs: 150_000,
  takesItsTime: true,
  async fault(scene) {
    const { lab } = scene;
    const next = nextVersion(lab.dir);
    scene.fault('the database is migrated');
    await migrateFrom(scene, next);
    for (const role of shopRoles)
      for (const old of lab.processes.filter((one) => one.kind === role)) {
        await old.stop();
        await old.start({ checkout: next });
      }
    return async () => {
      scene.note('every process runs the next version');
      // Back: this version ignores the column that it does not know.
      for (const one of lab.processes.filter(({ kind }) => (shopRoles as readonly string[]).includes(kind))) {
        await one.stop();
        await one.start();
      }
      rmSync(next, { recursive: true, force: true });
      scene.healed('every process runs this version again');
    };
  },
};

function nextVersion(dir: string): string {
  const next = join(dir, 'next-version');
  rmSync(next, { recursive: true, force: true });
  cpSync(checkout, next, { recursive: true, filter: (source) => !leftOut.has(basename(source)) });
  symlinkSync(join(checkout, 'node_modules'), join(next, 'node_modules'));
  const folder = join(next, 'migrations', migration);
  mkdirSync(folder, { recursive: true });
  for (const dialect of ['mysql', 'sqlite']) writeFileSync(join(folder, `${dialect}.sql`), statements);
  return next;
}

async function migrateFrom({ lab, trouble }: Scene, folder: string): Promise<void> {
  const { execFile } = await import('node:child_process');
  const { promisify } = await import('node:util');
  const command = lab.zone('a').machines.app.on([process.execPath, join(folder, 'bin/cardwell.ts'), 'migrate']);
  const [file, ...args] = command;
  const env = { ...process.env, ...lab.environment('a') };
  await promisify(execFile)(file as string, args, { env, cwd: folder }).catch((error) => {
    trouble(`the migration failed: ${error.stderr}`);
  });
}
