import { Skeleton, Textarea, TextInput } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ShopSettings } from '../../../contract/admin.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { focusFirst } from '../access/focus-first.ts';
import { call } from '../api.ts';
import { FormActions } from '../forms/form-actions.tsx';
import { useDraft } from '../forms/use-draft.ts';
import { PageHead } from '../list/page-head.tsx';
import { shopQuery } from '../queries.ts';
import { useTitle } from '../use-title.ts';
import { RemoveSamples } from './remove-samples.tsx';
import { useSettingsTexts } from './settings-texts.ts';

const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => call<ShopSettings>('/settings', { signal }),
  refetchOnWindowFocus: false,
});

export function SettingsPage() {
  const t = useSettingsTexts();
  const { data, error, refetch } = useQuery(settingsQuery);
  useTitle(t('title'));
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('title')} />
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={240} radius="lg" />}
      {data && <SettingsForm settings={data} />}
      <RemoveSamples />
    </div>
  );
}

function SettingsForm({ settings }: { settings: ShopSettings }) {
  const t = useSettingsTexts();
  const client = useQueryClient();
  const { draft, set } = useDraft(settings);
  const [wasTried, setWasTried] = useState(false);
  const isNameless = draft.name.trim() === '';
  const saving = useMutation({
    mutationFn: () =>
      call<ShopSettings>('/settings', {
        method: 'PATCH',
        body: { name: draft.name.trim(), announcement: draft.announcement },
      }),
    onSuccess: (saved) => {
      client.setQueryData(settingsQuery.queryKey, saved);
      void client.invalidateQueries({ queryKey: shopQuery.queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (isNameless) focusFirst({ 'shop-name': true });
    else if (!saving.isPending) saving.mutate();
  };
  return (
    <form className="cw-panel cw-stack" onSubmit={submit} noValidate>
      <TextInput
        id="shop-name"
        label={t('name')}
        required
        maxLength={80}
        value={draft.name}
        error={wasTried && isNameless && t('needName')}
        onChange={(event) => set('name')(event.currentTarget.value)}
      />
      <Textarea
        label={t('announcement')}
        description={t('announcementHint')}
        autosize
        minRows={3}
        maxRows={12}
        maxLength={2000}
        value={draft.announcement}
        onChange={(event) => set('announcement')(event.currentTarget.value)}
      />
      <FormActions action="settings.change" saving={saving} />
    </form>
  );
}
