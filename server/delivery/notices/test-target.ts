/** A message to one target, now and past the outbox, because a person is waiting for the service's answer. */
import type { Language } from '../../../contract/common.ts';
import { type Actor, recordAudit } from '../../platform/audit-store.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { NotifyResult } from '../notifiers/notifier.ts';
import { type OpenTargetDeps, sendTo } from './open-target.ts';
import { readTarget } from './target-store.ts';

export interface TestTargetDeps {
  database: Database;
  clock: Clock;
  opening: OpenTargetDeps;
  baseUrl: string;
  shopName(): Promise<string>;
}

const texts: Record<Language, { title: string; line: string }> = {
  zh: { title: '测试通知', line: '收到这条消息，说明通知设置正确。' },
  en: { title: 'Test notice', line: 'If you can read this, notices reach you here.' },
};

export async function testTarget(
  deps: TestTargetDeps,
  { id, actor, requestId }: { id: number } & Actor & { requestId: string },
): Promise<{ kind: 'not-found' } | { kind: 'tested'; result: NotifyResult; tookMs: number }> {
  const { database, clock } = deps;
  const target = await readTarget(database.read, id);
  if (!target) return { kind: 'not-found' };
  const from = clock.monotonicMs();
  const { title, line } = texts[target.lang];
  const result = await sendTo(deps.opening, target, {
    id: `test:${requestId}`,
    severity: 'P2',
    lang: target.lang,
    shop: await deps.shopName(),
    title,
    lines: [line],
    url: `${deps.baseUrl}/admin/notices`,
    facts: [],
    at: clock.now(),
  });
  const tookMs = Math.round(clock.monotonicMs() - from);
  const at = clock.now();
  const subject = `notice-target:${id}`;
  const after = { result: result.kind };
  await database.transact('notices.test', (tx) =>
    recordAudit(tx, { at, actor, requestId, action: 'notice-target.test', subject, after }),
  );
  return { kind: 'tested', result, tookMs };
}
