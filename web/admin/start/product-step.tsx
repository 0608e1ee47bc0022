import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { FirstRun } from '../../../contract/appearance.ts';
import type { PictureView } from '../../../contract/pictures.ts';
import { focusFirst } from '../access/focus-first.ts';
import { FieldGrid } from '../forms/field-grid.tsx';
import { FormActions } from '../forms/form-actions.tsx';
import { MoneyInput } from '../forms/money-input.tsx';
import { useDraft } from '../forms/use-draft.ts';
import { PictureField } from '../pictures/picture-field.tsx';
import { createProduct, createSku } from '../products/products-api.ts';
import { LinkButton } from '../shell/link-button.tsx';
import { useStartTexts } from './start-texts.ts';

export function ProductStep({ run, onDone }: { run: FirstRun; onDone: () => void }) {
  const t = useStartTexts();
  const { product } = run;
  if (!product?.skuId) return <NewProduct productId={product?.id} onDone={onDone} />;
  return (
    <section className="cw-panel cw-stack">
      <p>{t('product.done', { name: product.name })}</p>
      <div>
        <LinkButton to="/products/$id" params={{ id: String(product.id) }} variant="default">
          {t('product.edit')}
        </LinkButton>
      </div>
    </section>
  );
}

/** Only what a first product needs. One that was made before its variant failed gets the variant. */
function NewProduct({ productId, onDone }: { productId: number | undefined; onDone: () => void }) {
  const t = useStartTexts();
  const client = useQueryClient();
  const { draft, set } = useDraft({
    name: '',
    sku: '',
    priceMinor: null as number | null,
    picture: null as PictureView | null,
  });
  const [wasTried, setWasTried] = useState(false);
  const faults = {
    'first-name': productId === undefined && draft.name.trim() === '',
    'first-sku': draft.sku.trim() === '',
    'first-price': !draft.priceMinor || draft.priceMinor < 1,
  };
  const saving = useMutation({
    mutationFn: async () => {
      const pictures = draft.picture ? [{ id: draft.picture.id }] : [];
      const id = productId ?? (await createProduct({ name: draft.name.trim(), pictures })).id;
      const priceMinor = draft.priceMinor ?? 0;
      await createSku(id, { name: draft.sku.trim(), priceMinor, currency: 'CNY', delivery: 'cards' });
    },
    // Also when only the variant failed: then the product is there.
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['products'] });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (Object.values(faults).includes(true)) focusFirst(faults);
    else if (!saving.isPending) saving.mutate();
  };
  return (
    <form className="cw-panel cw-stack" onSubmit={submit} noValidate>
      <p className="cw-soft">{t('product.says')}</p>
      {productId === undefined && (
        <TextInput
          id="first-name"
          label={t('product.name')}
          required
          maxLength={160}
          value={draft.name}
          error={wasTried && faults['first-name'] && t('product.needName')}
          onChange={(event) => set('name')(event.currentTarget.value)}
        />
      )}
      <FieldGrid>
        <TextInput
          id="first-sku"
          label={t('product.sku')}
          description={t('product.skuHint')}
          required
          maxLength={160}
          value={draft.sku}
          error={wasTried && faults['first-sku'] && t('product.needName')}
          onChange={(event) => set('sku')(event.currentTarget.value)}
        />
        <MoneyInput
          id="first-price"
          label={t('product.price')}
          description={'\u00a0'}
          required
          currency="CNY"
          value={draft.priceMinor}
          error={wasTried && faults['first-price'] && t('product.priceWrong')}
          onChange={set('priceMinor')}
        />
      </FieldGrid>
      {productId === undefined && (
        <PictureField label={t('product.picture')} src={draft.picture?.url ?? null} onChange={set('picture')} />
      )}
      <FormActions action="catalogue.change" saving={saving} submit={t('product.create')} />
    </form>
  );
}
