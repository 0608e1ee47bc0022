import { NativeSelect, Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import type { NoticeTargetView } from '../../../contract/admin-notices.ts';
import type { NoticeEventName } from '../../../contract/notices.ts';
import { useLanguage } from '../../ui/language.ts';
import { focusFirst } from '../access/focus-first.ts';
import { missingSettings, settingFields, settingsBody, settingValues } from '../channels/setting-fields.ts';
import { SettingInput } from '../channels/setting-input.tsx';
import { FieldGrid } from '../forms/field-grid.tsx';
import { FormActions } from '../forms/form-actions.tsx';
import { useDraft } from '../forms/use-draft.ts';
import { EventPicker } from './event-picker.tsx';
import { useNoticeTexts } from './notice-texts.ts';
import type { NotifierKind, TellableEvent } from './notices-api.ts';
import { minuteOf, timeOf } from './quiet-time.ts';

type Plain = Pick<NoticeTargetView, 'name' | 'lang' | 'enabled' | 'events' | 'quietFrom' | 'quietTo' | 'utcOffset'>;

interface Props<Saved> {
  kind: NotifierKind;
  events: readonly TellableEvent[];
  /** Absent: a new one. */
  target?: NoticeTargetView;
  save: (draft: Plain, settings: Record<string, unknown>) => Promise<Saved>;
  onSaved: (saved: Saved) => void;
  onReload?: () => void;
  children?: ReactNode;
}

export function TargetForm<Saved>({ kind, events, target, save, onSaved, onReload, children }: Props<Saved>) {
  const t = useNoticeTexts();
  const language = useLanguage();
  const fields = useMemo(() => settingFields(kind), [kind]);
  const { draft, set } = useDraft({
    name: target?.name ?? kind.names[language],
    lang: target?.lang ?? language,
    enabled: target?.enabled ?? true,
    events: (target?.events ?? events.filter((one) => one.usual).map((one) => one.event)) as string[],
    quietFrom: timeOf(target?.quietFrom ?? null),
    quietTo: timeOf(target?.quietTo ?? null),
  });
  const [values, setValues] = useState(() => settingValues(fields, target?.settings));
  const [wasTried, setWasTried] = useState(false);
  const secretsSet = target?.secretsSet ?? [];
  const missing = missingSettings(fields, values, secretsSet);
  const faults = {
    ...Object.fromEntries(fields.map(({ name }) => [`setting-${name}`, missing.has(name)])),
    'target-name': draft.name.trim() === '',
  };
  const saving = useMutation({
    mutationFn: () =>
      save(
        {
          name: draft.name.trim(),
          lang: draft.lang,
          enabled: draft.enabled,
          events: draft.events as NoticeEventName[],
          quietFrom: minuteOf(draft.quietFrom),
          quietTo: minuteOf(draft.quietTo),
          utcOffset: target?.utcOffset ?? -new Date().getTimezoneOffset(),
        },
        settingsBody(fields, values, !target),
      ),
    onSuccess: onSaved,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (Object.values(faults).includes(true)) focusFirst(faults);
    else if (!saving.isPending) saving.mutate();
  };
  return (
    <form className="cw-stack" onSubmit={submit} noValidate>
      <section className="cw-panel cw-stack" aria-labelledby="target-settings">
        <h2 id="target-settings" className="cw-section-title">
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
      <section className="cw-panel cw-stack" aria-labelledby="target-about">
        <h2 id="target-about" className="cw-section-title">
          {t('about')}
        </h2>
        <FieldGrid>
          <TextInput
            id="target-name"
            label={t('field.name')}
            description={t('field.nameHint')}
            maxLength={80}
            value={draft.name}
            error={wasTried && faults['target-name'] && t('field.nameWrong')}
            onChange={(event) => set('name')(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('field.lang')}
            value={draft.lang}
            data={(['zh', 'en'] as const).map((one) => ({ value: one, label: t(`lang.${one}`) }))}
            onChange={(event) => set('lang')(event.currentTarget.value === 'en' ? 'en' : 'zh')}
          />
        </FieldGrid>
        <Switch
          label={t('field.enabled')}
          checked={draft.enabled}
          onChange={(event) => set('enabled')(event.currentTarget.checked)}
        />
      </section>
      <section className="cw-panel cw-stack" aria-labelledby="target-events">
        <h2 id="target-events" className="cw-section-title">
          {t('events')}
        </h2>
        <p className="cw-soft">{draft.events.length === 0 ? t('events.none') : t('eventsHint')}</p>
        <EventPicker events={events} value={draft.events} onChange={set('events')} />
      </section>
      <section className="cw-panel cw-stack" aria-labelledby="target-quiet">
        <h2 id="target-quiet" className="cw-section-title">
          {t('quiet')}
        </h2>
        <p className="cw-soft">{t('quietHint')}</p>
        <FieldGrid>
          {(['From', 'To'] as const).map((end) => (
            <TextInput
              key={end}
              id={`quiet-${end.toLowerCase()}`}
              type="time"
              label={t(end === 'From' ? 'quiet.from' : 'quiet.to')}
              value={draft[`quiet${end}`]}
              onChange={(event) => set(`quiet${end}`)(event.currentTarget.value)}
            />
          ))}
        </FieldGrid>
      </section>
      <FormActions action="notices.change" saving={saving} submit={t('save')} {...(onReload && { onReload })}>
        {children}
      </FormActions>
    </form>
  );
}
