import { Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { PaymentDetail } from '../../../contract/admin-money.ts';
import { useDateTime } from '../../ui/dates.ts';
import { useLanguage } from '../../ui/language.ts';
import { useMoney } from '../../ui/money.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { IfMay } from '../access/if-may.tsx';
import { Facts } from '../list/facts.tsx';
import { PageHead } from '../list/page-head.tsx';
import { useOrderTexts } from '../orders/order-texts.ts';
import { TimelineEvents } from '../orders/order-timeline.tsx';
import { CaseCard } from '../review/case-card.tsx';
import { useTitle } from '../use-title.ts';
import { AskChannel } from './ask-channel.tsx';
import { ChannelMessages } from './channel-messages.tsx';
import { paymentQuery } from './money-api.ts';
import { useMoneyTexts } from './money-texts.ts';
import { PaymentProof } from './payment-proof.tsx';
import { PaymentStatusBadge } from './payment-status.tsx';
import { RefundTable } from './refund-table.tsx';

export function PaymentPage() {
  const { id } = useParams({ from: '/desk/payments/$id' });
  const t = useMoneyTexts();
  const order = useOrderTexts();
  const { data, error, refetch } = useQuery(paymentQuery(id));
  const client = useQueryClient();
  const changed = () => {
    for (const queryKey of [['payment', id], ['payments'], ['revenue'], ['overview']])
      void client.invalidateQueries({ queryKey });
  };
  useTitle(t('detail.title', { id }));
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('detail.title', { id })}>
        {data && (
          <IfMay action="payments.query">
            <AskChannel id={id} onAnswer={changed} />
          </IfMay>
        )}
      </PageHead>
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={240} radius="lg" />}
      {data && (
        <>
          <PaymentFacts detail={data} />
          {data.reviewCases
            .filter(({ status }) => status === 'open')
            .map((found) => (
              <CaseCard key={found.id} found={found} onChange={changed} />
            ))}
          <PaymentProof evidence={data.evidence} />
          {data.refunds.length > 0 && <RefundTable refunds={data.refunds} onChange={changed} />}
          <IfMay action="payments.evidence">
            <ChannelMessages id={id} />
          </IfMay>
          <section className="cw-panel" aria-labelledby="timeline">
            <h2 id="timeline" className="cw-section-title">
              {order('timeline.title')}
            </h2>
            <TimelineEvents events={data.events} />
          </section>
        </>
      )}
    </div>
  );
}

function PaymentFacts({ detail: { payment, order, channelName, fee } }: { detail: PaymentDetail }) {
  const t = useMoneyTexts();
  const money = useMoney();
  const dateTime = useDateTime();
  const language = useLanguage();
  const { currency } = payment;
  const some = (minor: number) => (minor === 0 ? null : money(minor, currency));
  const isPaid = payment.receivedMinor > 0;
  const rate = fee.basisPoints / 100;
  return (
    <section className="cw-panel" aria-label={t('detail.facts')}>
      <Facts
        facts={[
          [t('fact.status'), <PaymentStatusBadge key="status" status={payment.status} />],
          [
            t('fact.order'),
            <Link key="order" to="/orders/$id" params={{ id: order.id }} className="cw-number">
              {order.id}
            </Link>,
          ],
          [t('fact.contact'), order.contact],
          [t('fact.channel'), channelName[language]],
          [t('fact.amount'), money(payment.amountMinor, currency)],
          [t('fact.received'), some(payment.receivedMinor)],
          [t('fact.refunded'), some(payment.refundedMinor)],
          [
            t('fact.fee'),
            isPaid && fee.from !== 'none'
              ? t(`fact.feeFrom.${fee.from}`, { amount: money(fee.minor, currency), rate })
              : null,
          ],
          [t('fact.net'), isPaid ? <strong key="net">{money(fee.netMinor, currency)}</strong> : null],
          [t('fact.tradeNo'), payment.tradeNo],
          [t('fact.reference'), payment.reference],
          [t('fact.created'), dateTime(payment.createdAt)],
          [t('fact.succeeded'), payment.succeededAt === null ? null : dateTime(payment.succeededAt)],
          [t('fact.queries'), payment.queryCount > 0 ? t('fact.queriesTimes', { count: payment.queryCount }) : null],
          [t('fact.nextQuery'), payment.nextQueryAt === null ? null : dateTime(payment.nextQueryAt)],
        ]}
      />
    </section>
  );
}
