import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AdminProduct } from '../../../contract/admin-catalogue.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { useProductTexts } from './product-texts.ts';
import { deleteProduct } from './products-api.ts';

export function RemoveProduct({ product, onRemoved }: { product: AdminProduct; onRemoved: () => void }) {
  const t = useProductTexts();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {t('form.delete')}
      </Button>
      {isAsking && (
        <AskDialog
          title={t('form.delete')}
          says={t('form.deleteSays')}
          confirm={t('form.deleteSure')}
          danger
          run={() => deleteProduct(product.id, product.version)}
          onDone={onRemoved}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
