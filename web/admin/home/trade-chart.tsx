import { localeOf, useLanguage } from '../../ui/language.ts';
import { useMoney } from '../../ui/money.ts';
import { useNumber } from './figures.tsx';
import { useHomeTexts } from './home-texts.ts';
import type { Bar, Range } from './range.ts';
import classes from './trade-chart.module.css';

const height = 100;
const step = 10;
const width = 7;

/** Orders placed and paid, a bar for each hour or day; the same as a table for those who do not see it. */
export function TradeChart({ range, bars }: { range: Range; bars: readonly Bar[] }) {
  const t = useHomeTexts();
  const number = useNumber();
  const time = useBarTime(range.bars);
  const most = Math.max(...bars.map(({ placed }) => placed), 0);
  const title = t(range.bars === 'hour' ? 'chart.hours' : 'chart.days');
  const tall = (count: number) => (most === 0 ? 0 : (count / most) * height);
  const marks = [0, Math.floor((bars.length - 1) / 2), bars.length - 1];
  return (
    <figure className={`cw-panel ${classes.chart}`}>
      <figcaption className={classes.head}>
        <span className={classes.title}>{title}</span>
        <span className={classes.key} data-of="placed">
          {t('chart.placed')}
        </span>
        <span className={classes.key} data-of="paid">
          {t('chart.paid')}
        </span>
        <span className={classes.most}>{most > 0 && t('chart.most', { count: number(most) })}</span>
      </figcaption>
      {most === 0 ? (
        <p className={classes.none}>{t('chart.none')}</p>
      ) : (
        <>
          <svg
            className={classes.bars}
            viewBox={`0 0 ${bars.length * step} ${height}`}
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            {bars.map(({ at, placed, paid }, i) => (
              <g key={at}>
                <title>{t('chart.bar', { time: time(at), placed: number(placed), paid: number(paid) })}</title>
                <rect className={classes.reach} x={i * step} y={0} width={step} height={height} />
                <rect
                  className={classes.placed}
                  x={i * step + 1.5}
                  y={height - tall(placed)}
                  width={width}
                  height={tall(placed)}
                />
                <rect
                  className={classes.paid}
                  x={i * step + 1.5}
                  y={height - tall(paid)}
                  width={width}
                  height={tall(paid)}
                />
              </g>
            ))}
          </svg>
          <div className={classes.times} aria-hidden="true">
            {marks.map((i, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: first, middle and last may be the same bar
              <span key={n}>{time(bars[i]?.at ?? range.from)}</span>
            ))}
          </div>
        </>
      )}
      <BarTable title={title} bars={bars} time={time} />
    </figure>
  );
}

function BarTable({ title, bars, time }: { title: string; bars: readonly Bar[]; time: (at: number) => string }) {
  const t = useHomeTexts();
  const money = useMoney();
  return (
    <div className="cw-sr-only">
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('chart.time')}</th>
            <th scope="col">{t('chart.placed')}</th>
            <th scope="col">{t('chart.paid')}</th>
            <th scope="col">{t('chart.revenue')}</th>
          </tr>
        </thead>
        <tbody>
          {bars
            .filter(({ placed }) => placed > 0)
            .map(({ at, placed, paid, revenue }) => (
              <tr key={at}>
                <th scope="row">{time(at)}</th>
                <td>{placed}</td>
                <td>{paid}</td>
                <td>
                  {revenue.map((line) => money(line.receivedMinor - line.refundedMinor, line.currency)).join(' + ')}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

function useBarTime(bars: Range['bars']): (at: number) => string {
  const options: Intl.DateTimeFormatOptions =
    bars === 'hour'
      ? { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
      : { month: 'numeric', day: 'numeric' };
  const format = new Intl.DateTimeFormat(localeOf(useLanguage()), options);
  return (at) => format.format(at);
}
