/** The topic `mail`: {template, orderId} -> a mail to the buyer with a link of its own. */
import { sha256 } from '../platform/ids.ts';
import { type MailTemplate, mailTemplates } from './mail-texts.ts';
import type { Mailer } from './mailer.ts';
import { type MailedOrder, orderMail } from './order-mail.ts';
import type { OutboxMessage } from './outbox-store.ts';
import type { Topic } from './send-outbox.ts';

export interface MailTopicDeps {
  mailer: Mailer;
  baseUrl: string;
  shopName(): Promise<string>;
  readOrder(orderId: string): Promise<MailedOrder | undefined>;
  /** @returns a new token that opens this order for `lifeMs`; only its hash is kept */
  grantAccess(orderId: string, lifeMs: number): Promise<string>;
}

/** The mail says so too (mail-texts.ts). */
export const linkLifeMs = 90 * 24 * 3_600_000;

export function mailTopic(deps: MailTopicDeps): Topic {
  return {
    send: (message) => sendMail(deps, message),
    maxWaitMs: 10 * 60_000,
    slowWaitMs: 3_600_000,
    mayBeStopped: true,
  };
}

async function sendMail(deps: MailTopicDeps, message: OutboxMessage): Promise<string | undefined> {
  const { template, orderId } = message.payload;
  if (!mailTemplates.includes(template as MailTemplate)) return `no template is called ${String(template)}`;
  const order = await deps.readOrder(String(orderId));
  if (!order) return `there is no order ${String(orderId)}`;
  const token = await deps.grantAccess(order.id, linkLifeMs);
  // Behind the #: browsers keep that part to themselves, so it reaches no server log and no Referer.
  const orderUrl = `${deps.baseUrl}/orders/${order.id}#t=${token}`;
  const content = orderMail(template as MailTemplate, order, { name: await deps.shopName(), orderUrl });
  await deps.mailer.send({ ...content, to: order.contact, messageId: messageId(message.id, deps.baseUrl) });
  return undefined;
}

function messageId(outboxId: string, baseUrl: string): string {
  return `<${sha256(outboxId)}@${new URL(baseUrl).hostname}>`;
}
