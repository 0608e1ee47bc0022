import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { PageHead } from '../list/page-head.tsx';
import { useTitle } from '../use-title.ts';
import { ProductForm } from './product-form.tsx';
import { useProductTexts } from './product-texts.ts';
import { createProduct } from './products-api.ts';

export function NewProductPage() {
  const t = useProductTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  useTitle(t('form.newTitle'));
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('form.newTitle')} />
      <ProductForm
        save={createProduct}
        submit={t('form.create')}
        onSaved={(product) => {
          void client.invalidateQueries({ queryKey: ['products'] });
          // On with its variants.
          void navigate({ to: '/products/$id', params: { id: String(product.id) }, replace: true });
        }}
      />
    </div>
  );
}
