import { Button } from '@mantine/core';
import { IconEye, IconReplace } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OrderCardView } from '../../../contract/admin-replacements.ts';
import type { DeskCards } from '../../../contract/card.ts';
import { useDateTime } from '../../ui/dates.ts';
import { IfMay } from '../access/if-may.tsx';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { ProveField, prove } from '../ask/prove-field.tsx';
import { StatusBadge } from '../list/status-badge.tsx';
import classes from './order-rows.module.css';
import { useOrderTexts } from './order-texts.ts';
import { type OrderDetailReply, replaceCards, showCards } from './orders-api.ts';
import { ShownCards } from './shown-cards.tsx';

/** The cards that the order was given: which, never what is on them until somebody proves who they are. */
export function OrderCards({ detail: { order, cards } }: { detail: OrderDetailReply }) {
  const t = useOrderTexts();
  const client = useQueryClient();
  const [showing, setShowing] = useState(false);
  const [shown, setShown] = useState<DeskCards['cards']>();
  const [replacing, setReplacing] = useState<OrderCardView>();
  const wasGiven = order.paidAt !== null && order.lines.length > 0;
  if (!wasGiven) return null;
  const isServed = order.status === 'delivered' || order.status === 'paid';
  return (
    <section className="cw-panel" aria-labelledby="cards">
      <h2 id="cards" className="cw-section-title">
        {t('cards.title')}
      </h2>
      <ul className={classes.rows}>
        {cards.map((card) => (
          <CardRow key={card.cardId} card={card} onReplace={isServed ? () => setReplacing(card) : undefined} />
        ))}
      </ul>
      <div className={classes.foot}>
        <IfMay action="cards.show">
          <Button variant="default" leftSection={<IconEye size={18} aria-hidden />} onClick={() => setShowing(true)}>
            {t('cards.show')}
          </Button>
        </IfMay>
      </div>
      {showing && (
        <ShowDialog
          orderId={order.id}
          onShown={(found) => {
            setShowing(false);
            setShown(found);
            void client.invalidateQueries({ queryKey: ['order', order.id] });
          }}
          onClose={() => setShowing(false)}
        />
      )}
      {shown && <ShownCards cards={shown} onClose={() => setShown(undefined)} />}
      {replacing && (
        <AskDialog
          title={t('replace.title', { id: replacing.cardId })}
          says={t('replace.says')}
          confirm={t('replace.sure')}
          danger
          withReason
          run={(reason) => replaceCards(order.id, [replacing.cardId], reason)}
          onDone={() => {
            setReplacing(undefined);
            void client.invalidateQueries({ queryKey: ['order', order.id] });
          }}
          onClose={() => setReplacing(undefined)}
        />
      )}
    </section>
  );
}

function CardRow({ card, onReplace }: { card: OrderCardView; onReplace: (() => void) | undefined }) {
  const t = useOrderTexts();
  const dateTime = useDateTime();
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <div className={classes.name}>
          {t('card.id', { id: card.cardId })}{' '}
          {card.replacedBy !== null && <StatusBadge tone="bad">{t('card.replaced')}</StatusBadge>}
          {card.replacedBy === null && card.status !== 'sold' && (
            <StatusBadge tone="bad">{t('card.withdrawn')}</StatusBadge>
          )}
        </div>
        <div className={classes.facts}>
          {t('card.facts', { batch: card.batchId, at: dateTime(card.issuedAt) })}
          {card.replacedBy !== null && ` · ${t('card.replacedBy', { id: card.replacedBy })}`}
          {card.offReason !== null && card.offReason !== 'refunded' && ` · ${card.offReason}`}
        </div>
      </div>
      {onReplace && card.status === 'sold' && (
        <IfMay action="orders.replace">
          <Button
            variant="light"
            size="sm"
            leftSection={<IconReplace size={16} aria-hidden />}
            aria-label={t('replace.title', { id: card.cardId })}
            onClick={onReplace}
          >
            {t('card.replace')}
          </Button>
        </IfMay>
      )}
    </li>
  );
}

interface ShowProps {
  orderId: string;
  onShown: (cards: DeskCards['cards']) => void;
  onClose: () => void;
}

function ShowDialog({ orderId, onShown, onClose }: ShowProps) {
  const t = useOrderTexts();
  const [typed, setTyped] = useState('');
  return (
    <AskDialog
      title={t('cards.show')}
      says={t('cards.showSays')}
      confirm={t('cards.showSure')}
      withReason
      blocked={typed === ''}
      run={async (reason) => {
        await prove(typed);
        onShown((await showCards(orderId, reason)).cards);
      }}
      onDone={() => {}}
      onClose={onClose}
    >
      <ProveField value={typed} onChange={setTyped} />
    </AskDialog>
  );
}
