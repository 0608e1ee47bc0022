import type { NoticeDeliveryView } from '../../../contract/admin-notices.ts';
import { useDateTime } from '../../ui/dates.ts';
import { StatusBadge, type Tone } from '../list/status-badge.tsx';
import classes from './delivery-list.module.css';
import { useNoticeTexts } from './notice-texts.ts';

const tones: Readonly<Record<string, Tone>> = { done: 'good', pending: 'wait', failed: 'bad', stopped: 'calm' };

/** What became of a message; where it failed, in the service's own words. */
export function DeliveryState({ delivery }: { delivery: NoticeDeliveryView }) {
  const t = useNoticeTexts();
  const dateTime = useDateTime();
  const { status, attempts, lastError, nextAt } = delivery;
  const word =
    status === 'pending' && attempts > 0
      ? t('status.retrying', { count: attempts })
      : t(status === 'done' || status === 'pending' || status === 'failed' ? `status.${status}` : 'status.stopped');
  return (
    <div className={classes.state}>
      <StatusBadge tone={tones[status] ?? 'calm'}>{word}</StatusBadge>
      {lastError !== null && <span className={classes.why}>{lastError}</span>}
      {status === 'pending' && attempts > 0 && nextAt !== null && (
        <span className={classes.why}>{t('nextAt', { at: dateTime(nextAt) })}</span>
      )}
    </div>
  );
}
