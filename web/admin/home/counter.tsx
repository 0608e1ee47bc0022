import { Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { OrderView } from '../../../contract/shop.ts';
import { useDateTime } from '../../ui/dates.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useMay } from '../access/may.ts';
import { ordersQuery } from '../orders/order-queries.ts';
import { OrderStatusBadge } from '../orders/order-status.tsx';
import { casesQuery } from '../review/review-api.ts';
import { useReviewTexts } from '../review/review-texts.ts';
import { useHomeTexts } from './home-texts.ts';
import classes from './shop-panels.module.css';

const shown = 6;

/** The first page of those who serve buyers and do not see what the shop earns: what waits for them. */
export function Counter() {
  const t = useHomeTexts();
  const may = useMay();
  return (
    <section className="cw-stack" aria-labelledby="counter">
      <div>
        <h2 id="counter" className="cw-section-title">
          {t('counter.title')}
        </h2>
        <p className="cw-soft">{t('counter.lead')}</p>
      </div>
      <div className={classes.panels}>
        {may('review.read') && <OpenCases />}
        {may('orders.read') && (
          <>
            <Orders id="waiting" title={t('counter.waiting')} none={t('counter.waitingNone')} status="paid" />
            <Orders id="latest" title={t('counter.latest')} none={t('counter.latestNone')} />
          </>
        )}
      </div>
    </section>
  );
}

function OpenCases() {
  const t = useHomeTexts();
  const review = useReviewTexts();
  const dateTime = useDateTime();
  const query = useInfiniteQuery(casesQuery({ status: 'open' }));
  const cases = query.data?.pages[0]?.cases.slice(0, shown);
  return (
    <Panel
      id="open-cases"
      title={t('counter.review')}
      query={query}
      count={cases?.length}
      none={t('counter.reviewNone')}
    >
      {cases?.map(({ id, kind, createdAt }) => (
        <li key={id} className={classes.row}>
          <Link to="/review" search={{ kind }} className={classes.name}>
            {review(`kind.${kind}`)}
          </Link>
          <span className={classes.fact}>{dateTime(createdAt)}</span>
        </li>
      ))}
    </Panel>
  );
}

function Orders({
  id,
  title,
  none,
  status,
}: {
  id: string;
  title: string;
  none: string;
  status?: OrderView['status'];
}) {
  const t = useHomeTexts();
  const dateTime = useDateTime();
  const query = useInfiniteQuery({ ...ordersQuery({ status }), refetchInterval: 15_000 });
  const orders = query.data?.pages[0]?.orders.slice(0, shown);
  return (
    <Panel id={id} title={title} query={query} count={orders?.length} none={none}>
      {orders?.map((order) => (
        <li key={order.id} className={classes.row}>
          <Link to="/orders/$id" params={{ id: order.id }} className={classes.name}>
            {order.lines[0]?.productName} <OrderStatusBadge status={order.status} />
          </Link>
          <span className={classes.fact}>
            {order.contact} · {dateTime(order.createdAt)}
          </span>
        </li>
      ))}
      {orders && orders.length > 0 && (
        <li>
          <Link to="/orders" search={status ? { status } : {}}>
            {t('counter.all')}
          </Link>
        </li>
      )}
    </Panel>
  );
}

interface PanelProps {
  id: string;
  title: string;
  none: string;
  query: { isPending: boolean; error: Error | null; refetch: () => unknown };
  count: number | undefined;
  children: ReactNode;
}

function Panel({ id, title, none, query, count, children }: PanelProps) {
  return (
    <section className="cw-panel" aria-labelledby={id}>
      <h2 id={id} className="cw-section-title">
        {title}
      </h2>
      {query.isPending && <Skeleton height={120} radius="md" />}
      {query.error && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {count === 0 ? <p className={classes.none}>{none}</p> : <ul className={classes.rows}>{children}</ul>}
    </section>
  );
}
