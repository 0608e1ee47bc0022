import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { minorDigits, parseMoney } from './money-text.ts';

interface Props extends Omit<TextInputProps, 'value' | 'onChange'> {
  currency: string;
  /** Minor units; null while what is typed is no amount. */
  value: number | null;
  onChange: (amountMinor: number | null) => void;
}

/** Money as people write it (12.50), handed on in minor units. */
export function MoneyInput({ currency, value, onChange, ...rest }: Props) {
  const digits = minorDigits(currency);
  const [typed, setTyped] = useState(value === null ? '' : (value / 10 ** digits).toFixed(digits));
  return (
    <TextInput
      {...rest}
      inputMode="decimal"
      autoComplete="off"
      maxLength={14}
      value={typed}
      rightSection={currency}
      rightSectionWidth={56}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(parseMoney(event.currentTarget.value, digits));
      }}
    />
  );
}
