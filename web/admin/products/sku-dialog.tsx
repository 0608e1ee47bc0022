import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AdminSku } from '../../../contract/admin-catalogue.ts';
import { Dialog } from '../ask/dialog.tsx';
import { FormActions } from '../forms/form-actions.tsx';
import { mergedDraft, TheirChanges } from '../forms/their-changes.tsx';
import { useDraft } from '../forms/use-draft.ts';
import { changedWords } from './changed-words.ts';
import { useProductTexts } from './product-texts.ts';
import { createSku, showSku, updateSku } from './products-api.ts';
import { RemoveSku } from './remove-sku.tsx';
import { skuBody, skuDraft, skuFaults } from './sku-draft.ts';
import { SkuFields } from './sku-fields.tsx';

interface Props {
  productId: number;
  /** Absent: a new one. */
  sku?: AdminSku;
  onDone: () => void;
  onClose: () => void;
}

export function SkuDialog({ productId, sku, onDone, onClose }: Props) {
  const t = useProductTexts();
  const { draft, set } = useDraft(skuDraft(sku));
  const [wasTried, setWasTried] = useState(false);
  const faults = skuFaults(draft);
  const saving = useMutation({
    mutationFn: (theirs?: AdminSku) => {
      const over = theirs ?? sku;
      const mine = theirs ? mergedDraft(draft, skuDraft(sku), skuDraft(theirs)) : draft;
      const body = skuBody(mine, over);
      return over ? updateSku(over.id, { ...body, version: over.version }) : createSku(productId, body);
    },
    onSuccess: onDone,
  });
  const theirs = (before: AdminSku) => (
    <TheirChanges
      before={skuDraft(before)}
      load={() => showSku(before.id)}
      draftOf={skuDraft}
      words={changedWords(t, draft.currency)}
      onMerge={(row) => saving.mutate(row)}
    />
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (faults.size === 0 && !saving.isPending) saving.mutate(undefined);
  };
  return (
    <Dialog title={sku ? t('sku.editTitle') : t('sku.newTitle')} wide onClose={onClose}>
      <form className="cw-stack" onSubmit={submit} noValidate>
        <SkuFields draft={draft} set={set} faults={wasTried ? faults : new Set()} sold={sku?.flashSale?.sold ?? 0} />
        <FormActions
          action="catalogue.change"
          saving={saving}
          submit={t('sku.save')}
          onCancel={onClose}
          onReload={onDone}
          {...(sku && { theirs: theirs(sku) })}
        >
          {sku && <RemoveSku sku={sku} onRemoved={onDone} />}
        </FormActions>
      </form>
    </Dialog>
  );
}
