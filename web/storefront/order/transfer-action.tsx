import type { PaymentView } from '../../../contract/shop.ts';
import { QrCode } from '../../ui/qr-code.tsx';
import classes from './payment-action.module.css';

interface Props {
  action: Extract<PaymentView['action'], { type: 'transfer' }>;
}

/** Where to send the money by hand; the shop has put it in the buyer's language. */
export function TransferAction({ action }: Props) {
  return (
    <>
      {action.qr && <QrCode content={action.qr} label={action.text} />}
      <p className={classes.says}>{action.text}</p>
      <dl>
        {action.lines.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd style={{ overflowWrap: 'anywhere', userSelect: 'all' }}>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
