/**
 * The topic `webhook`: {orderId, lineNo} -> the owner's program is asked to deliver one line of a paid order. Asked again and
 * again until it answers, under one id, so a program that keeps ids delivers once; a person is told when it keeps failing.
 */
import type { AnsweredField } from '../../contract/buyer-fields.ts';
import type { LetterKeys } from '../card/letter-key.ts';
import { readLineForms } from '../card/line-form-store.ts';
import { sealDeliveryLetter } from '../card/store-manual-delivery.ts';
import { type WebhookBox, webhookOwner } from '../catalog/set-sku-webhook.ts';
import { readSkuWebhook } from '../catalog/sku-webhook-store.ts';
import type { OutboxMessage } from '../delivery/outbox-store.ts';
import type { Topic } from '../delivery/send-outbox.ts';
import type { Order, OrderLine } from '../order/order.ts';
import { readOrder } from '../order/order-store.ts';
import type { OutsideHttp } from '../platform/outside-http.ts';
import { type DeliverDeps, deliverLine } from './deliver-line.ts';
import { refundsOfOrder } from './refund-store.ts';
import { callWebhook } from './webhook-call.ts';

export interface WebhookDeps extends DeliverDeps {
  http: OutsideHttp;
  box: WebhookBox;
  letterKeys: LetterKeys;
}

export function webhookTopic(deps: WebhookDeps): Topic {
  return {
    send: (message) => askForLine(deps, message),
    maxWaitMs: 10 * 60_000,
    slowWaitMs: 3_600_000,
    mayBeStopped: true,
  };
}

/** @returns why it must be tried again */
async function askForLine(deps: WebhookDeps, message: OutboxMessage): Promise<string | undefined> {
  const { database, box, letterKeys } = deps;
  const order = await readOrder(database.read, String(message.payload.orderId));
  const line = order?.lines.find(({ lineNo }) => lineNo === Number(message.payload.lineNo));
  if (!order || !line) return 'there is no such order';
  if (order.status === 'review') return 'the order waits for a review';
  // Somebody was faster, or the money went back.
  if (order.status !== 'paid' || line.deliveredAt !== null) return undefined;
  const refunds = await refundsOfOrder(database.read, order.id);
  if (refunds.some(({ status }) => status === 'requested')) return 'its money is on the way back';
  const webhook = await readSkuWebhook(database.read, line.skuId);
  if (!webhook) return 'no webhook is set up for this variant';
  const to = await letterKeys.current();
  if (!to) return 'the card role has not told yet how to seal what is delivered';
  const target = { url: webhook.url, secret: box.unseal(webhookOwner(line.skuId), webhook.secret) };
  const answer = await callWebhook(deps, target, message.id, await factsOf(deps, order, line));
  if (answer.kind === 'failed') return answer.reason;
  if (answer.kind === 'accepted') return undefined;
  const delivery = sealDeliveryLetter(to, { orderId: order.id, lineNo: line.lineNo, content: answer.content });
  const outcome = await deliverLine(deps, delivery, { actor: 'webhook' });
  // Delivered by a person meanwhile: theirs stands.
  return outcome.kind === 'delivered' || outcome.kind === 'already-delivered' ? undefined : outcome.kind;
}

/** Secret answers are named and not sent: the program asks for them with a token, where they are logged as its doing. */
async function factsOf(deps: WebhookDeps, order: Order, line: OrderLine): Promise<Record<string, unknown>> {
  const form = (await readLineForms(deps.database.read, order.id)).find(({ lineNo }) => lineNo === line.lineNo);
  const fields = form ? (JSON.parse(form.answers) as AnsweredField[]) : [];
  const { lineNo, skuId, productId, productName, skuName, quantity, unitPriceMinor, amountMinor } = line;
  return {
    event: 'line.paid',
    order: { id: order.id, currency: order.currency, contact: order.contact, lang: order.lang, paidAt: order.paidAt },
    line: { lineNo, skuId, productId, productName, skuName, quantity, unitPriceMinor, amountMinor },
    fields: Object.fromEntries(fields.filter(({ kind }) => kind !== 'secret').map(({ key, value }) => [key, value])),
    secretFields: fields.filter(({ kind }) => kind === 'secret').map(({ key }) => key),
  };
}
