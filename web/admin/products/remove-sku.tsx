import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AdminSku } from '../../../contract/admin-catalogue.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { useProductTexts } from './product-texts.ts';
import { deleteSku } from './products-api.ts';

export function RemoveSku({ sku, onRemoved }: { sku: AdminSku; onRemoved: () => void }) {
  const t = useProductTexts();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {t('sku.delete')}
      </Button>
      {isAsking && (
        <AskDialog
          title={t('sku.delete')}
          says={t('sku.deleteSays')}
          confirm={t('form.deleteSure')}
          danger
          run={() => deleteSku(sku.id, sku.version)}
          onDone={onRemoved}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
