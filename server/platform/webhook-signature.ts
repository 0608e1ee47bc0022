/**
 * How our requests to other people's servers prove where they come from: HMAC-SHA256 with a shared secret over
 * "<timestamp>.<body>". The receiver computes the same, compares, refuses timestamps that are minutes old, and knows a
 * repeat by the id. docs/webhooks.md shows it in three languages.
 */
import { createHmac } from 'node:crypto';

export const webhookHeaders = {
  id: 'x-cardwell-id',
  timestamp: 'x-cardwell-timestamp',
  signature: 'x-cardwell-signature',
} as const;

/** @param nowMs signed as whole seconds since 1970 */
export function signedHeaders(secret: string, id: string, body: string, nowMs: number): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const digest = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return {
    [webhookHeaders.id]: id,
    [webhookHeaders.timestamp]: timestamp,
    [webhookHeaders.signature]: `sha256=${digest}`,
  };
}
