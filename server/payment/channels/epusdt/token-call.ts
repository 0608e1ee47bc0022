/** Requests to a USDT gateway: signed JSON out, `{status_code, message, data}` back. Answers carry no signature. */
import type { PaymentAction } from '../../../../contract/shop.ts';
import type { Attempt, CreateResult } from '../../channel.ts';
import { type ChannelHttp, ChannelHttpError } from '../../channel-http.ts';
import { decimalAmount, minorAmount } from '../../decimal-amount.ts';
import { asObject, jsonObject, plainText } from '../../wire/json-object.ts';
import { payerAction } from '../epay/payer-action.ts';
import { theirNumber } from '../epay/wire.ts';
import { amountText, type NumberWriter, tokenSignature } from './wire.ts';

export interface TokenCaller {
  gateway: string;
  token: string;
  currency: string;
  writeNumber: NumberWriter;
  http: ChannelHttp;
}

export interface TokenAnswer {
  /** 200 for success, in the body; the HTTP status where the body has none. */
  code: number;
  message: string;
  body: Record<string, unknown>;
  data: Record<string, unknown>;
}

/** The answer, or why there is none. */
export async function postSigned(
  { gateway, token, writeNumber, http }: TokenCaller,
  path: string,
  values: Record<string, string | number>,
): Promise<TokenAnswer | string> {
  const signature = tokenSignature(values, token, writeNumber);
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ ...values, signature });
  return answerOf(http.request({ method: 'POST', url: gateway + path, headers, body }));
}

export function getPlain({ gateway, http }: TokenCaller, path: string): Promise<TokenAnswer | string> {
  return answerOf(http.request({ method: 'GET', url: gateway + path }));
}

async function answerOf(asked: Promise<{ status: number; body: Buffer }>): Promise<TokenAnswer | string> {
  try {
    const { status, body: bytes } = await asked;
    const body = jsonObject(bytes);
    if (!body) return `HTTP status ${status}, and no JSON`;
    const code = typeof body.status_code === 'number' ? body.status_code : status;
    const message = (plainText(body.message) || plainText(body.error)).slice(0, 200);
    return { code, message, body, data: asObject(body.data) ?? {} };
  } catch (error) {
    if (error instanceof ChannelHttpError) return error.message;
    throw error;
  }
}

/** The price as a JSON number that both sides print alike. */
export const amountNumber = (attempt: Attempt): number => Number(decimalAmount(attempt.amountMinor, attempt.currency));

/** Begins an order; both gateways answer alike. @param refused codes that speak of this payment alone */
export async function createOrder(
  caller: TokenCaller,
  path: string,
  attempt: Attempt,
  values: Record<string, string | number>,
  refused: readonly number[],
): Promise<CreateResult> {
  const reply = await postSigned(caller, path, values);
  if (typeof reply === 'string') return { kind: 'unavailable', reason: reply };
  const reason = `${reply.message} (${reply.code})`;
  if (reply.code !== 200) return { kind: refused.includes(reply.code) ? 'refused' : 'unavailable', reason };
  const { trade_id: reference, order_id, amount, payment_url } = reply.data;
  const right = minorAmount(amountText(amount), caller.currency) === attempt.amountMinor;
  if (order_id !== attempt.outTradeNo || !right) {
    return { kind: 'unavailable', reason: 'the answer is about another order' };
  }
  if (typeof reference !== 'string' || !theirNumber.test(reference)) {
    return { kind: 'unavailable', reason: 'the answer has no trade_id' };
  }
  const action: PaymentAction | undefined = payerAction(caller.gateway, [['url', payment_url]]);
  return action
    ? { kind: 'created', action, reference }
    : { kind: 'unavailable', reason: 'the answer has no payment_url' };
}
