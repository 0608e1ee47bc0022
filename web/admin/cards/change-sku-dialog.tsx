import { NativeSelect } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { productsQuery } from '../products/product-queries.ts';
import { useCardTexts } from './card-texts.ts';
import { changeSku } from './cards-api.ts';

interface Props {
  ids: readonly number[];
  fromSkuId: number;
  onDone: (report: { moved: number; refused: readonly { why: string }[] }) => void;
  onClose: () => void;
}

/** The right cards in the wrong place: filed under another variant. */
export function ChangeSkuDialog({ ids, fromSkuId, onDone, onClose }: Props) {
  const t = useCardTexts();
  const query = useInfiniteQuery(productsQuery({}));
  const skus = (query.data?.pages.flatMap((page) => page.products) ?? []).flatMap((product) =>
    product.skus
      .filter((sku) => sku.delivery === 'cards' && sku.id !== fromSkuId)
      .map((sku) => ({ value: String(sku.id), label: `${product.name} · ${sku.name}` })),
  );
  const [picked, setPicked] = useState<string>();
  const to = Number(picked ?? skus[0]?.value ?? 0);
  return (
    <AskDialog
      title={t('sku.title')}
      says={t('sku.says', { count: ids.length })}
      confirm={t('sku.sure')}
      withReason
      blocked={to === 0}
      run={async (reason) => onDone(await changeSku(ids, to, reason))}
      onDone={() => {}}
      onClose={onClose}
    >
      <NativeSelect
        label={t('sku.to')}
        value={String(to)}
        data={skus}
        onChange={(event) => setPicked(event.currentTarget.value)}
      />
    </AskDialog>
  );
}
