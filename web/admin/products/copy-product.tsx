import { Button } from '@mantine/core';
import { IconCopyPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { AdminProduct } from '../../../contract/admin-catalogue.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useProductTexts } from './product-texts.ts';
import { copyProduct } from './products-api.ts';

/** A hidden product like this one; its page opens. */
export function CopyProduct({ product }: { product: AdminProduct }) {
  const t = useProductTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const copying = useMutation({
    mutationFn: () => copyProduct(product.id),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ['products'] });
      void navigate({ to: '/products/$id', params: { id: String(id) } });
    },
  });
  return (
    <>
      {copying.error && <ProblemNotice problem={copying.error} />}
      <Button
        variant="default"
        loading={copying.isPending}
        leftSection={<IconCopyPlus size={16} aria-hidden />}
        onClick={() => copying.mutate()}
      >
        {t('copy.do')}
      </Button>
    </>
  );
}
