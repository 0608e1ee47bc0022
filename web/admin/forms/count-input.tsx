import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';

interface Props extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** null: nothing typed. */
  value: number | null;
  /** NaN for what is no whole number, so that a form can refuse it. */
  onChange: (value: number | null) => void;
}

/** A whole number, or nothing. */
export function CountInput({ value, onChange, ...rest }: Props) {
  const [typed, setTyped] = useState(value === null ? '' : String(value));
  return (
    <TextInput
      {...rest}
      inputMode="numeric"
      autoComplete="off"
      maxLength={10}
      value={typed}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const plain = text.normalize('NFKC').trim();
        onChange(plain === '' ? null : /^-?\d+$/.test(plain) ? Number(plain) : Number.NaN);
      }}
    />
  );
}
