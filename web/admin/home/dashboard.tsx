import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { localeOf, useLanguage } from '../../ui/language.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import classes from './dashboard.module.css';
import { Figures } from './figures.tsx';
import { useHomeTexts } from './home-texts.ts';
import { overviewQuery } from './overview-query.ts';
import { barsOf, type Range, rangeOf } from './range.ts';
import { RangePicker } from './range-picker.tsx';
import { ShopPanels } from './shop-panels.tsx';
import { TradeChart } from './trade-chart.tsx';

/** How the shop does, and how it is. */
export function Dashboard() {
  const t = useHomeTexts();
  const search = useSearch({ from: '/desk/' });
  const range = rangeOf(search, new Date());
  const { data, error, refetch } = useQuery(overviewQuery(range));
  return (
    <section className={classes.dashboard} aria-labelledby="figures">
      <div className={classes.head}>
        <h2 id="figures" className={`cw-section-title ${classes.title}`}>
          {t('figures.title')}
        </h2>
        <RangePicker />
      </div>
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={900} radius="lg" />}
      {data && (
        <>
          <Figures overview={data} />
          <TradeChart
            range={{ ...range, ...shownOf(data) }}
            bars={barsOf({ ...range, ...shownOf(data) }, data.buckets)}
          />
          <ShopPanels overview={data} />
          <Updated at={data.at} />
        </>
      )}
    </section>
  );
}

/** While another range is on its way, the figures of the one before stand here. */
const shownOf = ({ from, to }: Pick<Range, 'from' | 'to'>) => ({ from, to });

function Updated({ at }: { at: number }) {
  const t = useHomeTexts();
  const format = new Intl.DateTimeFormat(localeOf(useLanguage()), { timeStyle: 'medium' });
  return <p className={classes.updated}>{t('updated', { at: format.format(at) })}</p>;
}
