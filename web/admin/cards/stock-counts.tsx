import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CardStatusName } from '../../../contract/states.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { stockQuery } from './card-queries.ts';
import { useCardTexts } from './card-texts.ts';
import classes from './stock-counts.module.css';

const shown: readonly CardStatusName[] = ['available', 'locked', 'sold', 'quarantined', 'withdrawn', 'inTransfer'];

/** How many cards stand where, over all regions. */
export function StockCounts({ skuId }: { skuId: number }) {
  const t = useCardTexts();
  const { data, error, refetch } = useQuery(stockQuery(skuId));
  if (error) return <ProblemNotice problem={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={72} radius="lg" />;
  const sum = (count: (row: NonNullable<typeof data>[number]) => number) =>
    data.reduce((all, row) => all + count(row), 0);
  const drift = sum((row) => row.drift);
  const counts = shown.map((name) => [name, sum((row) => row.counts[name])] as const);
  return (
    <section className="cw-panel" aria-label={t('title')}>
      <dl className={classes.counts}>
        {counts
          .filter(([name, count]) => count > 0 || name === 'available' || name === 'sold')
          .map(([name, count]) => (
            <div key={name}>
              <dt>{t(`count.${name}`)}</dt>
              <dd>{count.toLocaleString()}</dd>
            </div>
          ))}
        <div>
          <dt>{t('count.imported')}</dt>
          <dd>{sum((row) => row.imported).toLocaleString()}</dd>
        </div>
      </dl>
      {drift !== 0 && (
        <p role="alert" className={classes.drift}>
          {t('drift', { count: drift })}
        </p>
      )}
    </section>
  );
}
