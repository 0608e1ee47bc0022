import { Button, PasswordInput, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AdminSku } from '../../../contract/admin-catalogue.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Dialog } from '../ask/dialog.tsx';
import { FormActions } from '../forms/form-actions.tsx';
import { useProductTexts } from './product-texts.ts';
import { setWebhook, showWebhook, testWebhook } from './products-api.ts';
import classes from './sku-list.module.css';

/** Which program of the owner delivers a variant. */
export function WebhookDialog({ sku, onClose }: { sku: AdminSku; onClose: () => void }) {
  const t = useProductTexts();
  const webhook = useQuery({ queryKey: ['webhook', sku.id], queryFn: ({ signal }) => showWebhook(sku.id, signal) });
  return (
    <Dialog title={t('webhook.title', { name: sku.name })} onClose={onClose}>
      {webhook.error && <ProblemNotice problem={webhook.error} onRetry={() => void webhook.refetch()} />}
      {webhook.isPending && <Skeleton height={200} radius="md" />}
      {webhook.isSuccess && <WebhookForm skuId={sku.id} url={webhook.data?.url ?? ''} onClose={onClose} />}
    </Dialog>
  );
}

function WebhookForm({ skuId, url: saved, onClose }: { skuId: number; url: string; onClose: () => void }) {
  const t = useProductTexts();
  const client = useQueryClient();
  const [url, setUrl] = useState(saved);
  const [secret, setSecret] = useState('');
  const [wasTried, setWasTried] = useState(false);
  const isKnown = saved !== '';
  const isUrlWrong = !/^https?:\/\/\S+\.?\S+$/.test(url.trim());
  const isSecretWrong = secret.length < 16 && !(isKnown && secret === '');
  const testing = useMutation({ mutationFn: () => testWebhook(skuId) });
  const saving = useMutation({
    mutationFn: () => setWebhook(skuId, { url: url.trim(), ...(secret && { secret }) }),
    onSuccess: () => {
      setSecret('');
      testing.reset();
      return client.invalidateQueries({ queryKey: ['webhook', skuId] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (!isUrlWrong && !isSecretWrong && !saving.isPending) saving.mutate();
  };
  return (
    <form className="cw-stack" onSubmit={submit} noValidate>
      <p className={classes.none}>{t('webhook.says')}</p>
      <TextInput
        label={t('webhook.url')}
        description={t('webhook.urlHint')}
        required
        data-autofocus
        maxLength={500}
        spellCheck={false}
        inputMode="url"
        value={url}
        error={wasTried && isUrlWrong && t('webhook.urlWrong')}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('webhook.secret')}
        description={isKnown ? t('webhook.secretKept') : t('webhook.secretHint')}
        autoComplete="new-password"
        maxLength={200}
        value={secret}
        error={wasTried && isSecretWrong && t('webhook.secretWrong')}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      <div className="cw-spread">
        <span className={classes.none}>{t('webhook.testHint')}</span>
        <Button
          variant="light"
          size="sm"
          disabled={!isKnown}
          loading={testing.isPending}
          onClick={() => testing.mutate()}
        >
          {t('webhook.test')}
        </Button>
      </div>
      {testing.error && <ProblemNotice problem={testing.error} />}
      {testing.data && (
        <p role="status" className={testing.data.ok ? classes.right : classes.wrong}>
          {testing.data.outcome === 'failed'
            ? t('webhook.failed', { reason: testing.data.reason ?? '' })
            : t(`webhook.${testing.data.outcome}`)}
        </p>
      )}
      <FormActions action="catalogue.change" saving={saving} submit={t('webhook.save')} onCancel={onClose} />
    </form>
  );
}
