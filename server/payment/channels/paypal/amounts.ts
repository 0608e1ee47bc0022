/** PayPal writes money as decimals, and takes no decimals at all in three currencies. */
import { currencyDigits, decimalAmount, minorAmount } from '../../decimal-amount.ts';
import { asObject } from '../../wire/json-object.ts';

const wholeUnits = ['HUF', 'JPY', 'TWD'];

/** undefined for an amount that PayPal cannot move. */
export function paypalAmount(
  amountMinor: number,
  currency: string,
): { currency_code: string; value: string } | undefined {
  const value = decimalAmount(amountMinor, currency);
  if (!wholeUnits.includes(currency)) return { currency_code: currency, value };
  if (amountMinor % 10 ** currencyDigits(currency) !== 0) return undefined;
  return { currency_code: currency, value: value.split('.')[0] ?? value };
}

export function readAmount(money: unknown): { amountMinor: number; currency: string } | undefined {
  const { currency_code: currency, value } = asObject(money) ?? {};
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return undefined;
  const amountMinor = minorAmount(value, currency);
  return amountMinor === undefined ? undefined : { amountMinor, currency };
}
