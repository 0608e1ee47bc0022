import { Button } from '@mantine/core';
import { IconArrowUpRight } from '@tabler/icons-react';
import type { PaymentView } from '../../../contract/shop.ts';
import { useMoney } from '../../ui/money.ts';
import { QrCode } from '../../ui/qr-code.tsx';
import { useTexts } from './order-texts.ts';
import classes from './payment-action.module.css';
import { TransferAction } from './transfer-action.tsx';
import { WechatAction } from './wechat-action.tsx';

/** Web pages open beside this one, which goes on watching; a wallet's own address opens in place. */
const targetOf = (url: string) => (/^https?:|^\//.test(url) ? { target: '_blank', rel: 'noopener' } : {});
const isSafe = (url: string) => !/^\s*(javascript|data|vbscript):/i.test(url);

export function PaymentActionView({ payment, channelName }: { payment: PaymentView; channelName: string }) {
  const t = useTexts();
  const money = useMoney();
  const { action } = payment;
  if (action.type === 'form') return <FormAction action={action} channelName={channelName} />;
  if (action.type === 'jsapi') return <WechatAction action={action} />;
  if (action.type === 'transfer') return <TransferAction action={action} />;
  if (action.type === 'redirect') {
    return (
      <>
        <p className={classes.says}>{t('pending.redirect', { channel: channelName })}</p>
        <OpenButton url={action.url} />
      </>
    );
  }
  return (
    <>
      {action.url && (
        <div className={classes.phoneFirst}>
          <OpenButton url={action.url} />
        </div>
      )}
      <QrCode
        content={action.content}
        label={t('pending.qr', { amount: money(payment.amountMinor, payment.currency) })}
      />
      <p className={classes.says}>{t('pending.scan', { channel: channelName })}</p>
      {action.url && isSafe(action.url) && (
        <a className={classes.deskOpen} href={action.url} {...targetOf(action.url)}>
          {t('pending.open')}
          <IconArrowUpRight size={16} aria-hidden />
        </a>
      )}
    </>
  );
}

function OpenButton({ url }: { url: string }) {
  const t = useTexts();
  if (!isSafe(url)) return null;
  return (
    <Button
      component="a"
      href={url}
      {...targetOf(url)}
      size="lg"
      fullWidth
      rightSection={<IconArrowUpRight size={20} aria-hidden />}
    >
      {t('pending.openPhone')}
    </Button>
  );
}

interface FormProps {
  action: Extract<PaymentView['action'], { type: 'form' }>;
  channelName: string;
}

function FormAction({ action, channelName }: FormProps) {
  const t = useTexts();
  if (!isSafe(action.url)) return null;
  return (
    <form method="post" action={action.url} target="_blank" className={classes.form} rel="noopener">
      {Object.entries(action.fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <p className={classes.says}>{t('pending.redirect', { channel: channelName })}</p>
      <Button type="submit" size="lg" fullWidth>
        {t('pending.openPhone')}
      </Button>
    </form>
  );
}
