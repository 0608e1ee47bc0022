import { useQuery } from '@tanstack/react-query';
import { ApiProblem } from '../../ui/request-json.ts';
import { getOrder } from '../api.ts';
import { orderKey } from '../queries.ts';
import { type DeviceOrder, forgetOrder, useDeviceOrders } from './device-orders.ts';
import classes from './order-row.module.css';
import { ForgetButton, OrderRow } from './order-row.tsx';
import { useTexts } from './order-texts.ts';

/** More would ask the shop too often at once; older ones are read when opened. */
const shownOrders = 10;

export function DeviceOrderList() {
  const t = useTexts();
  const orders = useDeviceOrders().slice(0, shownOrders);
  return (
    <section aria-labelledby="here">
      <h2 id="here" className="cw-section-title">
        {t('orders.here')}
      </h2>
      {orders.length === 0 ? (
        <div className="cw-panel">
          <div>{t('orders.none')}</div>
          <div className="cw-soft">{t('orders.noneHint')}</div>
        </div>
      ) : (
        <ul className={classes.list}>
          {orders.map((order) => (
            <DeviceOrderRow key={order.id} kept={order} />
          ))}
        </ul>
      )}
    </section>
  );
}

function DeviceOrderRow({ kept }: { kept: DeviceOrder }) {
  const t = useTexts();
  if (!kept.isTicket) return <PlacedRow kept={kept} />;
  return (
    <OrderRow id={kept.id} order={undefined} isTicket note={t('ticket.row')}>
      <ForgetButton id={kept.id} onForget={() => forgetOrder(kept.id)} />
    </OrderRow>
  );
}

function PlacedRow({ kept }: { kept: DeviceOrder }) {
  const t = useTexts();
  const reply = useQuery({
    queryKey: orderKey(kept.id),
    queryFn: async ({ signal }) => (await getOrder(kept.id, kept.token, signal)).order,
    staleTime: 5_000,
  });
  const gone = reply.error instanceof ApiProblem && reply.error.status === 404;
  return (
    <OrderRow
      id={kept.id}
      order={reply.data}
      note={reply.error ? t(gone ? 'orders.notFoundTitle' : 'orders.unavailable') : undefined}
    >
      <ForgetButton id={kept.id} onForget={() => forgetOrder(kept.id)} />
    </OrderRow>
  );
}
