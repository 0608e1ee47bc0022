import type { CardView } from '../../../contract/shop.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import classes from './card-ticket.module.css';
import { useTexts } from './order-texts.ts';

interface Props {
  card: CardView;
  nth: number;
  of: number;
}

/** One card, like a ticket: what to copy is large, in letters that cannot be mistaken, and one tap away. */
export function CardTicket({ card, nth, of }: Props) {
  const t = useTexts();
  const which = of > 1 ? t('cards.nth', { n: nth }) : '';
  return (
    <li className={classes.ticket}>
      {card.number !== null && (
        <Field label={t('cards.number')} value={card.number} describes={`${t('cards.number')} ${which}`} />
      )}
      <Field label={t('cards.secret')} value={card.secret} describes={`${t('cards.secret')} ${which}`} />
    </li>
  );
}

function Field({ label, value, describes }: { label: string; value: string; describes: string }) {
  return (
    <div className={classes.field}>
      <div className={classes.text}>
        <span className={classes.label}>{label}</span>
        <span className={classes.value}>{value}</span>
      </div>
      <CopyButton text={value} describes={describes} />
    </div>
  );
}
