import { Button, Skeleton } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMoney } from '../../ui/money.ts';
import { ProductCover } from '../catalog/product-cover.tsx';
import { QuantityStepper } from '../product/quantity-stepper.tsx';
import { WasPrice } from '../product/was-price.tsx';
import { useTexts } from '../shop-texts.ts';
import { LineFaultNote } from './line-fault-note.tsx';
import classes from './line-row.module.css';
import { largestQuantity, type PricedLine, unitPriceMinor } from './priced-line.ts';

interface Props {
  line: PricedLine;
  onQuantity: (quantity: number) => void;
  onRemove: () => void;
}

/** One line of the cart or the checkout, with what it costs now and what stands in its way. */
export function LineRow({ line, onQuantity, onRemove }: Props) {
  const t = useTexts();
  const money = useMoney();
  const { product, sku } = line;
  if (line.isLoading) return <Skeleton height={132} radius="md" />;
  const name = product?.name ?? line.slug;
  return (
    <li className={classes.row} data-fault={line.fault}>
      <div className={classes.cover}>
        <ProductCover product={product ?? { slug: line.slug, name, imageUrl: null, pictures: [] }} />
      </div>
      <div className={classes.body}>
        <div className="cw-spread">
          <Link to="/products/$slug" params={{ slug: line.slug }} className={classes.name}>
            {name}
          </Link>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            c="dimmed"
            px={6}
            className={classes.remove}
            aria-label={t('cart.remove', { name })}
            onClick={onRemove}
          >
            <IconTrash size={18} aria-hidden />
          </Button>
        </div>
        {sku && (
          <div className={classes.facts}>
            {sku.name} · {t('cart.unit', { price: money(line.unitPriceMinor, sku.currency) })}{' '}
            <WasPrice was={unitPriceMinor(sku, line.quantity)} now={line.unitPriceMinor} currency={sku.currency} />
          </div>
        )}
        {sku && (
          <div className={classes.foot}>
            <QuantityStepper
              value={line.quantity}
              min={sku.minQuantity}
              max={Math.max(sku.minQuantity, largestQuantity(sku))}
              onChange={onQuantity}
              of={name}
              disabled={line.fault === 'soldOut'}
            />
            <span className="cw-price">{money(line.amountMinor, sku.currency)}</span>
          </div>
        )}
        <LineFaultNote line={line} onQuantity={onQuantity} onRemove={onRemove} />
      </div>
    </li>
  );
}
