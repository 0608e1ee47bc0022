import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cardStatus } from '../../contract/states.ts';
import { readJournalFileName } from '../../server/platform/journal/journal-file.ts';
import { dumpMysqlNode } from '../auditor/dump-node.ts';
import type { AuditFinding } from '../report/drill-record.ts';
import { shopRoles, zones } from '../topology.ts';
import type { Drill, Scene } from './drill.ts';

/** What each run of this drill must remember from the fault to the audit. */
interface Restored {
  /** Orders acknowledged after the backup was made: no database has them any more. */
  lost: Set<string>;
  /** Of them, those whose cards had been issued. */
  issued: Set<number>;
}
const restored = new WeakMap<object, Restored>();

export const restoreBackup: Drill = {
  name: 'restore-backup',
  title: { zh: '恢复昨夜的备份', en: "Last night's backup is put back" },
  rehearses: {
    zh: '备份之后又卖出了卡；恢复之后，发卡流水把那些卡全部下架，每笔都有人工复核。',
    en: 'Cards were sold after the backup was made; when it is put back the issue journals take every one of them off the shelf, and each order is on a desk.',
  },
  rows: ['S31', 'S33', 'S36'],
  // The shop is closed for it: that is what restoring is. What counts is what is sold afterwards.
  limits: { recoveredAfterMs: 120_000, leftBehind: 0 },
  holdMs: 60_000,
  takesItsTime: true,
  async fault(scene) {
    const { lab, history } = scene;
    const folder = join(lab.dir, 'backups');
    rmSync(folder, { recursive: true, force: true });
    const made = await lab.cardwell('a', 'backup', folder, '--json');
    if (made.code !== 0) throw new Error(`backup: ${made.stderr}`);
    const backup = (JSON.parse(made.stdout) as { folder: string }).folder;
    scene.note('the backup is made; the shop sells on');
    await scene.sleep(4000);

    scene.fault('the shop is closed and the backup put back');
    const roles = lab.processes.filter(({ kind }) => (shopRoles as readonly string[]).includes(kind));
    await Promise.all(roles.map((one) => one.stop()));
    const before = await dumpMysqlNode('before', lab.topology.databaseUrls.a);
    // What any zone handed out must be known where it is restored.
    gatherJournals(scene);
    const put = await lab.cardwell('a', 'restore', backup, '--yes', '--json');
    if (!put.stdout.startsWith('{')) throw new Error(`restore ended with ${put.code}: ${put.stderr}`);
    const { quarantined } = JSON.parse(put.stdout) as { quarantined: number };
    const after = await dumpMysqlNode('after', lab.topology.databaseUrls.a);
    const there = new Set(after.orders.map(({ id }) => id));
    const issuedAfter = new Set(after.issues.map(({ cardId, orderId }) => `${cardId} ${orderId}`));
    const lostIssues = before.issues.filter(({ cardId, orderId }) => !issuedAfter.has(`${cardId} ${orderId}`));
    const wasPending = new Map(after.orders.map(({ id, status }) => [id, status]));
    const goneBack = before.orders.filter(({ id, status }) => !there.has(id) || wasPending.get(id) !== status);
    restored.set(history, {
      lost: new Set(goneBack.map(({ id }) => id)),
      issued: new Set(lostIssues.map(({ cardId }) => cardId)),
    });
    scene.note(`${goneBack.length} orders and ${lostIssues.length} issues are gone; ${quarantined} cards quarantined`);
    return async () => {
      for (const one of roles) await one.start();
      scene.healed('the shop is open again');
    };
  },
  lostByRestore: ({ history }) => restored.get(history)?.lost ?? new Set(),
  async afterwards({ lab, history }): Promise<AuditFinding[]> {
    const { issued = new Set<number>() } = restored.get(history) ?? {};
    const node = await dumpMysqlNode('a', lab.topology.databaseUrls.a);
    const off = new Set<number>([cardStatus.quarantined, cardStatus.withdrawn]);
    const forSale = node.cards.filter(({ id, status }) => issued.has(id) && !off.has(status));
    const sample = forSale
      .slice(0, 5)
      .map(({ id, status, orderId }) => `card ${id}: status ${status}, order ${orderId}`);
    const says = `Every one of the ${issued.size} cards sold after the backup is off the shelf.`;
    return [
      { id: 'restored', says, ok: forSale.length === 0, found: forSale.length, sample },
      {
        id: 'restored cards',
        says: 'Cards had been sold after the backup, so there was something to find.',
        ok: issued.size > 0,
        found: issued.size > 0 ? 0 : 1,
        sample: [],
      },
    ];
  },
};

function gatherJournals({ lab }: Scene): void {
  const own = join(lab.dataDir('a'), 'issue-journal');
  mkdirSync(own, { recursive: true, mode: 0o700 });
  for (const zone of zones.filter((one) => one !== 'a')) {
    const theirs = join(lab.dataDir(zone), 'issue-journal');
    for (const name of readdirSync(theirs)) if (readJournalFileName(name)) cpSync(join(theirs, name), join(own, name));
  }
}
