import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import {
  type AdminProduct,
  type CreateProductBody,
  type SaleStatus,
  saleStatuses,
} from '../../../contract/admin-catalogue.ts';
import { focusFirst } from '../access/focus-first.ts';
import { CountInput } from '../forms/count-input.tsx';
import { FieldGrid } from '../forms/field-grid.tsx';
import { FormActions } from '../forms/form-actions.tsx';
import { mergedDraft, TheirChanges } from '../forms/their-changes.tsx';
import { useDraft } from '../forms/use-draft.ts';
import { PictureList } from '../pictures/picture-list.tsx';
import { changedWords } from './changed-words.ts';
import { productBody, productDraft, productFaults } from './product-draft.ts';
import { categoriesQuery } from './product-queries.ts';
import { useProductTexts } from './product-texts.ts';
import { showProduct } from './products-api.ts';

interface Props {
  product?: AdminProduct;
  submit?: string;
  /** @param version of the row that it is written over */
  save: (body: CreateProductBody, version: number) => Promise<AdminProduct>;
  onSaved: (product: AdminProduct) => unknown;
  onReload?: () => void;
  children?: ReactNode;
}

export function ProductForm({ product, submit, save, onSaved, onReload, children }: Props) {
  const t = useProductTexts();
  const categories = useQuery(categoriesQuery).data ?? [];
  const { draft, set, setDraft } = useDraft(productDraft(product));
  const [wasTried, setWasTried] = useState(false);
  const saving = useMutation({
    mutationFn: (theirs?: AdminProduct) => {
      const over = theirs ?? product;
      const mine = theirs ? mergedDraft(draft, productDraft(product), productDraft(theirs)) : draft;
      return save(productBody(mine, over), over?.version ?? 0);
    },
    onSuccess: onSaved,
  });
  const faults = productFaults(draft);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (faults.name || faults.imageUrl || faults.position) {
      focusFirst({
        'product-name': faults.name,
        'product-image': faults.imageUrl,
        'product-position': faults.position,
      });
    } else if (!saving.isPending) saving.mutate(undefined);
  };
  return (
    <form className="cw-stack" onSubmit={onSubmit} noValidate>
      <section className="cw-panel cw-stack" aria-label={t('form.zh')}>
        <h2 className="cw-section-title">{t('form.zh')}</h2>
        <TextInput
          id="product-name"
          label={t('form.name')}
          required
          maxLength={160}
          value={draft.name}
          error={wasTried && faults.name && t('form.needName')}
          onChange={(event) => set('name')(event.currentTarget.value)}
        />
        <TextInput
          label={t('form.summary')}
          maxLength={400}
          value={draft.summary}
          onChange={(event) => set('summary')(event.currentTarget.value)}
        />
        <Textarea
          label={t('form.description')}
          description={t('form.descriptionHint')}
          autosize
          minRows={4}
          maxRows={20}
          maxLength={20_000}
          value={draft.description}
          onChange={(event) => set('description')(event.currentTarget.value)}
        />
      </section>
      <section className="cw-panel cw-stack" aria-label={t('form.en')} lang="en">
        <h2 className="cw-section-title">{t('form.en')}</h2>
        <TextInput
          label={t('form.name')}
          maxLength={160}
          value={draft.nameEn}
          onChange={(event) => set('nameEn')(event.currentTarget.value)}
        />
        <TextInput
          label={t('form.summary')}
          maxLength={400}
          value={draft.summaryEn}
          onChange={(event) => set('summaryEn')(event.currentTarget.value)}
        />
        <Textarea
          label={t('form.description')}
          autosize
          minRows={3}
          maxRows={20}
          maxLength={20_000}
          value={draft.descriptionEn}
          onChange={(event) => set('descriptionEn')(event.currentTarget.value)}
        />
      </section>
      <PictureList
        pictures={draft.pictures}
        onChange={(edit) => setDraft((before) => ({ ...before, pictures: edit(before.pictures) }))}
      />
      <section className="cw-panel cw-stack" aria-label={t('form.status')}>
        <FieldGrid>
          <NativeSelect
            label={t('form.status')}
            description={t(`status.${draft.status}Hint`)}
            value={draft.status}
            onChange={(event) => set('status')(event.currentTarget.value as SaleStatus)}
            data={saleStatuses.map((status) => ({ value: status, label: t(`status.${status}`) }))}
          />
          <NativeSelect
            label={t('form.category')}
            value={draft.categoryId === null ? '' : String(draft.categoryId)}
            onChange={(event) => set('categoryId')(Number(event.currentTarget.value) || null)}
            data={[
              { value: '', label: t('form.noCategory') },
              ...categories.map((category) => ({ value: String(category.id), label: category.name })),
            ]}
          />
          <CountInput
            id="product-position"
            label={t('form.position')}
            description={t('form.positionHint')}
            value={draft.position}
            error={wasTried && faults.position && t('sku.countWrong')}
            onChange={set('position')}
          />
        </FieldGrid>
        <FieldGrid>
          <TextInput
            label={t('form.slug')}
            description={t('form.slugHint')}
            maxLength={80}
            spellCheck={false}
            value={draft.slug}
            onChange={(event) => set('slug')(event.currentTarget.value)}
          />
          <TextInput
            id="product-image"
            label={t('form.image')}
            description={t('form.imageHint')}
            maxLength={400}
            spellCheck={false}
            inputMode="url"
            value={draft.imageUrl}
            error={wasTried && faults.imageUrl && t('form.imageWrong')}
            onChange={(event) => set('imageUrl')(event.currentTarget.value)}
          />
        </FieldGrid>
      </section>
      <FormActions
        action="catalogue.change"
        saving={saving}
        {...(submit && { submit })}
        {...(onReload && { onReload })}
        {...(product && {
          theirs: (
            <TheirChanges
              before={productDraft(product)}
              load={() => showProduct(product.id)}
              draftOf={productDraft}
              words={changedWords(t)}
              onMerge={(theirs) => saving.mutate(theirs)}
            />
          ),
        })}
      >
        {children}
      </FormActions>
    </form>
  );
}
