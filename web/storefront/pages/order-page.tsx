import { Skeleton } from '@mantine/core';
import { IconKey, IconSearchOff } from '@tabler/icons-react';
import { Navigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { OrderView } from '../../../contract/shop.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ApiProblem } from '../../ui/request-json.ts';
import { CardList } from '../order/card-list.tsx';
import { useDeviceOrder } from '../order/device-orders.ts';
import { OrderFacts } from '../order/order-facts.tsx';
import { OrderForm } from '../order/order-form.tsx';
import { useTexts } from '../order/order-texts.ts';
import { PaymentPanel } from '../order/payment-panel.tsx';
import { StatusPanel } from '../order/status-panel.tsx';
import { dropPayment } from '../order/stored-payment.ts';
import { useOrder } from '../order/use-order.ts';
import { LinkButton } from '../shell/link-button.tsx';
import { useTitle } from '../shell/use-title.ts';
import classes from './two-columns.module.css';

export function OrderPage() {
  const { id } = useParams({ from: '/orders/$id' });
  const known = useDeviceOrder(id);
  if (known?.isTicket) return <Navigate to="/tickets/$id" params={{ id }} replace />;
  const token = known?.token;
  return token ? <KnownOrder key={id} id={id} token={token} /> : <KeylessOrder />;
}

function KeylessOrder() {
  const t = useTexts();
  useTitle(t('orders.noKeyTitle'));
  return (
    <EmptyState asPage icon={<IconKey size={32} />} title={t('orders.noKeyTitle')} hint={t('orders.noKeyHint')}>
      <LinkButton to="/orders">{t('orders.find')}</LinkButton>
    </EmptyState>
  );
}

function KnownOrder({ id, token }: { id: string; token: string }) {
  const t = useTexts();
  const reply = useOrder(id, token);
  const isUnknown = reply.error instanceof ApiProblem && (reply.error.status === 404 || reply.error.status === 401);
  if (isUnknown) {
    return (
      <EmptyState
        asPage
        icon={<IconSearchOff size={32} />}
        title={t('orders.notFoundTitle')}
        hint={t('orders.notFoundHint')}
      >
        <LinkButton to="/orders">{t('orders.find')}</LinkButton>
      </EmptyState>
    );
  }
  if (reply.data) return <Order order={reply.data} token={token} />;
  return (
    <div className="cw-page cw-stack">
      <h1 className="cw-sr-only">{t('order.loading')}</h1>
      {reply.error ? (
        <ProblemNotice problem={reply.error} onRetry={() => void reply.refetch()} />
      ) : (
        <Skeleton height={320} radius="lg" />
      )}
    </div>
  );
}

function Order({ order, token }: { order: OrderView; token: string }) {
  const t = useTexts();
  const before = useRef(order.status);
  const { id, status } = order;
  // The page has flipped by itself: bring the news into view, and forget the code that is no longer to be paid.
  useEffect(() => {
    if (before.current === status) return;
    before.current = status;
    if (status !== 'pending') dropPayment(id);
    window.scrollTo({ top: 0 });
  }, [status, id]);
  useTitle(t(`status.${status}`));
  const hasCards = order.lines.some((line) => line.deliveredAt !== null);
  return (
    <div className="cw-page">
      <span className="cw-sr-only" role="status">
        {t(`status.${status}`)}
      </span>
      <div className={classes.columns} style={{ marginTop: 0 }}>
        <div className="cw-stack">
          {status === 'pending' ? (
            <PaymentPanel order={order} token={token} />
          ) : (
            <StatusPanel order={order} status={status} />
          )}
          {hasCards && status !== 'refunded' && <CardList order={order} token={token} />}
          <OrderForm order={order} token={token} />
        </div>
        <OrderFacts order={order} token={token} />
      </div>
    </div>
  );
}
