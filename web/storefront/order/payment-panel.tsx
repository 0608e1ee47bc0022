import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OrderView, PaymentView } from '../../../contract/shop.ts';
import { useMoney } from '../../ui/money.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import * as api from '../api.ts';
import { useChannelName } from '../checkout/channel-name.ts';
import { ChannelPicker, takes } from '../checkout/channel-picker.tsx';
import { channelsQuery } from '../queries.ts';
import { CancelOrder } from './cancel-order.tsx';
import { Countdown } from './countdown.tsx';
import { useTexts } from './order-texts.ts';
import { PaymentActionView } from './payment-action.tsx';
import classes from './payment-panel.module.css';
import { storedPayment, storePayment } from './stored-payment.ts';

/** A pending order: pay it, pay it another way, or let it go. */
export function PaymentPanel({ order, token }: { order: OrderView; token: string }) {
  const t = useTexts();
  const money = useMoney();
  const nameOf = useChannelName();
  const channels = useQuery(channelsQuery).data ?? [];
  const [payment, setPayment] = useState<PaymentView | undefined>(() => storedPayment(order.id));
  const [isChoosing, setChoosing] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const offered = channels.filter((channel) => takes(channel, order.currency));
  const channel = chosen ?? payment?.channel ?? offered[0]?.code;
  const starting = useMutation({
    networkMode: 'always',
    mutationFn: (code: string) => api.startPayment(order.id, token, code),
    onSuccess: (reply) => {
      storePayment(order.id, reply.payment);
      setPayment(reply.payment);
      setChoosing(false);
    },
  });
  return (
    <section className={`cw-panel ${classes.panel}`}>
      <h1 className={classes.title}>{t('pending.title')}</h1>
      <div className={`cw-price ${classes.amount}`}>{money(order.totalMinor, order.currency)}</div>
      <Countdown untilMs={order.expiresAt} />
      {payment && !isChoosing ? (
        <>
          <PaymentActionView
            payment={payment}
            channelName={nameOf(channels.find(({ code }) => code === payment.channel))}
          />
          <p className={classes.waiting}>{t('pending.waiting')}</p>
          {offered.length > 1 && (
            <Button variant="subtle" onClick={() => setChoosing(true)}>
              {t('pending.other')}
            </Button>
          )}
        </>
      ) : (
        <div className={classes.choose}>
          <ChannelPicker
            currency={order.currency}
            chosen={channel}
            none={t('pending.noChannel')}
            onChoose={setChosen}
          />
          {starting.error && (
            <ProblemNotice problem={starting.error}>
              <div>{t('pending.failed')}</div>
            </ProblemNotice>
          )}
          <Button
            size="lg"
            fullWidth
            disabled={!channel}
            loading={starting.isPending}
            onClick={() => channel && starting.mutate(channel)}
          >
            {t('pending.start')}
          </Button>
        </div>
      )}
      <CancelOrder order={order} token={token} />
    </section>
  );
}
