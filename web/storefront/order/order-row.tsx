import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { OrderView } from '../../../contract/shop.ts';
import { useDateTime } from '../../ui/dates.ts';
import { useMoney } from '../../ui/money.ts';
import classes from './order-row.module.css';
import { useTexts } from './order-texts.ts';

interface Props {
  id: string;
  order: OrderView | undefined;
  /** Given where the key is not on this device yet; it travels behind the #. */
  token?: string | undefined;
  note?: string | undefined;
  /** Not placed yet: leads to the page that waits for it. */
  isTicket?: boolean;
  children?: ReactNode;
}

export function OrderRow({ id, order, token, note, isTicket = false, children }: Props) {
  const t = useTexts();
  const money = useMoney();
  const at = useDateTime();
  const title = order?.lines.map((line) => line.productName).join(t('orders.comma')) ?? note ?? id;
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <Link
          to={isTicket ? '/tickets/$id' : '/orders/$id'}
          params={{ id }}
          {...(token && { hash: `t=${encodeURIComponent(token)}` })}
          className={classes.title}
        >
          {title}
        </Link>
        <div className={classes.facts}>
          {order && <span>{at(order.createdAt)}</span>}
          <span className={classes.id}>…{id.slice(-8)}</span>
        </div>
      </div>
      {order && (
        <div className={classes.side}>
          <span className="cw-price">{money(order.totalMinor, order.currency)}</span>
          <span className={classes.status} data-status={order.status}>
            {t(`status.${order.status}`)}
          </span>
        </div>
      )}
      {children}
    </li>
  );
}

export function ForgetButton({ id, onForget }: { id: string; onForget: () => void }) {
  const t = useTexts();
  return (
    <Button
      className={classes.forget}
      variant="subtle"
      color="gray"
      c="dimmed"
      size="compact-sm"
      px={6}
      aria-label={t('orders.forget', { id })}
      title={t('orders.forgetShort')}
      onClick={onForget}
    >
      <IconX size={16} aria-hidden />
    </Button>
  );
}
