import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { AdminProduct } from '../../../contract/admin-catalogue.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { useProductTexts } from './product-texts.ts';
import { updateProduct } from './products-api.ts';

/** Puts a product away, or brings it back. */
export function ArchiveProduct({ product, onChanged }: { product: AdminProduct; onChanged: () => unknown }) {
  const t = useProductTexts();
  const [isAsking, setAsking] = useState(false);
  const { id, version } = product;
  const back = useMutation({
    mutationFn: () => updateProduct(id, { version, status: 'active' }),
    onSuccess: onChanged,
  });
  if (product.status === 'archived') {
    return (
      <>
        {back.error && <ProblemNotice problem={back.error} />}
        <Button variant="light" loading={back.isPending} onClick={() => back.mutate()}>
          {t('archive.back')}
        </Button>
      </>
    );
  }
  return (
    <>
      <Button variant="subtle" color="gray" onClick={() => setAsking(true)}>
        {t('archive.do')}
      </Button>
      {isAsking && (
        <AskDialog
          title={t('archive.do')}
          says={t('archive.says')}
          confirm={t('archive.sure')}
          run={() => updateProduct(id, { version, status: 'archived' })}
          onDone={() => {
            setAsking(false);
            void onChanged();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
