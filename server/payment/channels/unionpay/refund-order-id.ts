/**
 * UnionPay's numbers of orders have at most 32 signs (its bills have no room for more), our refund numbers up to 39. They
 * are written more densely, in base 62, and can be read back: a bill and a message name the refund that we know.
 */
const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const length = 32;
/** The number of the attempt, then `R` and two digits, or `S` and eight hexadecimal ones. */
const refundNumber = /^([0-9A-Z]{30})(?:R(\d{2})|S([0-9A-F]{8}))$/;
const tails = 2n ** 33n;
const surplusFrom = 100n;

/** Undefined for a refund number that was not made by us. */
export function refundOrderId(refundNo: string): string | undefined {
  const [, attempt, sequence, surplus] = refundNumber.exec(refundNo) ?? [];
  if (!attempt) return undefined;
  const tail = sequence ? BigInt(sequence) : surplusFrom + BigInt(`0x${surplus}`);
  let left = inBase(attempt, 36n) * tails + tail;
  let text = '';
  while (text.length < length) {
    text = signs[Number(left % 62n)] + text;
    left /= 62n;
  }
  return text;
}

/** Null for a number of UnionPay's own, or of another program of the merchant. */
export function refundNoOf(orderId: string): string | null {
  if (!/^[0-9A-Za-z]{32}$/.test(orderId)) return null;
  const value = inBase(orderId, 62n);
  const attempt = (value / tails).toString(36).toUpperCase().padStart(30, '0');
  const tail = value % tails;
  const refundNo =
    tail < surplusFrom
      ? `${attempt}R${String(tail).padStart(2, '0')}`
      : `${attempt}S${(tail - surplusFrom).toString(16).toUpperCase().padStart(8, '0')}`;
  return refundOrderId(refundNo) === orderId ? refundNo : null;
}

function inBase(text: string, base: bigint): bigint {
  let value = 0n;
  for (const sign of text) value = value * base + BigInt(signs.indexOf(sign));
  return value;
}
