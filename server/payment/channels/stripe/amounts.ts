/**
 * Stripe's minor units are not everybody's: a few currencies have other digits there than on a price tag. Conversions are
 * exact or not made.
 */
import { currencyDigits } from '../../decimal-amount.ts';

/** docs.stripe.com/currencies: charged in whole units. */
const zeroDecimal = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ');
const threeDecimal = 'BHD JOD KWD OMR TND'.split(' ');

function stripeDigits(currency: string): number {
  if (zeroDecimal.includes(currency)) return 0;
  return threeDecimal.includes(currency) ? 3 : 2;
}

export function toStripe(amountMinor: number, currency: string): number | undefined {
  return shift(amountMinor, stripeDigits(currency) - currencyDigits(currency));
}

/** @param currency as Stripe writes it, in lower case */
export function fromStripe(amount: unknown, currency: string): number | undefined {
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount < 0) return undefined;
  const code = currency.toUpperCase();
  return shift(amount, currencyDigits(code) - stripeDigits(code));
}

function shift(amount: number, digits: number): number | undefined {
  const shifted = digits >= 0 ? amount * 10 ** digits : amount / 10 ** -digits;
  return Number.isSafeInteger(shifted) ? shifted : undefined;
}
