import type { DeskCards } from '../../../contract/card.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../ask/dialog.tsx';
import { StatusBadge } from '../list/status-badge.tsx';
import classes from './order-rows.module.css';
import { useOrderTexts } from './order-texts.ts';

interface Props {
  cards: DeskCards['cards'];
  onClose: () => void;
}

/** Kept in this window alone: closed, it is gone. */
export function ShownCards({ cards, onClose }: Props) {
  const t = useOrderTexts();
  return (
    <Dialog title={t('cards.shown')} wide light onClose={onClose}>
      <ul className={classes.rows}>
        {cards.map((card, i) => (
          <li key={card.cardId ?? `line-${i}`} className={classes.row}>
            <div className={classes.words}>
              <div className={classes.facts}>
                {card.productName} {card.skuName}
                {card.cardId !== null && ` · ${t('card.id', { id: card.cardId })}`}{' '}
                {card.replacedBy !== null && <StatusBadge tone="bad">{t('card.replaced')}</StatusBadge>}
              </div>
              {card.number !== null && <code className={classes.secret}>{card.number}</code>}
              <code className={classes.secret}>{card.secret}</code>
            </div>
            <CopyButton
              text={card.number === null ? card.secret : `${card.number} ${card.secret}`}
              {...(card.cardId !== null && { describes: t('card.id', { id: card.cardId }) })}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
