import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AdminCategory } from '../../../contract/admin-catalogue.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { Dialog } from '../ask/dialog.tsx';
import { CountInput } from '../forms/count-input.tsx';
import { FieldGrid } from '../forms/field-grid.tsx';
import { FormActions } from '../forms/form-actions.tsx';
import { useDraft } from '../forms/use-draft.ts';
import { PictureField } from '../pictures/picture-field.tsx';
import { useProductTexts } from './product-texts.ts';
import { createCategory, deleteCategory, updateCategory } from './products-api.ts';

interface Props {
  category?: AdminCategory;
  onDone: () => void;
  onClose: () => void;
}

export function CategoryDialog({ category, onDone, onClose }: Props) {
  const t = useProductTexts();
  const { draft, set } = useDraft({
    name: category?.name ?? '',
    nameEn: category?.translations.en?.name ?? '',
    slug: category?.slug ?? '',
    position: (category?.position ?? 0) as number | null,
    iconId: category?.iconId ?? null,
  });
  const [wasTried, setWasTried] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const isNameless = draft.name.trim() === '';
  const isUnplaced = draft.position === null || Number.isNaN(draft.position);
  const saving = useMutation({
    mutationFn: () => {
      const { en: _, ...others } = category?.translations ?? {};
      const nameEn = draft.nameEn.trim();
      const body = {
        name: draft.name.trim(),
        translations: { ...others, ...(nameEn && { en: { name: nameEn } }) },
        ...(draft.slug.trim() && { slug: draft.slug.trim() }),
        ...(draft.position !== category?.position && { position: draft.position ?? 0 }),
        iconId: draft.iconId,
      };
      return category ? updateCategory(category.id, { ...body, version: category.version }) : createCategory(body);
    },
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (!isNameless && !isUnplaced && !saving.isPending) saving.mutate();
  };
  return (
    <Dialog title={category ? t('categories.edit', { name: category.name }) : t('categories.create')} onClose={onClose}>
      <form className="cw-stack" onSubmit={submit} noValidate>
        <TextInput
          label={t('categories.name')}
          required
          data-autofocus
          maxLength={120}
          value={draft.name}
          error={wasTried && isNameless && t('form.needName')}
          onChange={(event) => set('name')(event.currentTarget.value)}
        />
        <TextInput
          label={t('categories.nameEn')}
          maxLength={120}
          value={draft.nameEn}
          onChange={(event) => set('nameEn')(event.currentTarget.value)}
        />
        <FieldGrid>
          <TextInput
            label={t('categories.slug')}
            description={t('form.slugHint')}
            maxLength={80}
            spellCheck={false}
            value={draft.slug}
            onChange={(event) => set('slug')(event.currentTarget.value)}
          />
          <CountInput
            label={t('categories.position')}
            description={t('form.positionHint')}
            value={draft.position}
            error={wasTried && isUnplaced && t('sku.countWrong')}
            onChange={set('position')}
          />
        </FieldGrid>
        <PictureField
          label={t('categories.icon')}
          hint={t('categories.iconHint')}
          src={draft.iconId && `/pictures/${draft.iconId}-96.webp`}
          onChange={(picture) => set('iconId')(picture?.id ?? null)}
        />
        <FormActions action="catalogue.change" saving={saving} onCancel={onClose} onReload={onDone}>
          {category && (
            <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
              {t('categories.delete')}
            </Button>
          )}
        </FormActions>
      </form>
      {isAsking && category && (
        <AskDialog
          title={t('categories.delete')}
          says={t('categories.deleteSays')}
          confirm={t('form.deleteSure')}
          danger
          run={() => deleteCategory(category.id, category.version)}
          onDone={onDone}
          onClose={() => setAsking(false)}
        />
      )}
    </Dialog>
  );
}
