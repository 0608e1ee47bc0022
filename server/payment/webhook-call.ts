/** One signed request to the program that delivers a SKU, and what its answer means. docs/webhooks.md is for its programmer. */
import { isDeliverableText } from '../card/deliverable-text.ts';
import type { Clock } from '../platform/clock.ts';
import { type OutsideHttp, OutsideHttpError } from '../platform/outside-http.ts';
import { signedHeaders } from '../platform/webhook-signature.ts';

export interface WebhookTarget {
  url: string;
  secret: string;
}

export type WebhookAnswer =
  | { kind: 'delivered'; content: string }
  /** A person, or the program by a call of its own, delivers later. */
  | { kind: 'accepted' }
  | { kind: 'failed'; status: number | null; reason: string };

const timeoutMs = 10_000;
const maxBytes = 16 << 10;

export async function callWebhook(
  { http, clock }: { http: OutsideHttp; clock: Clock },
  target: WebhookTarget,
  id: string,
  facts: Record<string, unknown>,
): Promise<WebhookAnswer> {
  const body = JSON.stringify({ id, ...facts });
  const headers = { 'content-type': 'application/json', ...signedHeaders(target.secret, id, body, clock.now()) };
  try {
    const reply = await http.request({ method: 'POST', url: target.url, headers, body, timeoutMs, maxBytes });
    return answerOf(reply.status, reply.body.toString('utf8'));
  } catch (error) {
    if (error instanceof OutsideHttpError) return { kind: 'failed', status: null, reason: error.message };
    throw error;
  }
}

/** Reasons never hold what was answered: it may be what the buyer has paid for. */
export function answerOf(status: number, text: string): WebhookAnswer {
  const failed = (reason: string): WebhookAnswer => ({ kind: 'failed', status, reason });
  if (status < 200 || status >= 300) return failed(`it answered with status ${status}`);
  if (status === 202 && text.trim() === '') return { kind: 'accepted' };
  const answer = parsed(text);
  if (answer?.status === 'accepted') return { kind: 'accepted' };
  if (answer?.status !== 'delivered') return failed('its answer says neither "delivered" nor "accepted"');
  const { content } = answer;
  if (typeof content !== 'string' || !isDeliverableText(content.trim())) {
    return failed('the content it delivers is empty, longer than 4096 bytes, or holds control characters');
  }
  return { kind: 'delivered', content: content.trim() };
}

function parsed(text: string): { status?: unknown; content?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
