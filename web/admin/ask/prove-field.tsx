import { PasswordInput } from '@mantine/core';
import { useTexts } from '../admin-texts.ts';
import { call } from '../api.ts';

interface Props {
  value: string;
  onChange: (value: string) => void;
}

/** Asks again who sits there, for what takes secrets out of the shop. */
export function ProveField({ value, onChange }: Props) {
  const t = useTexts();
  return (
    <PasswordInput
      label={t('prove.label')}
      description={t('prove.hint')}
      autoComplete="current-password"
      maxLength={200}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Six digits are a code of the authenticator app; anything else is the password. */
export const prove = (typed: string) =>
  call<{ until: number }>('/prove', {
    method: 'POST',
    body: /^\d{6}$/.test(typed.trim()) ? { code: typed.trim() } : { password: typed },
  });
