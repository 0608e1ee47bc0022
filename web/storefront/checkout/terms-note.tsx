import { useQuery } from '@tanstack/react-query';
import { useLegalTexts } from '../legal/legal-texts.ts';
import { shopQuery } from '../queries.ts';
import classes from './submit-panel.module.css';

/** What ordering agrees to. Opens beside the checkout, so that nothing typed is lost. */
export function TermsNote() {
  const t = useLegalTexts();
  const legal = useQuery(shopQuery).data?.look?.legal ?? [];
  if (legal.length === 0) return null;
  return (
    <p className={classes.reserve}>
      {t('agree')}{' '}
      {legal.map((kind, at) => (
        <span key={kind}>
          {at > 0 && t('and')}
          <a href={`/legal/${kind}`} target="_blank" rel="noopener">
            {t(kind)}
          </a>
        </span>
      ))}
    </p>
  );
}
