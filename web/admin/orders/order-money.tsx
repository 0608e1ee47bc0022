import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useDateTime } from '../../ui/dates.ts';
import { useMoney } from '../../ui/money.ts';
import { IfMay } from '../access/if-may.tsx';
import { StatusBadge, type Tone } from '../list/status-badge.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import classes from './order-rows.module.css';
import { useOrderTexts } from './order-texts.ts';
import type { OrderDetailReply } from './orders-api.ts';

type Payment = OrderDetailReply['payments'][number];
type Refund = OrderDetailReply['refunds'][number];

/** The money of an order: how it was paid, what proves it, what went back. */
export function OrderMoney({ detail }: { detail: OrderDetailReply }) {
  const t = useOrderTexts();
  const client = useQueryClient();
  const [confirming, setConfirming] = useState<Payment>();
  return (
    <>
      <section className="cw-panel" aria-labelledby="payments">
        <h2 id="payments" className="cw-section-title">
          {t('payments.title')}
        </h2>
        {detail.payments.length === 0 && <p className={classes.none}>{t('payments.none')}</p>}
        <ul className={classes.rows}>
          {detail.payments.map((payment) => (
            <PaymentRow
              key={payment.id}
              payment={payment}
              evidence={detail.evidence}
              onConfirm={detail.confirmable.includes(payment.id) ? () => setConfirming(payment) : undefined}
            />
          ))}
        </ul>
        {confirming && (
          <ConfirmDialog
            payment={confirming}
            onDone={() => {
              setConfirming(undefined);
              void client.invalidateQueries({ queryKey: ['order', detail.order.id] });
            }}
            onClose={() => setConfirming(undefined)}
          />
        )}
      </section>
      {detail.refunds.length > 0 && (
        <section className="cw-panel" aria-labelledby="refunds">
          <h2 id="refunds" className="cw-section-title">
            {t('refunds.title')}
          </h2>
          <ul className={classes.rows}>
            {detail.refunds.map((refund) => (
              <RefundRow key={refund.refundNo} refund={refund} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

const paymentTone = (status: Payment['status']): Tone =>
  status === 'succeeded' ? 'good' : status === 'failed' ? 'bad' : status === 'pending' ? 'wait' : 'calm';

interface PaymentRowProps {
  payment: Payment;
  evidence: OrderDetailReply['evidence'];
  onConfirm: (() => void) | undefined;
}

function PaymentRow({ payment, evidence, onConfirm }: PaymentRowProps) {
  const t = useOrderTexts();
  const money = useMoney();
  const dateTime = useDateTime();
  const proofs = evidence.filter((one) => one.paymentId === payment.id);
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <div className={classes.name}>
          {payment.channel}{' '}
          <StatusBadge tone={paymentTone(payment.status)}>{t(`payment.${payment.status}`)}</StatusBadge>
        </div>
        <div className={classes.facts}>
          <Link to="/payments/$id" params={{ id: payment.id }}>
            {payment.id}
          </Link>{' '}
          · {dateTime(payment.createdAt)}
        </div>
        {proofs.map((proof) => (
          <div key={proof.tradeNo} className={classes.facts}>
            {t('payment.tradeNo')} {proof.tradeNo} · {money(proof.amountMinor, proof.currency)} · {t('evidence.source')}{' '}
            {sourceName(t, proof.source)} · {dateTime(proof.receivedAt)}
          </div>
        ))}
      </div>
      <div className="cw-number">{money(payment.amountMinor, payment.currency)}</div>
      {onConfirm && (
        <IfMay action="payments.confirm">
          <Button variant="light" size="sm" onClick={onConfirm}>
            {t('confirm.do')}
          </Button>
        </IfMay>
      )}
    </li>
  );
}

function sourceName(t: ReturnType<typeof useOrderTexts>, source: string): string {
  return source === 'callback' || source === 'query' || source === 'bill' || source === 'manual'
    ? t(`source.${source}`)
    : source;
}

function RefundRow({ refund }: { refund: Refund }) {
  const t = useOrderTexts();
  const money = useMoney();
  const tone: Tone = refund.status === 'succeeded' ? 'good' : refund.status === 'rejected' ? 'bad' : 'wait';
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <div className={classes.name}>
          {refund.refundNo} <StatusBadge tone={tone}>{t(`refund.${refund.status}`)}</StatusBadge>
        </div>
        <div className={classes.facts}>
          {refund.mode === 'recorded' ? `${t('refund.recorded')} · ` : ''}
          {t('refund.by', { who: refund.requestedBy })} · {refund.reason}
        </div>
      </div>
      <div className="cw-number">{money(refund.amountMinor, refund.currency)}</div>
    </li>
  );
}
