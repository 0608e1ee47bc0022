/** What the outbox can send, and how. A topic that is not here waits: a worker of another set-up may know it. */
import { nameOfSku } from '../catalog/name-of-sku-store.ts';
import { readShopName } from '../catalog/shop-info.ts';
import type { Context } from '../context.ts';
import { mailTopic } from '../delivery/mail-topic.ts';
import { createMailer, type Mailer } from '../delivery/mailer.ts';
import { noticeTopic } from '../delivery/notices/notice-topic.ts';
import type { OutboxMessage } from '../delivery/outbox-store.ts';
import { restockTopic } from '../delivery/restock/restock-topic.ts';
import type { Topic } from '../delivery/send-outbox.ts';
import { noticeOpening } from '../http/notice-opening.ts';
import { webhookBox } from '../http/webhook-box.ts';
import { grantAccess } from '../order/order-access-store.ts';
import { readOrder } from '../order/order-store.ts';
import { openReviewCases } from '../payment/review-store.ts';
import { sendRefund } from '../payment/send-refund.ts';
import { webhookTopic } from '../payment/webhook-topic.ts';
import { createBatcher } from '../platform/batcher.ts';
import type { Tx } from '../platform/db/database.ts';
import { createOutsideHttp } from '../platform/outside-http.ts';

/** A refund owed is asked for at least this often, for as long as it takes. */
const refundWaitMs = 5 * 60_000;

export function outboxTopics(context: Context): { topics: Record<string, Topic>; close(): void } {
  const refund: Topic = {
    send: (message) => sendRefund(context, String(message.payload.refundNo)),
    maxWaitMs: refundWaitMs,
    slowWaitMs: refundWaitMs,
    mayBeStopped: false,
  };
  const { smtpUrl, mailFrom, baseUrl } = context.config;
  const mailer = smtpUrl ? createMailer({ smtpUrl, from: mailFrom }) : undefined;
  const { database } = context;
  const shopName = () => readShopName(database.read);
  const notice = noticeTopic({ database, baseUrl, shopName, opening: noticeOpening(context, mailer) });
  const webhook = webhookTopic({
    ...context,
    http: createOutsideHttp(context.config.outsideRule),
    box: webhookBox(context),
  });
  return {
    topics: {
      refund,
      notice,
      webhook,
      ...(mailer && { mail: mail(context, mailer), restock: restock(context, mailer) }),
    },
    close: () => mailer?.close(),
  };
}

function restock({ database, config }: Context, mailer: Mailer): Topic {
  return restockTopic({
    database,
    mailer,
    baseUrl: config.baseUrl,
    shopName: () => readShopName(database.read),
    product: (skuId, lang) => nameOfSku(database.read, skuId, lang),
  });
}

function mail(context: Context, mailer: Mailer): Topic {
  const { database, clock, config } = context;
  // The links of mails that go out together are written in one transaction.
  const links = createBatcher({
    name: 'order.grant-access',
    run: (asked: readonly { orderId: string; lifeMs: number }[]) =>
      database.transact('order.grant-access', (tx) => {
        const lifeMs = Math.min(...asked.map((one) => one.lifeMs));
        const ids = asked.map((one) => one.orderId);
        return grantAccess(tx, ids, 'mail', clock.now(), lifeMs);
      }),
    mayBeOneMember: () => false,
    maxSize: 64,
    maxQueue: 1000,
  });
  return mailTopic({
    mailer,
    baseUrl: config.baseUrl,
    shopName: () => readShopName(database.read),
    readOrder: (id) => readOrder(database.read, id),
    grantAccess: (orderId, lifeMs) => links.submit({ orderId, lifeMs }),
  });
}

export async function tellPerson(context: Context, tx: Tx, message: OutboxMessage, error: string): Promise<void> {
  const { orderId, refundNo } = message.payload;
  // A refund's number begins with the order's.
  const about = typeof orderId === 'string' ? orderId : typeof refundNo === 'string' ? refundNo.slice(0, 28) : null;
  const detail = { topic: message.topic, messageId: message.id, error };
  const failure = { kind: 'delivery_failed' as const, about: message.id, orderId: about, detail };
  await openReviewCases(tx, [failure], context.clock.now());
}
