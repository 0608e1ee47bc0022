import type { PaymentDetail } from '../../../contract/admin-money.ts';
import { useDateTime } from '../../ui/dates.ts';
import { useMoney } from '../../ui/money.ts';
import { Facts } from '../list/facts.tsx';
import classes from './money.module.css';
import { useMoneyTexts } from './money-texts.ts';

const outcomes = [
  'settled',
  'surplus',
  'amount_mismatch',
  'out_of_stock',
  'unknown_order',
  'evidence_conflict',
] as const;

/** What proves that money came. */
export function PaymentProof({ evidence }: { evidence: PaymentDetail['evidence'] }) {
  const t = useMoneyTexts();
  const money = useMoney();
  const dateTime = useDateTime();
  const source = (name: string) =>
    name === 'callback' || name === 'query' || name === 'bill' || name === 'manual' ? t(`source.${name}`) : name;
  const outcome = (name: string) => {
    const known = outcomes.find((one) => one === name);
    return known ? t(`outcome.${known}`) : name;
  };
  return (
    <section className="cw-panel cw-stack" aria-labelledby="evidence">
      <h2 id="evidence" className="cw-section-title">
        {t('evidence.title')}
      </h2>
      {evidence.length === 0 && <p className={classes.lead}>{t('evidence.none')}</p>}
      {evidence.map((proof) => (
        <Facts
          key={`${proof.channel} ${proof.tradeNo}`}
          facts={[
            [t('fact.tradeNo'), proof.tradeNo],
            [t('fact.received'), money(proof.amountMinor, proof.currency)],
            [t('evidence.source'), source(proof.source)],
            [t('evidence.merchant'), proof.merchant],
            [t('evidence.paidAt'), proof.paidAt === null ? null : dateTime(proof.paidAt)],
            [t('evidence.receivedAt'), dateTime(proof.receivedAt)],
            [t('evidence.outcome'), outcome(proof.outcome)],
          ]}
        />
      ))}
    </section>
  );
}
