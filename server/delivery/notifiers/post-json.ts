/** One JSON request and its JSON answer, as robots of chat services speak. Answers are kept to a line for the log. */
import type { OutsideHttp } from '../../platform/outside-http.ts';
import type { NotifyResult } from './notifier.ts';

export interface JsonReply {
  status: number;
  /** An empty object where the answer is no JSON object. */
  body: Record<string, unknown>;
  /** Of `Retry-After`, where the service sent it. */
  waitMs: number | undefined;
  line: string;
}

export async function postJson(
  http: OutsideHttp,
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<JsonReply> {
  const reply = await http.request({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = reply.body.toString('utf8');
  const after = Number(reply.headers['retry-after']);
  return {
    status: reply.status,
    body: objectOf(text),
    waitMs: Number.isFinite(after) && after > 0 ? after * 1000 : undefined,
    line: `HTTP ${reply.status} ${text.replace(/[\p{Cc}\s]+/gu, ' ').slice(0, 160)}`.trim(),
  };
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** @param isSent what the service calls success: a 200 alone says nothing with most robots */
export function judged(reply: JsonReply, isSent: boolean, waitMs = reply.waitMs): NotifyResult {
  if (isSent) return { kind: 'sent', answer: reply.line };
  return { kind: 'failed', reason: reply.line, ...(waitMs !== undefined && { waitMs }) };
}
