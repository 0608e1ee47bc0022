import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { maxFooterLinks } from '../../../contract/appearance.ts';
import { FieldGrid } from '../forms/field-grid.tsx';
import { useAppearanceTexts } from './appearance-texts.ts';
import { BothInputs } from './both-inputs.tsx';
import classes from './footer-part.module.css';
import type { PartProps } from './look-part.tsx';

export function FooterPart({ draft, set, wrong }: PartProps) {
  const t = useAppearanceTexts();
  const { support, filing } = draft;
  return (
    <>
      <BothInputs
        label={t('footer')}
        labelEn={t('footerEn')}
        maxLength={1000}
        rows={2}
        value={draft.footer}
        onChange={set('footer')}
      />
      <BothInputs
        label={t('support')}
        labelEn={t('supportEn')}
        hint={t('supportHint')}
        maxLength={200}
        value={support}
        onChange={(value) => set('support')({ ...support, ...value })}
      />
      <FieldGrid>
        <TextInput
          id="support-url"
          label={t('supportUrl')}
          description={t('supportUrlHint')}
          inputMode="url"
          maxLength={400}
          value={support.url}
          error={wrong('support-url') && t('linkWrong')}
          onChange={(event) => set('support')({ ...support, url: event.currentTarget.value })}
        />
      </FieldGrid>
      <FieldGrid>
        <TextInput
          label={t('filing')}
          description={t('filingHint')}
          maxLength={80}
          value={filing.text}
          onChange={(event) => set('filing')({ ...filing, text: event.currentTarget.value })}
        />
        <TextInput
          id="filing-url"
          label={t('filingUrl')}
          description="https://beian.miit.gov.cn/"
          inputMode="url"
          maxLength={400}
          value={filing.url}
          error={wrong('filing-url') && t('linkWrong')}
          onChange={(event) => set('filing')({ ...filing, url: event.currentTarget.value })}
        />
      </FieldGrid>
      <Links draft={draft} set={set} wrong={wrong} />
    </>
  );
}

function Links({ draft: { links }, set, wrong }: PartProps) {
  const t = useAppearanceTexts();
  const put = set('links');
  const change = (at: number, fields: Partial<(typeof links)[number]>) =>
    put(links.map((one, index) => (index === at ? { ...one, ...fields } : one)));
  return (
    <fieldset className={classes.links}>
      <legend className={classes.title}>{t('links')}</legend>
      {links.map((link, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a link that is being typed has no other identity
        <div key={at} className={classes.link}>
          <TextInput
            id={`link-name-${at}`}
            label={t('linkZh')}
            maxLength={40}
            value={link.zh}
            error={wrong(`link-name-${at}`) && t('linkNeedsName')}
            onChange={(event) => change(at, { zh: event.currentTarget.value })}
          />
          <TextInput
            label={t('linkEn')}
            lang="en"
            maxLength={40}
            value={link.en}
            onChange={(event) => change(at, { en: event.currentTarget.value })}
          />
          <TextInput
            id={`link-url-${at}`}
            label={t('linkUrl')}
            inputMode="url"
            maxLength={400}
            value={link.url}
            error={wrong(`link-url-${at}`) && t('linkWrong')}
            onChange={(event) => change(at, { url: event.currentTarget.value })}
          />
          <Button
            variant="subtle"
            color="red"
            size="sm"
            className={classes.remove}
            aria-label={t('linkRemove', { number: at + 1 })}
            onClick={() => put(links.toSpliced(at, 1))}
          >
            ×
          </Button>
        </div>
      ))}
      {links.length < maxFooterLinks && (
        <Button
          variant="default"
          size="sm"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => put([...links, { zh: '', en: '', url: '' }])}
        >
          {t('linkAdd')}
        </Button>
      )}
    </fieldset>
  );
}
