/** `Stripe-Signature: t=<seconds>,v1=<hex>[,v1=<hex>]`: HMAC-SHA256 over `t.body`. Only v1 counts; v0 is for tests of theirs. */
import { createHmac } from 'node:crypto';
import { equalSecret } from '../../../platform/secrets.ts';

/** As Stripe's own libraries do; a clock of ours that is ahead is as good as one behind. */
const toleranceS = 300;

/** @returns why the body is not to be believed, or undefined */
export function whyNotSigned(rawBody: Buffer, header: unknown, secret: string, nowMs: number): string | undefined {
  if (typeof header !== 'string') return 'no Stripe-Signature';
  const pairs = header.split(',').map((pair) => pair.split('='));
  const times = pairs.filter(([name]) => name === 't').map(([, value]) => value ?? '');
  const [time = ''] = times;
  if (times.length !== 1 || !/^\d{1,12}$/.test(time)) return 'the signature has no time';
  const wanted = createHmac('sha256', secret).update(`${time}.`).update(rawBody).digest('hex');
  const given = pairs.filter(([name]) => name === 'v1').map(([, value]) => value);
  if (given.length === 0) return 'the signature is of no kind we know';
  if (!given.some((one) => equalSecret(one, wanted))) return 'signature does not match';
  if (Math.abs(nowMs / 1000 - Number(time)) > toleranceS) return 'the message is too old';
  return undefined;
}
