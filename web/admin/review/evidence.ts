/** What a case says, put in order for a reader: what should be beside what is, then the named facts, then the rest. Pure. */

type Detail = Record<string, unknown>;

export interface Money {
  minor: number;
  currency: string;
}

/** Two columns that should be equal. */
export interface Compared {
  names:
    | readonly ['due', 'came']
    | readonly ['ours', 'theirs']
    | readonly ['first', 'second']
    | readonly ['imported', 'counted'];
  left: Side;
  right: Side;
}

export interface Side {
  money?: Money;
  count?: number;
  /** The channel's number, the order, ... in the words of the evidence. */
  lines: readonly string[];
}

export const namedFacts = [
  'channel',
  'merchant',
  'refundNo',
  'disputeNo',
  'reason',
  'error',
  'why',
  'says',
  'date',
  'region',
  'skuId',
  'missing',
  'cards',
  'count',
  'topic',
] as const;
export type NamedFact = (typeof namedFacts)[number];

export interface Evidence {
  compared: Compared | undefined;
  money: Money | undefined;
  facts: readonly (readonly [NamedFact, string])[];
  /** For somebody who looks deeper; the names are the program's own. */
  rest: readonly (readonly [string, string])[];
}

export function evidenceOf(detail: Detail): Evidence {
  const currency = textOf(detail.currency) ?? '';
  const compared = comparedIn(detail, currency);
  const amount = numberOf(detail.amountMinor);
  const shown = new Set(compared ? ['currency', ...comparedFields] : []);
  const money = compared === undefined && amount !== undefined ? { minor: amount, currency } : undefined;
  if (amount !== undefined) for (const field of ['amountMinor', 'currency']) shown.add(field);
  const left = Object.entries(detail).filter(([name, value]) => !shown.has(name) && value !== null && value !== '');
  const isNamed = (name: string): name is NamedFact => (namedFacts as readonly string[]).includes(name);
  return {
    compared,
    money,
    facts: namedFacts.flatMap((name) =>
      left.filter(([own]) => own === name).map(([, value]) => [name, wordsOf(value)] as const),
    ),
    rest: left.filter(([name]) => !isNamed(name)).map(([name, value]) => [name, wordsOf(value)] as const),
  };
}

const comparedFields = [
  'expectedMinor',
  'expectedCurrency',
  'receivedMinor',
  'oursMinor',
  'theirsMinor',
  'first',
  'second',
  'imported',
  'counted',
];

function comparedIn(detail: Detail, currency: string): Compared | undefined {
  const { expectedMinor, receivedMinor, expectedCurrency, oursMinor, theirsMinor, first, second } = detail;
  if (isNumber(expectedMinor) && isNumber(receivedMinor)) {
    const due = { minor: expectedMinor, currency: textOf(expectedCurrency) ?? currency };
    const came = { minor: receivedMinor, currency };
    return { names: ['due', 'came'], left: { money: due, lines: [] }, right: { money: came, lines: [] } };
  }
  if ('oursMinor' in detail && 'theirsMinor' in detail)
    return { names: ['ours', 'theirs'], left: moneySide(oursMinor, currency), right: moneySide(theirsMinor, currency) };
  if (isDetail(first) && isDetail(second))
    return { names: ['first', 'second'], left: messageSide(first), right: messageSide(second) };
  if (isNumber(detail.imported) && isNumber(detail.counted)) {
    const [left, right] = [sideOfCount(detail.imported), sideOfCount(detail.counted)];
    return { names: ['imported', 'counted'], left, right };
  }
  return undefined;
}

const sideOfCount = (count: number): Side => ({ count, lines: [] });
const moneySide = (minor: unknown, currency: string): Side =>
  isNumber(minor) ? { money: { minor, currency }, lines: [] } : { lines: [] };

function messageSide(message: Detail): Side {
  const minor = numberOf(message.amountMinor);
  const lines = ['channel', 'outTradeNo', 'tradeNo', 'orderId', 'source'].flatMap(
    (name) => textOf(message[name]) ?? [],
  );
  return { ...(minor !== undefined && { money: { minor, currency: textOf(message.currency) ?? '' } }), lines };
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isDetail = (value: unknown): value is Detail => typeof value === 'object' && value !== null;
const numberOf = (value: unknown): number | undefined => (isNumber(value) ? value : undefined);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const wordsOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
