import { useQuery } from '@tanstack/react-query';
import { shopQuery } from '../queries.ts';
import { useTexts } from '../shop-texts.ts';
import classes from './submit-panel.module.css';

/** What ordering agrees to. Opens beside the checkout, so that nothing typed is lost. */
export function TermsNote() {
  const t = useTexts();
  const legal = useQuery(shopQuery).data?.look?.legal ?? [];
  if (legal.length === 0) return null;
  return (
    <p className={classes.reserve}>
      {t('checkout.terms')}{' '}
      {legal.map((kind, at) => (
        <span key={kind}>
          {at > 0 && t('checkout.termsAnd')}
          <a href={`/legal/${kind}`} target="_blank" rel="noopener">
            {t(`legal.${kind}`)}
          </a>
        </span>
      ))}
    </p>
  );
}
