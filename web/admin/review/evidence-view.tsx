import { useMoney } from '../../ui/money.ts';
import { Facts } from '../list/facts.tsx';
import { evidenceOf, type Side } from './evidence.ts';
import classes from './evidence-view.module.css';
import { useReviewTexts } from './review-texts.ts';

/** What should be, beside what is; and what else is known of the case. */
export function EvidenceView({ detail }: { detail: Record<string, unknown> }) {
  const t = useReviewTexts();
  const money = useMoney();
  const { compared, money: amount, facts, rest } = evidenceOf(detail);
  const named = facts.map(([name, value]) => [t(`fact.${name}`), value] as const);
  return (
    <>
      {compared && (
        <div className={classes.compared}>
          <SideView name={t(`side.${compared.names[0]}`)} side={compared.left} />
          <SideView name={t(`side.${compared.names[1]}`)} side={compared.right} />
        </div>
      )}
      <Facts facts={[[t('fact.amount'), amount && money(amount.minor, amount.currency)], ...named]} />
      {rest.length > 0 && (
        <details className={classes.rest}>
          <summary>{t('detail')}</summary>
          <Facts facts={rest} />
        </details>
      )}
    </>
  );
}

function SideView({ name, side }: { name: string; side: Side }) {
  const t = useReviewTexts();
  const money = useMoney();
  const value = side.money ? money(side.money.minor, side.money.currency) : side.count;
  return (
    <section className={classes.side}>
      <h3 className={classes.name}>{name}</h3>
      <p className={classes.value}>{value ?? t('side.nothing')}</p>
      {side.lines.map((line) => (
        <p key={line} className={classes.line}>
          {line}
        </p>
      ))}
    </section>
  );
}
