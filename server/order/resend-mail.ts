/** A buyer has not found their mail: the one that fits the order's state goes out once more, with a new link. */

import { type MailTemplate, mailTemplates } from '../delivery/mail-texts.ts';
import { enqueue, messagesNamed } from '../delivery/outbox-store.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import type { Nudges } from '../platform/nudges.ts';
import { isMailAddress, type Order } from './order.ts';
import { lockOrder } from './order-store.ts';

export type ResendOutcome =
  | { kind: 'queued'; template: MailTemplate }
  | { kind: 'order-not-found' }
  | { kind: 'mail-off' }
  | { kind: 'no-address' }
  /** One is on its way already. */
  | { kind: 'waiting' }
  | { kind: 'too-many'; perDay: number };

/** So that a person at the desk does not become a nuisance, or a bot with their session. */
const perDay = 5;
const dayMs = 86_400_000;

export interface ResendDeps {
  database: Database;
  clock: Clock;
  nudges: Nudges;
  mailEnabled: boolean;
}

export async function resendMail(
  deps: ResendDeps,
  request: Required<Actor> & { orderId: string; reason: string },
): Promise<ResendOutcome> {
  const outcome = await deps.database.transact('order.resend-mail', (tx) => resendIn(tx, deps, request));
  if (outcome.kind === 'queued') deps.nudges.send('outbox', 'resend');
  return outcome;
}

async function resendIn(
  tx: Tx,
  { clock, mailEnabled }: ResendDeps,
  { orderId, reason, actor, requestId }: Required<Actor> & { orderId: string; reason: string },
): Promise<ResendOutcome> {
  const order = await lockOrder(tx, orderId);
  if (!order) return { kind: 'order-not-found' };
  if (!mailEnabled) return { kind: 'mail-off' };
  if (!isMailAddress(order.contact)) return { kind: 'no-address' };
  const template = templateFor(order);
  const id = `mail:${template}:${orderId}:${requestId}`;
  const before = await messagesNamed(
    tx,
    mailTemplates.map((one) => `mail:${one}:${orderId}`),
  );
  // Run again after a commit of unknown end.
  if (before.some((mail) => mail.id === id)) return { kind: 'queued', template };
  if (before.some((mail) => mail.status === 'pending')) return { kind: 'waiting' };
  const at = clock.now();
  if (before.filter((mail) => mail.created_at > at - dayMs).length > perDay) return { kind: 'too-many', perDay };
  await enqueue(tx, [{ id, topic: 'mail', payload: { template, orderId } }], at);
  const entry = {
    at,
    actor,
    requestId,
    action: 'order.resend-mail' as const,
    subject: `order:${orderId}`,
    orderId,
    reason,
  };
  await recordAudit(tx, { ...entry, after: { template } });
  return { kind: 'queued', template };
}

function templateFor({ status }: Order): MailTemplate {
  return status === 'delivered' || status === 'paid' ? status : 'link';
}
