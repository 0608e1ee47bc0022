import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useDateTime } from '../../ui/dates.ts';
import { useMoney } from '../../ui/money.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Facts } from '../list/facts.tsx';
import { PageHead } from '../list/page-head.tsx';
import { useTitle } from '../use-title.ts';
import { OrderActions } from './order-actions.tsx';
import { OrderCards } from './order-cards.tsx';
import { OrderLines } from './order-lines.tsx';
import { OrderMoney } from './order-money.tsx';
import { OrderProposals } from './order-proposals.tsx';
import { orderQuery } from './order-queries.ts';
import { OrderStatusBadge } from './order-status.tsx';
import { useOrderTexts } from './order-texts.ts';
import { OrderTimeline } from './order-timeline.tsx';
import type { OrderDetailReply } from './orders-api.ts';

export function OrderPage() {
  const { id } = useParams({ from: '/desk/orders/$id' });
  const t = useOrderTexts();
  const { data, error, refetch } = useQuery(orderQuery(id));
  useTitle(t('detail.title', { id }));
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('detail.title', { id })}>{data && <OrderActions detail={data} />}</PageHead>
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={240} radius="lg" />}
      {data && (
        <>
          <OrderFacts detail={data} />
          <OrderProposals detail={data} />
          <OrderLines order={data.order} />
          <OrderCards detail={data} />
          <OrderMoney detail={data} />
          <OrderTimeline orderId={id} />
        </>
      )}
    </div>
  );
}

function OrderFacts({ detail: { order, riskScore } }: { detail: OrderDetailReply }) {
  const t = useOrderTexts();
  const money = useMoney();
  const dateTime = useDateTime();
  const some = (minor: number) => (minor === 0 ? null : money(minor, order.currency));
  const when = (at: number | null) => (at === null ? null : dateTime(at));
  return (
    <section className="cw-panel" aria-label={t('detail.facts')}>
      <Facts
        facts={[
          [t('fact.status'), <OrderStatusBadge key="status" status={order.status} />],
          [t('fact.total'), money(order.totalMinor, order.currency)],
          [t('fact.discount'), some(order.discountMinor)],
          [t('fact.received'), some(order.receivedMinor)],
          [t('fact.refunded'), some(order.refundedMinor)],
          [t('fact.contact'), order.contact],
          [t('fact.created'), dateTime(order.createdAt)],
          [t('fact.expires'), order.status === 'pending' ? dateTime(order.expiresAt) : null],
          [t('fact.paid'), when(order.paidAt)],
          [t('fact.delivered'), when(order.deliveredAt)],
          [t('fact.risk'), riskScore],
        ]}
      />
    </section>
  );
}
