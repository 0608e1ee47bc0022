import { Button, Skeleton, Textarea } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { LegalText } from '../../../contract/appearance.ts';
import { useDateTime } from '../../ui/dates.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { IfMay } from '../access/if-may.tsx';
import { FieldGrid } from '../forms/field-grid.tsx';
import { FormActions } from '../forms/form-actions.tsx';
import { legalTextsQuery, updateLegalText } from './appearance-api.ts';
import classes from './appearance-page.module.css';
import { useAppearanceTexts } from './appearance-texts.ts';

/** Three texts, each saved by itself. */
export function LegalTexts() {
  const t = useAppearanceTexts();
  const { data, error, refetch } = useQuery(legalTextsQuery);
  return (
    <div className={`cw-stack ${classes.words}`}>
      <p className="cw-soft">{t('legal.lead')}</p>
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={320} radius="lg" />}
      {data?.map((text) => (
        <LegalForm key={`${text.kind} ${text.version}`} text={text} />
      ))}
    </div>
  );
}

function LegalForm({ text }: { text: LegalText }) {
  const t = useAppearanceTexts();
  const client = useQueryClient();
  const dateTime = useDateTime();
  const [zh, setZh] = useState(text.zh);
  const [en, setEn] = useState(text.en);
  const saving = useMutation({
    mutationFn: () => updateLegalText(text.kind, { version: text.version, zh, en }),
    onSuccess: (saved) =>
      client.setQueryData(legalTextsQuery.queryKey, (all) =>
        all?.map((one) => (one.kind === saved.kind ? saved : one)),
      ),
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!saving.isPending) saving.mutate();
  };
  const name = t(`legal.${text.kind}`);
  const isThere = (text.zh + text.en).trim() !== '';
  const fillIn = async () => {
    const { legalTemplates } = await import('./legal-templates.ts');
    const template = legalTemplates[text.kind];
    if (zh.trim() === '') setZh(template.zh);
    if (en.trim() === '') setEn(template.en);
  };
  return (
    <form className="cw-panel cw-stack" onSubmit={onSubmit} noValidate aria-label={name}>
      <div className="cw-spread">
        <h2 className="cw-section-title">{name}</h2>
        {isThere ? (
          <Button
            component="a"
            href={`/legal/${text.kind}`}
            target="_blank"
            rel="noopener"
            variant="subtle"
            size="compact-sm"
            rightSection={<IconExternalLink size={16} aria-hidden />}
          >
            {t('legal.open')}
          </Button>
        ) : (
          <IfMay action="settings.change">
            <Button variant="subtle" size="compact-sm" onClick={() => void fillIn()}>
              {t('legal.sample')}
            </Button>
          </IfMay>
        )}
      </div>
      <p className="cw-soft">{isThere && text.updatedAt ? dateTime(text.updatedAt) : t('legal.sampleHint')}</p>
      <FieldGrid>
        <Textarea
          label={t('zh')}
          autosize
          minRows={6}
          maxRows={24}
          maxLength={20_000}
          value={zh}
          onChange={(event) => setZh(event.currentTarget.value)}
        />
        <Textarea
          label={t('en')}
          lang="en"
          autosize
          minRows={6}
          maxRows={24}
          maxLength={20_000}
          value={en}
          onChange={(event) => setEn(event.currentTarget.value)}
        />
      </FieldGrid>
      <FormActions
        action="settings.change"
        saving={saving}
        submit={t('legal.save', { name })}
        onReload={() => void client.resetQueries({ queryKey: legalTextsQuery.queryKey })}
      />
    </form>
  );
}
