import { useQuery } from '@tanstack/react-query';
import { useDateTime } from '../../ui/dates.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { historyQuery } from './order-queries.ts';
import classes from './order-rows.module.css';
import { useOrderTexts } from './order-texts.ts';

/** What people did to this order, newest first. */
export function OrderHistory({ orderId }: { orderId: string }) {
  const t = useOrderTexts();
  const dateTime = useDateTime();
  const { data, error, refetch } = useQuery(historyQuery(orderId));
  return (
    <section className="cw-panel" aria-labelledby="history">
      <h2 id="history" className="cw-section-title">
        {t('history.title')}
      </h2>
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {data?.entries.length === 0 && <p className={classes.none}>{t('history.none')}</p>}
      <ol className={classes.rows}>
        {data?.entries.map((entry) => (
          <li key={entry.id} className={classes.row}>
            <div className={classes.words}>
              <div className={classes.name}>{entry.action}</div>
              <div className={classes.facts}>
                {entry.actor}
                {entry.reason && ` · ${entry.reason}`}
              </div>
            </div>
            <div className={classes.facts}>{dateTime(entry.at)}</div>
          </li>
        ))}
      </ol>
    </section>
  );
}
