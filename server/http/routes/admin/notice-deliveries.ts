import {
  NoticeDeliveryList,
  NoticeDeliveryQuery,
  RetriedReply,
  RetryNoticesBody,
} from '../../../../contract/admin-notices.ts';
import type { Context } from '../../../context.ts';
import { deliveryIdOf, listDeliveries } from '../../../delivery/notices/delivery-store.ts';
import { mostRetried, retryDeliveries } from '../../../delivery/notices/retry-deliveries.ts';
import { noticeTopicName } from '../../../delivery/notices/spread-events.ts';
import { messagesInState } from '../../../delivery/outbox-store.ts';
import type { App } from '../../app-type.ts';
import { deliveryViews, failedDeliveries } from '../../notice-view.ts';
import { actorOf } from '../../plugins/admin-auth.ts';

const tags = ['admin: notices'];
const base = '/api/admin/v1/notices/deliveries';

export function noticeDeliveryRoutes(app: App, context: Context): void {
  const list = {
    operationId: 'adminListNoticeDeliveries',
    tags,
    summary: 'Messages to targets and what became of them, newest first',
    querystring: NoticeDeliveryQuery,
    response: { 200: NoticeDeliveryList },
  };
  app.get(base, { config: { action: 'notices.read' }, schema: list }, async (request) => {
    const { before, target, status, limit } = request.query;
    const { read } = context.database;
    const ids = status && (await messagesInState(read, noticeTopicName, status, mostRetried)).map(deliveryIdOf);
    // One more than asked for tells whether there is a next page.
    const found = await listDeliveries(read, { before, targetId: target, limit: limit + 1, ...(ids && { ids }) });
    const page = found.slice(0, limit);
    const [deliveries, failed] = await Promise.all([deliveryViews(context, page), failedDeliveries(context)]);
    return { deliveries, next: found.length > limit ? (page.at(-1)?.id ?? null) : null, failed: failed.length };
  });
  const retry = {
    operationId: 'adminRetryNotices',
    tags,
    summary: 'Sends again what was given up or waits for its next try',
    body: RetryNoticesBody,
    response: { 200: RetriedReply },
  };
  app.post(`${base}/retry`, { config: { action: 'notices.send' }, schema: retry }, async (request) => ({
    retried: await retryDeliveries(context, { ...request.body, ...actorOf(request) }),
  }));
}
