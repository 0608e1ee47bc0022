import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { SkuView } from '../../../contract/shop.ts';
import { useMoney } from '../../ui/money.ts';
import { updateCart } from '../cart/cart-store.ts';
import { addLine, type CartLine, encodeLines } from '../cart/line.ts';
import { isSoldOut, priceNow } from '../cart/priced-line.ts';
import { LinkButton } from '../shell/link-button.tsx';
import { useTexts } from '../shop-texts.ts';
import classes from './buy-bar.module.css';

interface Props {
  sku: SkuView;
  line: CartLine;
}

/** Total and the two ways to buy. On a phone it stays at the bottom edge, under the thumb. */
export function BuyBar({ sku, line }: Props) {
  const t = useTexts();
  const money = useMoney();
  const navigate = useNavigate();
  const [wasAdded, setWasAdded] = useState(false);
  // Another choice is another thing to add.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the line is the trigger
  useEffect(() => setWasAdded(false), [line.skuId, line.quantity]);
  const soldOut = isSoldOut(sku);
  const add = () => {
    updateCart((lines) => addLine(lines, line));
    setWasAdded(true);
  };
  return (
    <div className={classes.bar}>
      <div className={classes.total}>
        <span className="cw-soft">{t('product.total')}</span>
        <span className={`cw-price ${classes.amount}`}>
          {money(priceNow(sku, line.quantity) * line.quantity, sku.currency)}
        </span>
      </div>
      <div className={classes.actions}>
        {wasAdded ? (
          <LinkButton to="/cart" variant="light" size="md" leftSection={<IconCheck size={18} aria-hidden />}>
            {t('product.viewCart')}
          </LinkButton>
        ) : (
          <Button variant="light" size="md" disabled={soldOut} onClick={add}>
            {t('product.addToCart')}
          </Button>
        )}
        <Button
          size="md"
          disabled={soldOut}
          onClick={() => void navigate({ to: '/checkout', search: { lines: encodeLines([line]) } })}
        >
          {soldOut ? t('product.soldOut') : t('product.buyNow')}
        </Button>
      </div>
      <span className="cw-sr-only" role="status">
        {wasAdded && t('product.added')}
      </span>
    </div>
  );
}
