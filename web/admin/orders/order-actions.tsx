import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { IfMay } from '../access/if-may.tsx';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { useOrderTexts } from './order-texts.ts';
import { cancelOrder, completeOrder, type OrderDetailReply, resendMail } from './orders-api.ts';
import { RefundDialog } from './refund-dialog.tsx';

type Asked = 'complete' | 'cancel' | 'refund' | 'resend';

/** What may be done to the order in its present state. The server decides again. */
export function OrderActions({ detail }: { detail: OrderDetailReply }) {
  const t = useOrderTexts();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Asked>();
  const { order } = detail;
  const isOpen = order.status === 'pending';
  const isUnserved = order.status !== 'delivered' && order.status !== 'refunded';
  const leftMinor = detail.refundableMinor;
  const isMail = order.contact.includes('@');
  const close = () => setAsked(undefined);
  const done = () => {
    void client.invalidateQueries({ queryKey: ['order', order.id] });
    void client.invalidateQueries({ queryKey: ['orders'] });
    close();
  };
  return (
    <>
      {isMail && (
        <IfMay action="orders.resend">
          <Button variant="default" onClick={() => setAsked('resend')}>
            {t('do.resend')}
          </Button>
        </IfMay>
      )}
      {isUnserved && (
        <IfMay action="orders.complete">
          <Button variant="default" onClick={() => setAsked('complete')}>
            {t('do.complete')}
          </Button>
        </IfMay>
      )}
      {isOpen && (
        <IfMay action="orders.cancel">
          <Button variant="default" onClick={() => setAsked('cancel')}>
            {t('do.cancel')}
          </Button>
        </IfMay>
      )}
      {leftMinor > 0 && (
        <IfMay action="orders.refund">
          <Button variant="light" color="red" onClick={() => setAsked('refund')}>
            {t('do.refund')}
          </Button>
        </IfMay>
      )}
      {asked === 'resend' && (
        <AskDialog
          title={t('do.resend')}
          says={t('do.resendSays', { contact: order.contact })}
          confirm={t('do.resendSure')}
          withReason
          run={(reason) => resendMail(order.id, reason)}
          onDone={done}
          onClose={close}
        />
      )}
      {asked === 'complete' && (
        <AskDialog
          title={t('do.complete')}
          says={t('do.completeSays')}
          confirm={t('do.completeSure')}
          withReason
          run={(reason) => completeOrder(order.id, reason)}
          onDone={done}
          onClose={close}
        />
      )}
      {asked === 'cancel' && (
        <AskDialog
          title={t('do.cancel')}
          says={t('do.cancelSays')}
          confirm={t('do.cancelSure')}
          danger
          withReason
          run={(reason) => cancelOrder(order.id, reason)}
          onDone={done}
          onClose={close}
        />
      )}
      {asked === 'refund' && <RefundDialog order={order} leftMinor={leftMinor} onDone={done} onClose={close} />}
    </>
  );
}
