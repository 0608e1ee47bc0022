import { Skeleton } from '@mantine/core';
import { IconChevronLeft, IconPackageOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ProductView } from '../../../contract/shop.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useLanguage } from '../../ui/language.ts';
import { PlainMarkdown } from '../../ui/plain-markdown.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ApiProblem } from '../../ui/request-json.ts';
import { ProductPictures } from '../product/product-pictures.tsx';
import { ProductPurchase } from '../product/product-purchase.tsx';
import { productQuery } from '../queries.ts';
import { LinkButton } from '../shell/link-button.tsx';
import { useTitle } from '../shell/use-title.ts';
import { useTexts } from '../shop-texts.ts';
import classes from './product-page.module.css';

export function ProductPage() {
  const t = useTexts();
  const { slug } = useParams({ from: '/products/$slug' });
  const reply = useQuery(productQuery(slug, useLanguage()));
  useTitle(reply.data?.name);
  if (reply.error instanceof ApiProblem && reply.error.status === 404) return <Gone />;
  return (
    <div className={`cw-page ${classes.page}`}>
      <Link to="/" className={classes.back}>
        <IconChevronLeft size={18} aria-hidden />
        {t('product.back')}
      </Link>
      {reply.error && !reply.data && <ProblemNotice problem={reply.error} onRetry={() => void reply.refetch()} />}
      {reply.isPending && <Skeleton height={360} radius="lg" />}
      {reply.data && <Product product={reply.data} />}
    </div>
  );
}

function Product({ product }: { product: ProductView }) {
  const t = useTexts();
  const text = product.description || product.summary;
  return (
    <div className={classes.product}>
      <div className={classes.cover}>
        <ProductPictures key={product.id} product={product} />
      </div>
      <div className={classes.head}>
        {product.category && (
          <Link to="/" search={{ category: product.category.slug }} className={classes.category}>
            {product.category.name}
          </Link>
        )}
        <h1 className={classes.name}>{product.name}</h1>
        {product.summary && <p className={classes.summary}>{product.summary}</p>}
      </div>
      <div className={classes.purchase}>
        <ProductPurchase key={product.id} product={product} />
      </div>
      {text && (
        <section className={classes.about}>
          <h2 className="cw-section-title">{t('product.about')}</h2>
          <PlainMarkdown text={text} />
        </section>
      )}
    </div>
  );
}

function Gone() {
  const t = useTexts();
  return (
    <EmptyState asPage icon={<IconPackageOff size={32} />} title={t('product.goneTitle')} hint={t('product.goneHint')}>
      <LinkButton to="/">{t('product.back')}</LinkButton>
    </EmptyState>
  );
}
