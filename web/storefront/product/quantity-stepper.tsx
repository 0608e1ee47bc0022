import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTexts } from '../shop-texts.ts';
import classes from './quantity-stepper.module.css';

interface Props {
  value: number;
  min: number;
  max: number;
  onChange: (quantity: number) => void;
  /** What is counted, where a page has several steppers. */
  of?: string;
  disabled?: boolean;
}

/** A number the thumb can step and the keyboard can type. While typing anything goes; leaving the field makes it valid. */
export function QuantityStepper({ value, min, max, onChange, of, disabled }: Props) {
  const t = useTexts();
  const [typed, setTyped] = useState(String(value));
  useEffect(() => setTyped(String(value)), [value]);
  const settle = (quantity: number) => {
    const valid = Math.max(min, Math.min(max, Math.trunc(quantity) || min));
    setTyped(String(valid));
    if (valid !== value) onChange(valid);
  };
  const named = (what: string) => (of ? `${what}: ${of}` : what);
  return (
    <div className={classes.stepper}>
      <button
        type="button"
        aria-label={named(t('product.less'))}
        disabled={disabled || value <= min}
        onClick={() => settle(value - 1)}
      >
        <IconMinus size={18} aria-hidden />
      </button>
      <input
        inputMode="numeric"
        autoComplete="off"
        aria-label={named(t('product.quantity'))}
        disabled={disabled}
        value={typed}
        onChange={(event) => {
          const digits = event.currentTarget.value.replace(/\D/g, '').slice(0, 7);
          setTyped(digits);
          const quantity = Number(digits);
          if (quantity >= min && quantity <= max) onChange(quantity);
        }}
        onBlur={() => settle(Number(typed))}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp') settle(value + 1);
          else if (event.key === 'ArrowDown') settle(value - 1);
          else return;
          event.preventDefault();
        }}
      />
      <button
        type="button"
        aria-label={named(t('product.more'))}
        disabled={disabled || value >= max}
        onClick={() => settle(value + 1)}
      >
        <IconPlus size={18} aria-hidden />
      </button>
    </div>
  );
}
