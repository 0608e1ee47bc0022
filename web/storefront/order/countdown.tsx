import { useEffect, useState } from 'react';
import { serverNowMs } from '../../ui/server-clock.ts';
import classes from './countdown.module.css';
import { useTexts } from './order-texts.ts';

const soonMs = 60_000;

/** The time left to pay. Screen readers hear it by the minute, not by the second. */
export function Countdown({ untilMs }: { untilMs: number }) {
  const t = useTexts();
  const [leftMs, setLeftMs] = useState(() => untilMs - serverNowMs());
  useEffect(() => {
    const tick = () => setLeftMs(untilMs - serverNowMs());
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [untilMs]);
  if (leftMs <= 0) return <p className={classes.countdown}>{t('pending.closing')}</p>;
  const seconds = Math.ceil(leftMs / 1000);
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <p className={classes.countdown} data-soon={leftMs < soonMs || undefined}>
      <span aria-hidden="true">{t('pending.left', { time })}</span>
      <span className="cw-sr-only" role="timer">
        {t('pending.leftSaid', { minutes: Math.ceil(seconds / 60) })}
      </span>
    </p>
  );
}
