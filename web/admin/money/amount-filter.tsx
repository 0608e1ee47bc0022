import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { parseMoney } from '../forms/money-text.ts';
import { useMoneyTexts } from './money-texts.ts';

/** Orders of most shops are in yuan; other currencies of ours count in hundredths as well. */
const digits = 2;

export function minorOf(typed: string | undefined): number | undefined {
  return typed === undefined ? undefined : (parseMoney(typed, digits) ?? undefined);
}

/** Takes effect on Enter or when it is left, not on each digit. */
export function AmountFilter({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const t = useMoneyTexts();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const isWrong = typed !== '' && parseMoney(typed, digits) === null;
  const settle = () => {
    if (!isWrong && typed !== value) onChange(typed.trim());
  };
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      maxLength={12}
      w={{ sm: 120 }}
      value={typed}
      error={isWrong && t('filter.amountWrong')}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => event.key === 'Enter' && settle()}
    />
  );
}
