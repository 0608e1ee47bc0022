import { NativeSelect } from '@mantine/core';
import { colourSchemes, type ShopColourScheme } from '../../../contract/appearance.ts';
import { FieldGrid } from '../forms/field-grid.tsx';
import { PictureField } from '../pictures/picture-field.tsx';
import type { AppearanceDraft } from './appearance-draft.ts';
import { useAppearanceTexts } from './appearance-texts.ts';
import { BothInputs } from './both-inputs.tsx';
import { ColourField } from './colour-field.tsx';
import { LookPreview } from './look-preview.tsx';

export interface PartProps {
  draft: AppearanceDraft;
  set: <K extends keyof AppearanceDraft>(name: K) => (value: AppearanceDraft[K]) => void;
  /** Whether this field is to be shown as wrong. */
  wrong: (id: string) => boolean;
}

export function LookPart({ draft, set, wrong }: PartProps) {
  const t = useAppearanceTexts();
  return (
    <>
      <LookPreview look={draft} />
      <BothInputs
        id="shop-name"
        label={t('name')}
        labelEn={t('nameEn')}
        maxLength={80}
        required
        value={draft.name}
        error={wrong('shop-name') && t('needName')}
        onChange={set('name')}
      />
      <BothInputs
        label={t('slogan')}
        labelEn={t('sloganEn')}
        hint={t('sloganHint')}
        maxLength={120}
        value={draft.slogan}
        onChange={set('slogan')}
      />
      <FieldGrid>
        <ColourField value={draft.colour} onChange={set('colour')} />
        <NativeSelect
          label={t('scheme')}
          description={t('schemeHint')}
          value={draft.scheme}
          data={colourSchemes.map((scheme) => ({ value: scheme, label: t(`scheme.${scheme}`) }))}
          onChange={(event) => set('scheme')(event.currentTarget.value as ShopColourScheme)}
        />
      </FieldGrid>
      <FieldGrid>
        <PictureField
          label={t('logo')}
          hint={t('logoHint')}
          src={draft.logo?.url ?? null}
          onChange={(picture) => set('logo')(picture)}
        />
        <PictureField
          label={t('favicon')}
          hint={t('faviconHint')}
          src={draft.favicon?.url ?? null}
          onChange={(picture) => set('favicon')(picture)}
        />
      </FieldGrid>
    </>
  );
}
