import { NativeSelect, PasswordInput, Switch, Textarea, TextInput } from '@mantine/core';
import { useLanguage } from '../../ui/language.ts';
import { useTexts } from '../admin-texts.ts';
import { useChannelTexts } from './channel-texts.ts';
import type { SettingField } from './setting-fields.ts';

interface Props {
  field: SettingField;
  value: string | boolean;
  /** A secret that is stored already. */
  isKept: boolean;
  isMissing: boolean;
  onChange: (value: string | boolean) => void;
}

export function SettingInput({ field, value, isKept, isMissing, onChange }: Props) {
  const t = useChannelTexts();
  const common = useTexts();
  const language = useLanguage();
  const shared = {
    id: `setting-${field.name}`,
    label: field.label[language],
    description: isKept ? t('secret.kept') : field.help?.[language],
    required: field.isRequired && !isKept,
    error: isMissing && t('needed'),
    autoComplete: 'off',
    spellCheck: false,
    ...(field.maxLength && { maxLength: field.maxLength }),
  };
  if (field.type === 'flag') {
    return (
      <Switch
        id={shared.id}
        label={shared.label}
        description={shared.description}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  const text = String(value);
  if (field.type === 'choice') {
    return (
      <NativeSelect
        id={shared.id}
        label={shared.label}
        description={shared.description}
        error={shared.error}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={field.choices.map((choice) => ({ value: choice.value, label: choice.label[language] }))}
      />
    );
  }
  if (field.type === 'long') {
    return (
      <Textarea
        {...shared}
        autosize
        minRows={3}
        maxRows={10}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  if (field.isSecret) {
    return (
      <PasswordInput
        {...shared}
        autoComplete="new-password"
        value={text}
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ 'aria-label': common('access.showPassword') }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      {...(field.type === 'integer' && { inputMode: 'numeric' as const })}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
