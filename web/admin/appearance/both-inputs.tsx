import { Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { FieldGrid } from '../forms/field-grid.tsx';

interface Props {
  id?: string;
  label: string;
  labelEn: string;
  hint?: string;
  value: { zh: string; en: string };
  maxLength: number;
  /** Room for several lines. */
  rows?: number;
  required?: boolean;
  error?: ReactNode;
  onChange: (value: { zh: string; en: string }) => void;
}

/** One text in both languages. */
export function BothInputs({ id, label, labelEn, hint, value, maxLength, rows, required, error, onChange }: Props) {
  const zh = {
    ...(id && { id }),
    label,
    maxLength,
    required: required ?? false,
    error,
    ...(hint && { description: hint }),
    value: value.zh,
    onChange: (event: { currentTarget: { value: string } }) => onChange({ ...value, zh: event.currentTarget.value }),
  };
  const en = {
    label: labelEn,
    maxLength,
    lang: 'en',
    ...(hint && { description: '\u00a0' }),
    value: value.en,
    onChange: (event: { currentTarget: { value: string } }) => onChange({ ...value, en: event.currentTarget.value }),
  };
  const size = { autosize: true, minRows: rows ?? 1, maxRows: 16 };
  return (
    <FieldGrid>
      {rows ? <Textarea {...zh} {...size} /> : <TextInput {...zh} />}
      {rows ? <Textarea {...en} {...size} /> : <TextInput {...en} />}
    </FieldGrid>
  );
}
