import { useQuery } from '@tanstack/react-query';
import type { TimelineEvent } from '../../../contract/admin-timeline.ts';
import type { ResolutionAction, ReviewKind } from '../../../contract/states.ts';
import { useDateTime } from '../../ui/dates.ts';
import { useMoney } from '../../ui/money.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useActionWords } from '../audit/action-words.tsx';
import { useReviewTexts } from '../review/review-texts.ts';
import { timelineQuery } from './order-queries.ts';
import { useOrderTexts } from './order-texts.ts';
import classes from './order-timeline.module.css';

/** Everything that happened to this order, oldest first. */
export function OrderTimeline({ orderId }: { orderId: string }) {
  const t = useOrderTexts();
  const { data, error, refetch } = useQuery(timelineQuery(orderId));
  return (
    <section className="cw-panel" aria-labelledby="timeline">
      <h2 id="timeline" className="cw-section-title">
        {t('timeline.title')}
      </h2>
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      <TimelineEvents events={data?.events ?? []} />
    </section>
  );
}

export function TimelineEvents({ events }: { events: readonly TimelineEvent[] }) {
  return (
    <ol className={classes.events}>
      {events.map((event, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: events have no number, and are only ever added
        <Event key={i} event={event} />
      ))}
    </ol>
  );
}

function Event({ event }: { event: TimelineEvent }) {
  const dateTime = useDateTime();
  const money = useMoney();
  const t = useOrderTexts();
  const words = useWords();
  const deedName = useActionWords();
  const { amountMinor, currency, about, reason } = event;
  const facts = [
    amountMinor !== null && currency !== null ? money(amountMinor, currency) : null,
    isOwnWork(event) ? null : event.by,
    event.kind === 'person' ? deedName(event.detail ?? '') : null,
    event.kind === 'evidence' ? `${t('evidence.source')} ${sourceName(t, event.detail ?? '')}` : null,
    about,
    reason,
  ].filter(Boolean);
  return (
    <li className={classes.event} data-kind={event.kind}>
      <time className={classes.at} dateTime={new Date(event.at).toISOString()}>
        {dateTime(event.at)}
      </time>
      <div className={classes.words}>
        <div className={classes.name}>{words(event)}</div>
        {facts.length > 0 && <div className={classes.facts}>{facts.join(' · ')}</div>}
      </div>
    </li>
  );
}

/** Where the channel stands in the sentence, it is not told again. */
function isOwnWork({ kind }: TimelineEvent): boolean {
  return kind === 'evidence' || kind.startsWith('payment-');
}

type Translate = ReturnType<typeof useOrderTexts>;

function useWords(): (event: TimelineEvent) => string {
  const t = useOrderTexts();
  const review = useReviewTexts();
  return ({ kind, by, detail }) => {
    switch (kind) {
      case 'payment-begun':
      case 'payment-failed':
      case 'payment-closed':
      case 'evidence':
        return t(`event.${kind}`, { by: by ?? '' });
      case 'ended':
        return t('event.ended', { detail: endName(t, detail ?? '') });
      case 'mail-waiting':
      case 'mail-sent':
      case 'mail-stopped':
        return t(`event.${kind}`, { detail: mailName(t, detail ?? '') });
      case 'case-opened':
        return t('event.case-opened', { detail: review(`kind.${detail as ReviewKind}`) });
      case 'case-resolved':
        return t('event.case-resolved', { detail: review(`do.${detail as ResolutionAction}`) });
      default:
        return t(`event.${kind}`);
    }
  };
}

function endName(t: Translate, status: string): string {
  return status === 'expired' || status === 'cancelled' ? t(`status.${status}`) : status;
}

function mailName(t: Translate, template: string): string {
  const isOurs = template === 'delivered' || template === 'paid' || template === 'link' || template === 'replaced';
  return isOurs ? t(`mail.${template}`) : template;
}

function sourceName(t: Translate, source: string): string {
  return source === 'callback' || source === 'query' || source === 'bill' || source === 'manual'
    ? t(`source.${source}`)
    : source;
}
