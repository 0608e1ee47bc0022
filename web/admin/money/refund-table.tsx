import { Link } from '@tanstack/react-router';
import type { RefundRow } from '../../../contract/admin-money.ts';
import { useDateTime } from '../../ui/dates.ts';
import { useMoney } from '../../ui/money.ts';
import { type Column, DataTable } from '../list/data-table.tsx';
import classes from './money.module.css';
import { useMoneyTexts } from './money-texts.ts';
import { RefundProgress } from './refund-progress.tsx';
import { useChannelName } from './use-channels.ts';

export function RefundTable({ refunds, onChange }: { refunds: readonly RefundRow[]; onChange: () => void }) {
  const t = useMoneyTexts();
  return (
    <DataTable
      label={t('refunds.title')}
      columns={useColumns(onChange)}
      rows={refunds}
      rowKey={({ refundNo }) => refundNo}
    />
  );
}

/** The number of a payment of ours; money that belonged to no order goes back under another one. */
const isPayment = (id: string) => /^[0-9A-Z]{28}\d\d$/.test(id);

function useColumns(onChange: () => void): Column<RefundRow>[] {
  const t = useMoneyTexts();
  const money = useMoney();
  const dateTime = useDateTime();
  const nameOf = useChannelName();
  return [
    {
      key: 'no',
      title: t('refund.no'),
      main: true,
      cell: ({ refundNo, paymentId, requestedBy, reason, mode, createdAt }) => (
        <div>
          {isPayment(paymentId) ? (
            <Link to="/payments/$id" params={{ id: paymentId }} className="cw-number">
              {refundNo}
            </Link>
          ) : (
            <span className="cw-number">{refundNo}</span>
          )}
          <div className={classes.under}>
            {dateTime(createdAt)} · {t('refund.by', { who: requestedBy, reason })}
            {mode === 'recorded' && ` · ${t('refund.recorded')}`}
          </div>
        </div>
      ),
    },
    { key: 'channel', title: t('column.channel'), cell: ({ channel }) => nameOf(channel) },
    {
      key: 'amount',
      title: t('column.amount'),
      end: true,
      cell: ({ amountMinor, currency }) => money(amountMinor, currency),
    },
    {
      key: 'state',
      title: t('refund.state'),
      cell: (refund) => <RefundProgress refund={refund} onChange={onChange} />,
    },
  ];
}
