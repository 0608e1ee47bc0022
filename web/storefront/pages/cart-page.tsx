import { IconShoppingBag } from '@tabler/icons-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { updateCart, useCart } from '../cart/cart-store.ts';
import { LineList } from '../cart/line-list.tsx';
import { Totals } from '../cart/totals.tsx';
import { usePricedLines } from '../cart/use-priced-lines.ts';
import { LinkButton } from '../shell/link-button.tsx';
import { useTitle } from '../shell/use-title.ts';
import { useTexts } from '../shop-texts.ts';
import classes from './two-columns.module.css';

export function CartPage() {
  const t = useTexts();
  const cart = usePricedLines(useCart());
  useTitle(t('cart.title'));
  if (cart.lines.length === 0) {
    return (
      <EmptyState asPage icon={<IconShoppingBag size={32} />} title={t('cart.empty')} hint={t('cart.emptyHint')}>
        <LinkButton to="/">{t('cart.browse')}</LinkButton>
      </EmptyState>
    );
  }
  const hasFault = cart.lines.some((line) => line.fault);
  const isMixed = cart.totals.size > 1;
  const cannot = hasFault ? t('cart.fix') : isMixed ? t('cart.mixed') : undefined;
  return (
    <div className="cw-page">
      <h1 className="cw-page-title">{t('cart.title')}</h1>
      <div className={classes.columns}>
        <div className="cw-stack">
          {cart.problem && <ProblemNotice problem={cart.problem} onRetry={() => void cart.refresh()} />}
          <section className="cw-panel" aria-label={t('checkout.items')}>
            <LineList lines={cart.lines} onChange={updateCart} />
          </section>
        </div>
        <aside className={`cw-panel cw-stack ${classes.side}`} aria-label={t('cart.total')}>
          <Totals label={t('cart.total')} totals={cart.totals} />
          {cannot && <div className={classes.cannot}>{cannot}</div>}
          <LinkButton
            to="/checkout"
            size="lg"
            fullWidth
            disabled={Boolean(cannot) || cart.isLoading}
            data-disabled={Boolean(cannot) || cart.isLoading || undefined}
          >
            {t('cart.checkout')}
          </LinkButton>
        </aside>
      </div>
    </div>
  );
}
