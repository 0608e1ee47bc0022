/** Notice targets and deliveries as the administration API shows them: without their secrets. */
import type { NoticeDeliveryView, NoticeTargetView } from '../../contract/admin-notices.ts';
import type { Context } from '../context.ts';
import { deliveryIdOf, type LoggedDelivery, listDeliveries, outboxIdOf } from '../delivery/notices/delivery-store.ts';
import { notifierKind, type OpenTargetDeps, openTarget, targetSettings } from '../delivery/notices/open-target.ts';
import { noticeTopicName } from '../delivery/notices/spread-events.ts';
import { type NoticeTarget, readTargets } from '../delivery/notices/target-store.ts';
import { messagesInState, type OutboxState, readMessages } from '../delivery/outbox-store.ts';
import { visibleSettings } from '../platform/setting-fields.ts';

const countedFailures = 1000;

export async function targetViews(context: Context, opening: OpenTargetDeps): Promise<NoticeTargetView[]> {
  const { read } = context.database;
  const [targets, failedIds] = await Promise.all([readTargets(read), failedDeliveries(context)]);
  const failed = await listDeliveries(read, { ids: failedIds, limit: countedFailures });
  const counts = Map.groupBy(failed, (one) => one.targetId);
  return targets.map((target) => targetView(opening, target, counts.get(target.id)?.length ?? 0));
}

export async function failedDeliveries({ database }: Pick<Context, 'database'>): Promise<number[]> {
  return (await messagesInState(database.read, noticeTopicName, 'failed', countedFailures)).map(deliveryIdOf);
}

function targetView(opening: OpenTargetDeps, target: NoticeTarget, failed: number): NoticeTargetView {
  const { id, kind, name, lang, enabled, events, quiet, version, createdAt, updatedAt } = target;
  return {
    id,
    kind,
    name,
    lang,
    enabled,
    events: [...events],
    quietFrom: quiet.from,
    quietTo: quiet.to,
    utcOffset: quiet.utcOffset,
    ...settingsOf(opening, target),
    failed,
    version,
    createdAt,
    updatedAt,
  };
}

function settingsOf(
  opening: OpenTargetDeps,
  target: NoticeTarget,
): Pick<NoticeTargetView, 'settings' | 'secretsSet' | 'fault'> {
  try {
    openTarget(opening, target);
    const { settings } = notifierKind(opening, target.kind);
    return { ...visibleSettings(settings, targetSettings(opening, target)), fault: null };
  } catch (error) {
    return { settings: {}, secretsSet: [], fault: (error as Error).message };
  }
}

export async function deliveryViews(
  { database }: Pick<Context, 'database'>,
  found: readonly LoggedDelivery[],
): Promise<NoticeDeliveryView[]> {
  const [states, targets] = await Promise.all([
    readMessages(
      database.read,
      found.map((one) => outboxIdOf(one.id)),
    ),
    readTargets(database.read),
  ]);
  const byId = new Map(states.map((state) => [state.id, state]));
  const names = new Map(targets.map((target) => [target.id, target.name]));
  return found.map((one) => deliveryView(one, byId.get(outboxIdOf(one.id)), names.get(one.targetId) ?? null));
}

function deliveryView(
  { id, targetId, notice, createdAt, eventCount, answer }: LoggedDelivery,
  state: OutboxState | undefined,
  targetName: string | null,
): NoticeDeliveryView {
  return {
    id,
    targetId,
    targetName,
    severity: notice.severity,
    title: notice.title,
    lines: notice.lines,
    events: eventCount,
    status: state?.status ?? 'done',
    attempts: state?.attempts ?? 0,
    lastError: state?.status === 'done' ? null : (state?.last_error ?? null),
    answer,
    nextAt: state?.next_at ?? null,
    doneAt: state?.done_at ?? null,
    createdAt,
  };
}
