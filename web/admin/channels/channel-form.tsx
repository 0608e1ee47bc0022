import { Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import type { AdminChannelView } from '../../../contract/admin-channels.ts';
import { focusFirst } from '../access/focus-first.ts';
import { CountInput } from '../forms/count-input.tsx';
import { FieldGrid } from '../forms/field-grid.tsx';
import { FormActions } from '../forms/form-actions.tsx';
import { useDraft } from '../forms/use-draft.ts';
import { useChannelTexts } from './channel-texts.ts';
import type { ChannelKind } from './channels-api.ts';
import { missingSettings, settingFields, settingsBody, settingValues } from './setting-fields.ts';
import { SettingInput } from './setting-input.tsx';

interface PlainDraft {
  code: string;
  nameZh: string;
  nameEn: string;
  enabled: boolean;
  priority: number;
  feeBasisPoints: number;
}

interface Props {
  kind: ChannelKind;
  /** Absent: a new one. */
  channel?: AdminChannelView;
  save: (draft: PlainDraft, settings: Record<string, unknown>) => Promise<unknown>;
  onSaved: (code: string) => void;
  onReload?: () => void;
  children?: ReactNode;
}

const isWithin = (value: number | null, min: number, max: number): value is number =>
  value !== null && Number.isInteger(value) && value >= min && value <= max;

export function ChannelForm({ kind, channel, save, onSaved, onReload, children }: Props) {
  const t = useChannelTexts();
  const fields = useMemo(() => settingFields(kind), [kind]);
  const { draft, set } = useDraft({
    code: channel?.code ?? kind.kind,
    nameZh: channel?.nameZh ?? kind.names.zh,
    nameEn: channel?.nameEn ?? kind.names.en,
    enabled: channel?.enabled ?? true,
    priority: (channel?.priority ?? 0) as number | null,
    feeBasisPoints: (channel?.feeBasisPoints ?? 0) as number | null,
  });
  const [values, setValues] = useState(() => settingValues(fields, channel?.settings));
  const [wasTried, setWasTried] = useState(false);
  const secretsSet = channel?.secretsSet ?? [];
  const missing = missingSettings(fields, values, secretsSet);
  const faults = {
    'channel-code': !/^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]$/.test(draft.code),
    'channel-priority': !isWithin(draft.priority, -1000, 1000),
    'channel-fee': !isWithin(draft.feeBasisPoints, 0, 10_000),
    ...Object.fromEntries(fields.map(({ name }) => [`setting-${name}`, missing.has(name)])),
  };
  const saving = useMutation({
    mutationFn: () =>
      save(
        { ...draft, priority: draft.priority ?? 0, feeBasisPoints: draft.feeBasisPoints ?? 0 },
        settingsBody(fields, values, !channel),
      ),
    onSuccess: () => onSaved(draft.code),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (Object.values(faults).includes(true)) focusFirst(faults);
    else if (!saving.isPending) saving.mutate();
  };
  return (
    <form className="cw-stack" onSubmit={submit} noValidate>
      <section className="cw-panel cw-stack" aria-labelledby="channel-settings">
        <h2 id="channel-settings" className="cw-section-title">
          {t('settings')}
        </h2>
        {fields.map((field) => (
          <SettingInput
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            isKept={secretsSet.includes(field.name)}
            isMissing={wasTried && missing.has(field.name)}
            onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
          />
        ))}
      </section>
      <section className="cw-panel cw-stack" aria-label={t('column.name')}>
        <FieldGrid>
          <TextInput
            label={t('field.nameZh')}
            maxLength={80}
            value={draft.nameZh}
            onChange={(event) => set('nameZh')(event.currentTarget.value)}
          />
          <TextInput
            label={t('field.nameEn')}
            maxLength={80}
            value={draft.nameEn}
            onChange={(event) => set('nameEn')(event.currentTarget.value)}
          />
        </FieldGrid>
        <FieldGrid>
          {!channel && (
            <TextInput
              id="channel-code"
              label={t('field.code')}
              description={t('field.codeHint')}
              maxLength={40}
              spellCheck={false}
              value={draft.code}
              error={wasTried && faults['channel-code'] && t('field.codeWrong')}
              onChange={(event) => set('code')(event.currentTarget.value.toLowerCase())}
            />
          )}
          <CountInput
            id="channel-priority"
            label={t('field.priority')}
            description={t('field.priorityHint')}
            value={draft.priority}
            error={wasTried && faults['channel-priority'] && t('field.priorityWrong')}
            onChange={set('priority')}
          />
          <CountInput
            id="channel-fee"
            label={t('field.fee')}
            value={draft.feeBasisPoints}
            error={wasTried && faults['channel-fee'] && t('field.feeWrong')}
            onChange={set('feeBasisPoints')}
          />
        </FieldGrid>
        <Switch
          label={t('field.enabled')}
          checked={draft.enabled}
          onChange={(event) => set('enabled')(event.currentTarget.checked)}
        />
      </section>
      <FormActions action="channels.change" saving={saving} submit={t('save')} {...(onReload && { onReload })}>
        {children}
      </FormActions>
    </form>
  );
}
