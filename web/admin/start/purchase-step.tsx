import { Button, Loader } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { FirstRun } from '../../../contract/appearance.ts';
import { LinkButton } from '../shell/link-button.tsx';
import { firstRunQuery, stateOf } from './start-api.ts';
import { useStartTexts } from './start-texts.ts';

const lookAgainMs = 3000;

/** The owner buys in another tab; this page looks for the order meanwhile. */
export function PurchaseStep({ run }: { run: FirstRun }) {
  const t = useStartTexts();
  const isDone = stateOf(run, 'purchase') === 'done';
  useQuery({ ...firstRunQuery, refetchInterval: isDone ? false : lookAgainMs });
  const { product, order } = run;
  return (
    <section className="cw-panel cw-stack">
      <p className="cw-soft">{t(product ? 'purchase.says' : 'purchase.noProduct')}</p>
      {product && !isDone && (
        <div>
          <Button
            component="a"
            href={`/products/${product.slug}`}
            target="_blank"
            rel="noopener"
            rightSection={<IconExternalLink size={16} aria-hidden />}
          >
            {t('purchase.open')}
          </Button>
        </div>
      )}
      {product && (
        <div role="status" className="cw-row">
          {!isDone && <Loader size="sm" aria-hidden />}
          <span>
            {isDone && order
              ? t('purchase.done', { id: order.id })
              : order
                ? t('purchase.found', { id: order.id })
                : t('purchase.waiting')}
          </span>
        </div>
      )}
      {order && (
        <div>
          <LinkButton to="/orders/$id" params={{ id: order.id }} variant="default">
            {t('purchase.see')}
          </LinkButton>
        </div>
      )}
    </section>
  );
}
