import { Button, Skeleton } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { IfMay } from '../access/if-may.tsx';
import { PageHead } from '../list/page-head.tsx';
import { useTitle } from '../use-title.ts';
import { ArchiveProduct } from './archive-product.tsx';
import { CopyProduct } from './copy-product.tsx';
import { ProductForm } from './product-form.tsx';
import { productQuery } from './product-queries.ts';
import { useProductTexts } from './product-texts.ts';
import { updateProduct } from './products-api.ts';
import { RemoveProduct } from './remove-product.tsx';
import { SkuList } from './sku-list.tsx';

export function ProductPage() {
  const t = useProductTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const id = Number(useParams({ from: '/desk/products/$id' }).id);
  const { data: product, error, refetch } = useQuery(productQuery(id));
  useTitle(product?.name ?? t('title'));
  const changed = () => {
    void client.invalidateQueries({ queryKey: ['products'] });
    return client.invalidateQueries({ queryKey: productQuery(id).queryKey });
  };
  return (
    <div className="cw-page cw-stack">
      <PageHead title={product?.name ?? t('title')}>
        {product && (
          <IfMay action="catalogue.change">
            <CopyProduct product={product} />
          </IfMay>
        )}
        {product?.status === 'active' && (
          <IfMay action="catalogue.change">
            <Button
              component="a"
              href={`/products/${product.slug}`}
              target="_blank"
              rel="noopener"
              variant="default"
              rightSection={<IconExternalLink size={16} aria-hidden />}
            >
              {t('form.view')}
            </Button>
          </IfMay>
        )}
      </PageHead>
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {!product && !error && <Skeleton height={320} radius="lg" />}
      {product && (
        <>
          <SkuList product={product} onChange={changed} />
          <ProductForm
            // What somebody else saved starts the form over when it is loaded.
            key={product.version}
            product={product}
            save={(body, version) => updateProduct(id, { ...body, version })}
            onSaved={changed}
            onReload={() => void changed()}
          >
            <IfMay action="catalogue.change">
              <ArchiveProduct product={product} onChanged={changed} />
              <RemoveProduct
                product={product}
                onRemoved={() => {
                  void client.invalidateQueries({ queryKey: ['products'] });
                  void navigate({ to: '/products', replace: true });
                }}
              />
            </IfMay>
          </ProductForm>
        </>
      )}
    </div>
  );
}
