import { Button, Skeleton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { CardView, OrderView } from '../../../contract/shop.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ApiProblem } from '../../ui/request-json.ts';
import { cardsQuery } from '../queries.ts';
import classes from './card-list.module.css';
import { CardTicket } from './card-ticket.tsx';
import { cardsText, downloadText, titleOf } from './cards-text.ts';
import { useTexts } from './order-texts.ts';

/** What the buyer paid for. */
export function CardList({ order, token }: { order: OrderView; token: string }) {
  const t = useTexts();
  const deliveredLines = order.lines.filter((line) => line.deliveredAt !== null).length;
  const reply = useQuery(cardsQuery(order.id, token, deliveredLines));
  // A case under review may hold its cards back; the page already says why.
  if (reply.error instanceof ApiProblem && reply.error.status === 409) return null;
  if (reply.error) return <ProblemNotice problem={reply.error} onRetry={() => void reply.refetch()} />;
  if (!reply.data) return <Skeleton height={140} radius="lg" aria-label={t('cards.loading')} />;
  const cards = reply.data;
  if (cards.length === 0) return null;
  const text = cardsText(cards);
  const groups = Map.groupBy(cards, (card) => card.lineNo);
  return (
    <section className="cw-panel" aria-labelledby="cards">
      <div className={classes.head}>
        <h2 id="cards" className={classes.title}>
          {t('cards.title')} <span className="cw-soft">{t('cards.count', { count: cards.length })}</span>
        </h2>
        <div className={classes.actions}>
          <CopyButton variant="filled" text={text} label={t('cards.copyAll')} />
          <Button
            variant="default"
            size="sm"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => downloadText(`${order.id}.txt`, text)}
          >
            {t('cards.download')}
          </Button>
        </div>
      </div>
      {[...groups].map(([lineNo, group]) => (
        <CardGroup key={lineNo} cards={group} />
      ))}
      <p className={classes.keep}>{t('cards.keep')}</p>
    </section>
  );
}

function CardGroup({ cards }: { cards: readonly CardView[] }) {
  return (
    <div className={classes.group}>
      <h3 className={classes.product}>{titleOf(cards[0]!)}</h3>
      <ol className={classes.cards}>
        {cards.map((card, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: cards have no number of their own and never change place
          <CardTicket key={at} card={card} nth={at + 1} of={cards.length} />
        ))}
      </ol>
    </div>
  );
}
