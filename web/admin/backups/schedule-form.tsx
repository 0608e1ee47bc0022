import { Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { BackupSettings } from '../../../contract/system.ts';
import { useMay } from '../access/may.ts';
import { CountInput } from '../forms/count-input.tsx';
import { FieldGrid } from '../forms/field-grid.tsx';
import { FormActions } from '../forms/form-actions.tsx';
import { useDraft } from '../forms/use-draft.ts';
import { saveBackupSettings } from './backups-api.ts';
import { useBackupTexts } from './backups-texts.ts';

const limits = { keepDays: { min: 1, max: 90 }, keepWeeks: { min: 0, max: 104 } } as const;
const timePattern = /^([01]\d|2[0-3]):[0-5]\d$/;

/** When backups are made by themselves, and how long they are kept. */
export function ScheduleForm({ settings, onSaved }: { settings: BackupSettings; onSaved: () => void }) {
  const t = useBackupTexts();
  const may = useMay();
  const { draft, set } = useDraft<BackupSettings>(settings);
  const [wasTried, setWasTried] = useState(false);
  const saving = useMutation({ mutationFn: () => saveBackupSettings(draft), onSuccess: onSaved });
  const isOff = (name: keyof typeof limits) => {
    const { min, max } = limits[name];
    return !(Number.isInteger(draft[name]) && draft[name] >= min && draft[name] <= max);
  };
  const isTimeWrong = !timePattern.test(draft.time);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (!isTimeWrong && !isOff('keepDays') && !isOff('keepWeeks') && !saving.isPending) saving.mutate();
  };
  const readOnly = !may('backups.change');
  const count = (name: keyof typeof limits) => (
    <CountInput
      label={t(`settings.${name}`)}
      disabled={readOnly}
      value={draft[name]}
      error={wasTried && isOff(name) && t('settings.countWrong', limits[name])}
      onChange={(value) => set(name)(value ?? Number.NaN)}
    />
  );
  const choice = (name: 'enabled' | 'rehearse' | 'withKeys', hint?: string) => (
    <Switch
      label={t(`settings.${name}`)}
      description={hint}
      disabled={readOnly}
      checked={draft[name]}
      onChange={(event) => set(name)(event.currentTarget.checked)}
    />
  );
  return (
    <form className="cw-panel cw-stack" onSubmit={submit} noValidate aria-labelledby="backup-schedule">
      <h2 id="backup-schedule" className="cw-section-title">
        {t('settings.title')}
      </h2>
      {choice('enabled')}
      <FieldGrid>
        <TextInput
          label={t('settings.time')}
          disabled={readOnly}
          maxLength={5}
          value={draft.time}
          error={wasTried && isTimeWrong && t('settings.timeWrong')}
          onChange={(event) => set('time')(event.currentTarget.value)}
        />
        <TextInput
          label={t('settings.zone')}
          disabled={readOnly}
          maxLength={40}
          value={draft.timeZone}
          onChange={(event) => set('timeZone')(event.currentTarget.value)}
        />
        {count('keepDays')}
        {count('keepWeeks')}
      </FieldGrid>
      {choice('rehearse', t('settings.rehearseHint'))}
      {choice('withKeys', t('settings.withKeysHint'))}
      <FormActions action="backups.change" saving={saving} onReload={onSaved} />
    </form>
  );
}
