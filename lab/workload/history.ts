/**
 * What buyers did and saw: each request with its outcome, and what each buyer was promised. It is written to a file of one JSON
 * object a line, so that a run can be judged again, or by others.
 */
import { createWriteStream, readFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Behaviour } from './plan-buyers.ts';

export const requestKinds = [
  'catalogue',
  'product',
  'place',
  'begin',
  'callback',
  'show',
  'cards',
  'cancel',
  'lookup',
  'ticket',
] as const;
export type RequestKind = (typeof requestKinds)[number];

/**
 * - ok: done, and said so
 * - recorded: 202, the shop promises to do it later
 * - no: a final answer that is not a failure, such as sold out
 * - fail: refused, or answered with an error
 * - unknown: no answer; it may have been done or not
 */
export const outcomes = ['ok', 'recorded', 'no', 'fail', 'unknown'] as const;
export type Outcome = (typeof outcomes)[number];

export interface RequestRecord {
  buyer: number;
  kind: RequestKind;
  /** Milliseconds since 1970, by the clock of the one machine that buys. */
  startMs: number;
  endMs: number;
  outcome: Outcome;
  status?: number;
  /** What was said, when it was not ok. */
  says?: string;
}

export interface Trade {
  channel: string;
  /** The number of the attempt at the shop. */
  outTradeNo: string;
  /** The number of the network; '' when only its books know. */
  tradeNo: string;
  amountMinor: number;
  currency: string;
  /** The money was paid: the network has it. */
  paid: boolean;
  /** The shop has told the network that it knows. */
  acknowledged: boolean;
}

export interface BuyerRecord {
  number: number;
  behaviour: Behaviour;
  contact: string;
  key: string;
  skuId: number;
  quantity: number;
  lookupPassword?: string;
  order?: { id: string; token: string; totalMinor: number };
  /** The receipt of an order that was only recorded. */
  ticket?: { id: string; token: string };
  trade?: Trade;
  cancelled: boolean;
  /** The final no, when there was one: its code. */
  refused?: string;
  /** Each status of the order that was seen, in turn. */
  statuses: string[];
  cards?: readonly string[];
  /** Cards of this order that differ from those shown before. */
  otherCards?: readonly string[];
  done: boolean;
}

export interface History {
  seed: number;
  /** Contacts of these buyers, and of nobody else, begin with it and a dash. */
  name: string;
  requests: RequestRecord[];
  buyers: BuyerRecord[];
}

type Line = { run: { seed: number; name: string } } | { request: RequestRecord } | { buyer: BuyerRecord };

export async function writeHistory(file: string, { seed, name, requests, buyers }: History): Promise<void> {
  const out = createWriteStream(file, { mode: 0o600 });
  const write = (line: Line) => out.write(`${JSON.stringify(line)}\n`);
  write({ run: { seed, name } });
  for (const request of requests) write({ request });
  for (const buyer of buyers) write({ buyer });
  out.end();
  await finished(out);
}

export function readHistory(file: string): History {
  const history: History = { seed: 0, name: '', requests: [], buyers: [] };
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    if (text === '') continue;
    const line = JSON.parse(text) as Line;
    if ('run' in line) Object.assign(history, line.run);
    else if ('request' in line) history.requests.push(line.request);
    else history.buyers.push(line.buyer);
  }
  return history;
}

export const isFailure = ({ outcome }: RequestRecord): boolean => outcome === 'fail' || outcome === 'unknown';
