/**
 * 易支付 (epay), version 2: both sides sign with RSA and SHA-256 over the sorted pairs, the time of sending among them.
 * Requests, callbacks and answers are all signed the same way.
 */
import type { KeyObject } from 'node:crypto';
import type { CallbackRequest, CallbackVerdict } from '../../channel.ts';
import { sortedPairs } from '../../sorted-pairs.ts';
import { readForm } from '../../wire/form-text.ts';
import { signSha256, verifiesSha256 } from '../../wire/rsa.ts';
import { callbackText, epayVerdict } from '../epay/wire.ts';

/** Of our channel, for the payment's record; and what its messages are checked with. */
export interface EpayV2Account {
  code: string;
  pid: string;
  platformKey: KeyObject;
}

/** How far the clocks may differ: the network's own SDK says 300 s. */
const toleranceS = 300;

/** What both sides sign. Values of nothing but blanks count as empty. */
export function signedText(fields: Readonly<Record<string, string>>): string {
  const filled = Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ''));
  return sortedPairs(filled, ['sign', 'sign_type']);
}

/** @returns the fields with time and signature */
export async function signFields(
  fields: Record<string, string>,
  key: KeyObject,
  nowMs: number,
): Promise<Record<string, string>> {
  const timed = { ...fields, timestamp: String(Math.floor(nowMs / 1000)) };
  return { ...timed, sign: await signSha256(signedText(timed), key), sign_type: 'RSA' };
}

/** @returns why the message is not to be believed, or undefined. It is proved, ours and fresh then. */
export function whyNotGenuine(
  fields: Readonly<Record<string, string>>,
  { pid, platformKey }: Pick<EpayV2Account, 'pid' | 'platformKey'>,
  nowMs: number,
): string | undefined {
  if (fields.sign_type !== 'RSA') return 'sign_type is not RSA';
  if (!verifiesSha256(signedText(fields), fields.sign, platformKey)) return 'signature does not match';
  if (!/^\d{10}$/.test(fields.timestamp ?? '')) return 'timestamp is not valid';
  if (Math.abs(nowMs / 1000 - Number(fields.timestamp)) > toleranceS) return 'timestamp is too far from now';
  if (fields.pid !== undefined && fields.pid !== pid) return 'the message is for another merchant';
  return undefined;
}

export function verifyEpayV2Callback(request: CallbackRequest, account: EpayV2Account, nowMs: number): CallbackVerdict {
  const text = callbackText(request);
  if (text === undefined) return { kind: 'rejected', reason: 'neither a GET nor a form' };
  const fields = readForm(text);
  if (!fields) return { kind: 'rejected', reason: 'a parameter comes twice or cannot be read' };
  const reason = whyNotGenuine(fields, account, nowMs) ?? (fields.pid === undefined ? 'pid is missing' : undefined);
  if (reason) return { kind: 'rejected', reason };
  return epayVerdict(fields, account, text.toString());
}

/** The fields of an answer as they are signed: numbers as text, lists and objects left out. */
export function answerFields(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string') fields[name] = value;
    else if (typeof value === 'number') fields[name] = String(value);
    else if (value === true) fields[name] = '1';
  }
  return fields;
}
